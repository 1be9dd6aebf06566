/* SPDX-License-Identifier: MIT */
/*
 * What drivers call that would need a world of its own: which domain the core
 * says a device has, page tables of the kernel, and the queues of virtual
 * devices.
 */

/* One process has users, and a driver that is told when the last of them goes. */
static atomic_t users_of_process;
static struct mmu_notifier *watching;
static void (*told_at_the_end)(struct mmu_notifier *notifier, struct mm_struct *mm);

void process_is_watched(struct mmu_notifier *notifier,
			void (*release)(struct mmu_notifier *notifier, struct mm_struct *mm))
{
	atomic_set(&users_of_process, 1);
	watching = notifier;
	told_at_the_end = release;
}

bool mmget_not_zero(struct mm_struct *mm)
{
	return !told_at_the_end || atomic_inc_not_zero(&users_of_process);
}

void mmput(struct mm_struct *mm)
{
	if (told_at_the_end && atomic_dec_and_test(&users_of_process))
		told_at_the_end(watching, mm);
}

/* Before an attach it is not known which one that is. */
struct attached {
	struct device *device;
	struct iommu_domain *domain;
};

static struct attached attached1, attached2, attached3;

void core_has(struct device *one, struct device *two, struct device *three)
{
	simulated_alike(&attached1, &attached2);
	simulated_alike(&attached1, &attached3);
	simulated_open(&attached1, 0);
	simulated_open(&attached2, 0);
	simulated_open(&attached3, 0);
	attached1.device = one;
	attached2.device = two;
	attached3.device = three;
}

static struct attached *attached_of(struct device *device)
{
	if (device == attached1.device)
		return &attached1;
	return device == attached2.device ? &attached2 : &attached3;
}

void core_attached(struct device *device, struct iommu_domain *domain)
{
	attached_of(device)->domain = domain;
}

struct iommu_domain *iommu_get_domain_for_dev(struct device *device)
{
	return attached_of(device)->domain;
}

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
