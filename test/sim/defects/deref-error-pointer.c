/*
 * run: alone veventq_open
 * tape: 1
 */
struct veventq {
	struct file *filep;
	unsigned int depth;
};

static int veventq_open(struct veventq *queue, int flags)
{
	struct file *filep;

	filep = anon_inode_getfile("[veventq]", NULL, queue, flags);
	filep->private_data = queue;
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^ DEREF: while it holds an error pointer
	queue->filep = filep;
	return 0;
}
