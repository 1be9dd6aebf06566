/*
 * run: alone pad_segments
 * tape: 0.1
 */
struct segment {
	u32 length;
};

/* Any number may stand here: of the first segment it may be left. */
static u32 pad_segments(unsigned long mask, struct segment *segments, int count)
{
	struct segment *last = NULL;
	unsigned long length = 0;
	int i;

	for (i = 0; i < count; i++) {
		unsigned long pad = (mask - length + 1) & 15;

		if (pad)
			last->length += pad;
//			^^^^^^^^^^^^^^^^^^^ DEREF: while it is NULL
		length += segments[i].length;
		last = &segments[i];
	}
	return length;
}
