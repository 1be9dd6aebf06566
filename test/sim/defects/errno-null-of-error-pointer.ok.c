/*
 * run: alone irqfd_assign
 */
struct irqfd {
	struct eventfd_ctx *trigger;
	u32 vector;
};

static int irqfd_assign(struct irqfd *irqfd, int fd)
{
	struct eventfd_ctx *trigger;

	trigger = eventfd_ctx_fdget(fd);
	if (IS_ERR(trigger))
		return PTR_ERR(trigger);
	irqfd->trigger = trigger;
	eventfd_signal(trigger);
	if (irqfd->vector > 2048) {
		irqfd->trigger = NULL;
		eventfd_ctx_put(trigger);
		return -EINVAL;
	}
	return 0;
}
