/*
 * run: alone pad_segments
 */
struct segment {
	u32 length;
};

/* A boundary is 2^n - 1: of the first segment nothing is left. */
static u32 pad_segments(struct device *dev, struct segment *segments, int count)
{
	unsigned long mask = dma_get_seg_boundary(dev);
	struct segment *last = NULL;
	unsigned long length = 0;
	int i;

	for (i = 0; i < count; i++) {
		unsigned long pad = (mask - length + 1) & mask;

		if (pad)
			last->length += pad;
		length += segments[i].length;
		last = &segments[i];
	}
	return length;
}
