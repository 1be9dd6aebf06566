/*
 * run: alone toy_fill
 */
struct toy {
	struct device *dev;
	dma_addr_t address;
};

/* The device has it: whoever takes the address back finds the memory by it. */
static int toy_fill(struct toy *toy)
{
	u64 *entries = kzalloc(4096, GFP_KERNEL);
	dma_addr_t address;

	if (!entries)
		return -ENOMEM;
	address = dma_map_single(toy->dev, entries, 4096, DMA_TO_DEVICE);
	if (dma_mapping_error(toy->dev, address)) {
		kfree(entries);
		return -EIO;
	}
	toy->address = address;
	return 0;
}
