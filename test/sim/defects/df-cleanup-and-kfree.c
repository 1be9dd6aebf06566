/*
 * run: alone invalidate_batch
 * tape: -
 */
struct inv_batch {
	unsigned int count;
	u64 commands[16];
};

int submit_batch(struct device *dev, u64 first);

static int invalidate_batch(struct device *dev, u64 first)
{
	struct inv_batch *batch __free(kfree) = kzalloc(sizeof(*batch), GFP_KERNEL);
	int ret;

	if (!batch)
		return -ENOMEM;
	batch->commands[batch->count++] = first;
	ret = submit_batch(dev, batch->commands[0]);
	if (ret) {
		kfree(batch);
		return ret;
//		^^^^^^^^^^^ DF: frees the inv_batch `batch` a second time
	}
	return 0;
}
