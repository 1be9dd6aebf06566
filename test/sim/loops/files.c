// SPDX-License-Identifier: MIT
/*
 * Files as far as iommufd needs them: they are counted, and told when the last
 * reference goes. What user space shows is memory like any other, and where it
 * shows none nothing is copied.
 */

#define MADE_HERE	1

static struct inode nowhere;

/* What user space was given and has not closed yet. */
static struct file *installed;

struct file *get_file(struct file *file)
{
	atomic_long_inc(&file->f_count);
	return file;
}

void fput(struct file *file)
{
	if (!atomic_long_dec_and_test(&file->f_count))
		return;
	file->f_op->release(&nowhere, file);
	if (file->f_flags & MADE_HERE)
		kfree(file);
}

void __fput_sync(struct file *file)
{
	fput(file);
}

static void start_file(struct file *file, const struct file_operations *operations, void *data)
{
	atomic_long_set(&file->f_count, 1);
	file->f_op = operations;
	file->private_data = data;
}

struct file *anon_inode_getfile(const char *name, const struct file_operations *operations, void *data,
				int flags)
{
	struct file *file = kzalloc(sizeof(*file), GFP_KERNEL);

	if (!file)
		return ERR_PTR(-ENOMEM);
	start_file(file, operations, data);
	file->f_flags = MADE_HERE;
	return file;
}

void fd_install(unsigned int number, struct file *file)
{
	installed = file;
}

static void close_installed(void)
{
	struct file *file = installed;

	installed = NULL;
	if (file)
		fput(file);
}

unsigned long copy_to_user(void *to, const void *from, unsigned long size)
{
	if (simulated_command())
		return size;
	if (to)
		memcpy(to, from, size);
	return 0;
}

unsigned long copy_from_user(void *to, const void *from, unsigned long size)
{
	if (simulated_command())
		return size;
	memcpy(to, from, size);
	return 0;
}
