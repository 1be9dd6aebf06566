/* SPDX-License-Identifier: MIT */
/*
 * What drivers call that would need a world of its own: page tables of the
 * kernel, and the queues of virtual devices.
 */

/* A table is there, and nobody looks into it. */
struct io_pgtable_ops *alloc_io_pgtable_ops(enum io_pgtable_fmt format,
					    struct io_pgtable_cfg *config, void *cookie)
{
	struct io_pgtable *table = kzalloc(sizeof(*table), GFP_KERNEL);

	if (!table)
		return NULL;
	simulated_open(table, 0);
	table->fmt = format;
	table->cfg = *config;
	table->cookie = cookie;
	return &table->ops;
}

/* A virtual device answers each request at once, and leaves it as it was made. */
static void *request;

int virtqueue_add_sgs(struct virtqueue *queue, struct scatterlist *lists[],
		      unsigned int out, unsigned int in, void *data, gfp_t gfp)
{
	request = data;
	return 0;
}

void *virtqueue_get_buf(struct virtqueue *queue, unsigned int *length)
{
	void *answered = request;

	request = NULL;
	*length = 1;
	return answered;
}
