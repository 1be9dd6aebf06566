/*
 * run: alone irqfd_assign
 * tape: 1.1
 */
struct irqfd {
	struct eventfd_ctx *trigger;
	u32 vector;
};

static int irqfd_assign(struct irqfd *irqfd, int fd)
{
	struct eventfd_ctx *trigger;

	trigger = eventfd_ctx_fdget(fd);
	if (!trigger)
		return -EINVAL;
	irqfd->trigger = trigger;
	eventfd_signal(trigger);
	if (irqfd->vector > 2048) {
		irqfd->trigger = NULL;
		eventfd_ctx_put(trigger);
//		^^^^^^^^^^^^^^^^^^^^^^^^ ERRNO
		return -EINVAL;
	}
	return 0;
}
