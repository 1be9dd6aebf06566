/*
 * run: alone toy_save
 * tape: 0.0.1
 */
struct toy_file {
	struct file *filp;
	struct toy *toy;
};

struct toy {
	u32 size;
};

static int toy_release(struct inode *inode, struct file *filp)
{
	struct toy_file *data = filp->private_data;

	kfree(data);
	return 0;
}

static const struct file_operations toy_fops = {
	.release = toy_release,
};

/* The file has the memory and the memory has the file: nobody else finds either when this fails. */
static struct toy_file *toy_save(struct toy *toy)
{
	struct toy_file *data;

	data = kzalloc(sizeof(*data), GFP_KERNEL);
	if (!data)
		return ERR_PTR(-ENOMEM);
	data->filp = anon_inode_getfile("toy", &toy_fops, data, 0);
//		     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ REFLEAK: without putting it on this path
	if (IS_ERR(data->filp)) {
		long ret = PTR_ERR(data->filp);

		kfree(data);
		return ERR_PTR(ret);
	}
	if (!toy->size)
		return ERR_PTR(-EINVAL);
	data->toy = toy;
	return data;
}
