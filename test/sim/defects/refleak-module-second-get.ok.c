/*
 * run: alone fault_handler_register
 */
struct fault_handler {
	struct module *owner;
	struct file *event;
	u32 flags;
};

static int fault_handler_register(struct fault_handler *handler, struct module *owner, int fd)
{
	struct file *event;

	if (!try_module_get(owner))
		return -ENODEV;
	event = fget(fd);
	if (!event) {
		module_put(owner);
		return -EBADF;
	}
	if (handler->flags & 1) {
		fput(event);
		module_put(owner);
		return -EINVAL;
	}
	handler->owner = owner;
	handler->event = event;
	return 0;
}
