/**
 * What is freed was freed before, is a member of something larger, or was never
 * allocated: seen when the function is run, or by what allocator and free op
 * of one domain do.
 */
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const invalidFree = defineRule({
  id: 'invalid-free',
  classes: ['use-after-free', 'error-unwind'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'What is freed was freed before, is a member of something larger, or was never allocated.',
  why: 'The allocator takes back what it gave, once, by the address it gave. Anything else corrupts its lists.',
  remedy: 'Free each object once; convert an embedded member back with container_of() first.',
  source: 'mm/slub.c:kfree (6.12)',
  bad: [
    {
      title: "both the callee's label and the caller free",
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_load(struct toy *toy)
{
	char *name = kzalloc(16, GFP_KERNEL);

	if (!name)
		return -ENOMEM;
	if (toy->id) {
		kfree(name);
		goto out;
	}
	toy->id = 1;
out:
	kfree(name);
//      ^^^^^^^^^^^ invalid-free: a second time
	return 0;
}`,
    },
    {
      title: 'a member of what the allocator allocated',
      code: `
struct iommu_domain { unsigned type; const struct iommu_domain_ops *ops; };
struct toy_domain { int id; struct iommu_domain domain; };
static const struct iommu_domain_ops toy_sva_ops;

static struct iommu_domain *toy_domain_alloc(unsigned type)
{
	struct toy_domain *td = kzalloc(sizeof(*td), GFP_KERNEL);

	if (!td)
		return NULL;
	td->domain.ops = &toy_sva_ops;
	return &td->domain;
}

static void toy_sva_free(struct iommu_domain *domain)
{
	kfree(domain);
//      ^^^^^^^^^^^^^ invalid-free: not its first
}

static const struct iommu_domain_ops toy_sva_ops = {
	.free = toy_sva_free,
};

const struct iommu_ops toy_ops = {
	.domain_alloc = toy_domain_alloc,
};`,
    },
  ],
  good: [
    {
      title: 'what encloses it',
      code: `
struct iommu_domain { unsigned type; const struct iommu_domain_ops *ops; };
struct toy_domain { int id; struct iommu_domain domain; };
static const struct iommu_domain_ops toy_sva_ops;

static struct iommu_domain *toy_domain_alloc(unsigned type)
{
	struct toy_domain *td = kzalloc(sizeof(*td), GFP_KERNEL);

	if (!td)
		return NULL;
	td->domain.ops = &toy_sva_ops;
	return &td->domain;
}

static void toy_sva_free(struct iommu_domain *domain)
{
	kfree(container_of(domain, struct toy_domain, domain));
}

static const struct iommu_domain_ops toy_sva_ops = {
	.free = toy_sva_free,
};

const struct iommu_ops toy_ops = {
	.domain_alloc = toy_domain_alloc,
};`,
    },
    {
      title: 'the first member, whose address is that of the whole',
      code: `
struct iommu_domain { unsigned type; const struct iommu_domain_ops *ops; };
struct toy_domain { struct iommu_domain domain; int id; };
static const struct iommu_domain_ops toy_sva_ops;

static struct iommu_domain *toy_domain_alloc(unsigned type)
{
	struct toy_domain *td = kzalloc(sizeof(*td), GFP_KERNEL);

	if (!td)
		return NULL;
	td->domain.ops = &toy_sva_ops;
	return &td->domain;
}

static void toy_sva_free(struct iommu_domain *domain)
{
	kfree(domain);
}

static const struct iommu_domain_ops toy_sva_ops = {
	.free = toy_sva_free,
};

const struct iommu_ops toy_ops = {
	.domain_alloc = toy_domain_alloc,
};`,
    },
    {
      title: 'one place frees',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_load(struct toy *toy)
{
	char *name = kzalloc(16, GFP_KERNEL);

	if (!name)
		return -ENOMEM;
	if (toy->id)
		goto out;
	toy->id = 1;
out:
	kfree(name);
	return 0;
}`,
    },
  ],
  *check(input) {
    yield* breachesOf(input, ['DF'], 'Free what was allocated, once.');
    yield* odditiesIn(input, 'member-freed', ({ subject, other }) =>
      other === ''
        ? {
            severity: 'info',
            message: `The allocator gives \`&${subject}\`. Is that the first member? What was allocated is what encloses it: free that, by container_of().`,
          }
        : `The allocator gives \`&${subject}\`, a member of ${other} that is not its first: this is no address that was ever allocated. Free what encloses it, by container_of().`,
    );
  },
});
