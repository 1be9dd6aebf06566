/** An operation that the kernel calls where nothing may sleep does something that sleeps. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const sleepingOperation = defineRule({
  id: 'sleeping-operation',
  classes: ['deadlock-sleep'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'An operation or a handler that the kernel calls where nothing may sleep takes a mutex, or allocates with GFP_KERNEL.',
  why: 'DMA is mapped and unmapped by drivers that hold spinlocks, and interrupts come at any time: who sleeps there hangs the machine now and then.',
  remedy: 'Use a spinlock, pass the gfp that the operation is given, or do it elsewhere.',
  source:
    'Documentation/core-api/dma-api.rst; drivers/iommu/dma-iommu.c:__iommu_dma_map passes GFP_ATOMIC (6.12); review of "iommu/dma-iommu: Handle deferred devices"',
  bad: [
    {
      title: 'a mutex around the page table',
      code: `
struct toy_domain { struct iommu_domain domain; struct mutex lock; u32 *table; };

static size_t toy_unmap(struct iommu_domain *domain, unsigned long iova, size_t size, size_t count,
			struct iommu_iotlb_gather *gather)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);

	mutex_lock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^ sleeping-operation: spinlocks of drivers
	toy->table[iova >> 12] = 0;
	mutex_unlock(&toy->lock);
	return size;
}

static const struct iommu_domain_ops toy_ops = {
	.unmap_pages = toy_unmap,
};`,
    },
    {
      title: 'a table on demand',
      code: `
struct toy_domain { struct iommu_domain domain; u32 *table; };

static u32 *toy_table(struct toy_domain *toy)
{
	if (!toy->table)
		toy->table = kzalloc(4096, GFP_KERNEL);
//                           ^^^^^^^^^^^^^^^^^^^^^^^^^ sleeping-operation: toy_map() comes here
	return toy->table;
}

static int toy_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr, size_t size, int prot)
{
	u32 *table = toy_table(container_of(domain, struct toy_domain, domain));

	if (!table)
		return -ENOMEM;
	table[iova >> 12] = paddr;
	return 0;
}

static const struct iommu_ops toy_ops = {
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.map = toy_map,
	},
};`,
    },
    {
      title: 'an interrupt',
      code: `
struct toy { struct mutex lock; int faults; int irq; };

static irqreturn_t toy_fault(int irq, void *data)
{
	struct toy *toy = data;

	mutex_lock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^ sleeping-operation: runs in an interrupt
	toy->faults++;
	mutex_unlock(&toy->lock);
	return IRQ_HANDLED;
}

int toy_start(struct device *dev, struct toy *toy)
{
	return devm_request_irq(dev, toy->irq, toy_fault, 0, "toy", toy);
}`,
    },
  ],
  good: [
    {
      title: 'only spoken of',
      code: `
struct toy_domain { struct iommu_domain domain; u32 *table; };

u32 *toy_table(struct toy_domain *toy)
{
	toy->table = kzalloc(4096, GFP_KERNEL);
	return toy->table;
}

static int toy_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr, size_t size, int prot)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);

	/* toy_table() has made it. */
	toy->table[iova >> 12] = paddr;
	return 0;
}

static const struct iommu_ops toy_ops = {
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.map = toy_map,
	},
};`,
    },
    {
      title: 'a spinlock',
      code: `
struct toy_domain { struct iommu_domain domain; spinlock_t lock; u32 *table; };

static size_t toy_unmap(struct iommu_domain *domain, unsigned long iova, size_t size, size_t count,
			struct iommu_iotlb_gather *gather)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	unsigned long flags;

	spin_lock_irqsave(&toy->lock, flags);
	toy->table[iova >> 12] = 0;
	spin_unlock_irqrestore(&toy->lock, flags);
	return size;
}

static const struct iommu_domain_ops toy_ops = {
	.unmap_pages = toy_unmap,
};`,
    },
    {
      title: 'a table as the caller may wait for it',
      code: `
struct toy_domain { struct iommu_domain domain; u32 *table; };

static u32 *toy_table(struct toy_domain *toy, gfp_t gfp)
{
	if (!toy->table)
		toy->table = kzalloc(4096, gfp);
	return toy->table;
}

static int toy_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t paddr, size_t size, int prot, gfp_t gfp)
{
	u32 *table = toy_table(container_of(domain, struct toy_domain, domain), gfp);

	if (!table)
		return -ENOMEM;
	table[iova >> 12] = paddr;
	return 0;
}

static const struct iommu_domain_ops toy_ops = {
	.map = toy_map,
};`,
    },
    {
      title: 'in the thread of an interrupt, and in an operation that may sleep',
      code: `
struct toy { struct mutex lock; int faults; int irq; };

static irqreturn_t toy_fault(int irq, void *data)
{
	struct toy *toy = data;

	mutex_lock(&toy->lock);
	toy->faults++;
	mutex_unlock(&toy->lock);
	return IRQ_HANDLED;
}

int toy_start(struct device *dev, struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy->faults = 0;
	mutex_unlock(&toy->lock);
	return devm_request_threaded_irq(dev, toy->irq, NULL, toy_fault, IRQF_ONESHOT, "toy", toy);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'sleeps-in-operation',
      ({ subject, other }) => `${subject} may sleep, which nothing may here: ${other}.`,
    ),
});
