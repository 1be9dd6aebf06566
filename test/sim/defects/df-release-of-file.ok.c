/*
 * run: alone log_open
 */
struct log_file {
	struct file *filp;
	struct mutex lock;
	unsigned int size;
};

int log_start(struct log_file *log);

static int log_release(struct inode *inode, struct file *filp)
{
	struct log_file *log = filp->private_data;

	mutex_destroy(&log->lock);
	kfree(log);
	return 0;
}

static const struct file_operations log_fops = {
	.release = log_release,
};

static struct log_file *log_open(void)
{
	struct log_file *log;
	int ret;

	log = kzalloc(sizeof(*log), GFP_KERNEL);
	if (!log)
		return ERR_PTR(-ENOMEM);
	log->filp = anon_inode_getfile("log", &log_fops, log, O_RDONLY);
	if (IS_ERR(log->filp)) {
		ret = PTR_ERR(log->filp);
		kfree(log);
		return ERR_PTR(ret);
	}
	mutex_init(&log->lock);
	ret = log_start(log);
	if (ret)
		goto out;
	return log;
out:
	fput(log->filp);
	return ERR_PTR(ret);
}
