/*
 * run: alone toy_fill
 * tape: 0.1
 */
struct toy {
	struct device *dev;
	void *entries;
	dma_addr_t address;
};

/* What could not be mapped is with no device: nobody but this function knows of it. */
static int toy_fill(struct toy *toy)
{
	u64 *entries = kzalloc(4096, GFP_KERNEL);
//		       ^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: never freed
	dma_addr_t address;

	if (!entries)
		return -ENOMEM;
	address = dma_map_single(toy->dev, entries, 4096, DMA_TO_DEVICE);
	if (dma_mapping_error(toy->dev, address))
		return -EIO;
	toy->entries = entries;
	toy->address = address;
	return 0;
}
