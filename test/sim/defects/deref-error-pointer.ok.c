/*
 * run: alone veventq_open
 */
struct veventq {
	struct file *filep;
	unsigned int depth;
};

static int veventq_open(struct veventq *queue, int flags)
{
	struct file *filep;

	filep = anon_inode_getfile("[veventq]", NULL, queue, flags);
	if (IS_ERR(filep))
		return PTR_ERR(filep);
	filep->private_data = queue;
	queue->filep = filep;
	return 0;
}
