// SPDX-License-Identifier: MIT
/*
 * Something to run: `iommu-review simulate` finds what happens when the second
 * of two things fails.
 */
#include <linux/iommu.h>
#include <linux/mutex.h>
#include <linux/slab.h>

struct pad_queue {
	struct device *dev;
	unsigned int entries;
	void *ring;
};

struct pad {
	struct mutex lock;
	struct device *dev;
	struct pad_queue *queue;
};

static int pad_ring_init(struct pad_queue *queue, unsigned int entries)
{
	queue->ring = kcalloc(entries, 64, GFP_KERNEL);
	if (!queue->ring)
		return -ENOMEM;
	queue->entries = entries;
	return 0;
}

int pad_queue_create(struct pad *pad, unsigned int entries)
{
	struct pad_queue *queue;
	int ret;

	queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	if (!queue)
		return -ENOMEM;
	queue->dev = pad->dev;

	mutex_lock(&pad->lock);
	ret = pad_ring_init(queue, entries);
	if (ret) {
		mutex_unlock(&pad->lock);
		return ret;
	}
	pad->queue = queue;
	mutex_unlock(&pad->lock);
	return 0;
}

void pad_queue_destroy(struct pad *pad)
{
	mutex_lock(&pad->lock);
	kfree(pad->queue->ring);
	kfree(pad->queue);
	pad->queue = NULL;
	mutex_unlock(&pad->lock);
}
