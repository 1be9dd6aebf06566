/*
 * run: alone dirty_log_read
 */
struct dirty_log {
	unsigned long *bitmap;
	size_t pages;
};

int read_hardware_log(u64 iova, unsigned long first);

static int dirty_log_read(u64 iova, size_t pages)
{
	struct dirty_log *log;
	int ret;

	log = kzalloc(sizeof(*log), GFP_KERNEL);
	if (!log)
		return -ENOMEM;
	log->pages = pages;
	log->bitmap = kcalloc(BITS_TO_LONGS(pages), sizeof(long), GFP_KERNEL);
	if (!log->bitmap) {
		kfree(log);
		return -ENOMEM;
	}
	ret = read_hardware_log(iova, log->bitmap[0]);
	kfree(log->bitmap);
	kfree(log);
	return ret;
}
