/** Synchronisation that nothing depends on. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const needlessSynchronisation = defineRule({
  id: 'needless-synchronisation',
  classes: ['needless-lock-hot-path'],
  since: '0.2.0',
  quietInTree: true,
  summary: 'A lock, an atomic count or a reference is taken where nothing depends on it.',
  why: 'It costs in the paths that run most, and readers look for the race that it is there for.',
  remedy: 'Do without: a plain read or integer, or the function that takes no reference.',
  source:
    'Documentation/core-api/refcount-vs-atomic.rst (6.12); review of the DMA ownership series; Documentation/memory-barriers.txt (6.12); drivers/iommu/iommu.c:iommu_get_dma_domain (6.12)',
  bad: [
    {
      title: 'always under the lock',
      code: `
struct toy {
	struct mutex lock;
	refcount_t owners;
//      ^^^^^^^^^^^^^^^^^^ needless-synchronisation: plain integer
};

void toy_claim(struct toy *toy)
{
	mutex_lock(&toy->lock);
	refcount_inc(&toy->owners);
	mutex_unlock(&toy->lock);
}

void toy_release(struct toy *toy)
{
	mutex_lock(&toy->lock);
	refcount_dec(&toy->owners);
	mutex_unlock(&toy->lock);
}

int toy_claimed(struct toy *toy)
{
	int owners;

	mutex_lock(&toy->lock);
	owners = refcount_read(&toy->owners) + 1;
	mutex_unlock(&toy->lock);
	return owners;
}`,
    },
    {
      title: 'one flag',
      code: `
struct toy { struct mutex lock; int users; };

bool toy_in_use(struct toy *toy)
{
	int users;

	mutex_lock(&toy->lock);
	users = toy->users;
//      ^^^^^^^^^^^^^^^^^^^ needless-synchronisation: only to read
	mutex_unlock(&toy->lock);
	return users > 0;
}`,
    },
    {
      title: 'for every page',
      code: `
struct toy_page;

static dma_addr_t toy_map_page(struct device *dev, struct toy_page *page)
{
	struct iommu_domain *domain = iommu_get_domain_for_dev(dev);
//                                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ needless-synchronisation: every buffer

	return domain ? 1 : 0;
}

static const struct dma_map_ops toy_dma_ops = { .map_page = toy_map_page };`,
    },
    {
      title: 'ordered twice',
      code: `
void toy_kick(struct toy *toy)
{
	toy->queue[0] = 1;
	/* the entry before the doorbell */
	wmb();
//      ^^^^^^ needless-synchronisation: writel
	writel(1, toy->base);
}`,
    },
  ],
  good: [
    {
      title: 'a plain count',
      code: `
struct toy {
	struct mutex lock;
	unsigned int owners;
};

void toy_claim(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy->owners++;
	mutex_unlock(&toy->lock);
}`,
    },
    {
      title: 'a plain read',
      code: `
struct toy { struct mutex lock; int users; };

bool toy_in_use(struct toy *toy)
{
	return READ_ONCE(toy->users) > 0;
}`,
    },
    {
      title: 'the DMA domain',
      code: `
struct toy_page;

static dma_addr_t toy_map_page(struct device *dev, struct toy_page *page)
{
	struct iommu_domain *domain = iommu_get_dma_domain(dev);

	return domain ? 1 : 0;
}

static const struct dma_map_ops toy_dma_ops = { .map_page = toy_map_page };`,
    },
  ],
  forms: [
    {
      of: 'Every use of a refcount_t or atomic_t in the file is under the same lock.',
      why: 'The lock orders everything already; the atomic makes readers look for the path that runs without it.',
      instead: 'Use a plain integer.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'count-under-lock',
          ({ subject, other }) =>
            `Every use of ${subject} is under ${other}. What is atomic about it for? A plain integer will do.`,
        ),
    },
    {
      of: 'A lock is taken, one scalar is read, and the lock is given back.',
      why: 'The value may be another one as soon as the lock is gone: the lock protects nothing that a plain read would not give.',
      instead: 'Use READ_ONCE() without the lock, or hold the lock for as long as the answer has to be true.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'lock-of-one-read',
          ({ subject, other }) =>
            `${other} is taken only to read ${subject}, which may change once it is given back. Is READ_ONCE() not enough?`,
        ),
    },
    {
      of: 'iommu_get_domain_for_dev() or iommu_group_get() is called where DMA is mapped.',
      why: 'Each call takes and drops a reference of the group, an atomic on a shared line for every packet.',
      instead: 'Use iommu_get_dma_domain(), which the ownership of the DMA API makes safe.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'get-in-map-path',
          ({ subject, other }) =>
            `${subject}() takes and drops a group reference for every buffer that ${other}() handles. Use iommu_get_dma_domain().`,
        ),
    },
    {
      of: 'A barrier stands before writel(), which is one.',
      why: 'writel() orders memory that was written before it; the barrier costs time and says that the author was not sure.',
      instead: 'Leave the barrier out, or use writel_relaxed() with it.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'ordered-twice',
          ({ subject, other }) =>
            `${other}() orders memory that was written before it by itself, so ${subject}() adds nothing. Leave it out.`,
        ),
    },
  ],
});
