/** The free op follows what only an attach fills in. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const freedUnattached = defineRule({
  id: 'freed-unattached',
  classes: ['use-before-check-or-init', 'null-deref'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'Freeing a domain follows a pointer that only attaching it to a device sets.',
  why: 'The core allocates domains and frees them again without ever attaching them: when a group has no device left, when memory runs out, when user space changes its mind.',
  remedy: 'Test the pointer, or set it when the domain is allocated.',
  source: 'drivers/iommu/iommu.c:iommu_domain_free, drivers/iommu/virtio-iommu.c:viommu_domain_free (6.12)',
  bad: [
    {
      title: 'never attached',
      code: `
struct iommu_domain { unsigned type; };
struct toy { int id; };
struct toy_domain { struct iommu_domain domain; struct toy *toy; };
struct toy *toy_of(struct device *dev);
void toy_drop(int id);

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	if (td->toy && td->toy != toy_of(dev))
		return -EINVAL;
	td->toy = toy_of(dev);
	return 0;
}

static void toy_domain_free(struct iommu_domain *domain)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	toy_drop(td->toy->id);
//               ^^^^^^^^^^^ freed-unattached: toy_attach_dev()
	kfree(td);
}

static const struct iommu_domain_ops toy_domain_ops = {
	.attach_dev = toy_attach_dev,
	.free = toy_domain_free,
};`,
    },
  ],
  good: [
    {
      title: 'asked first',
      code: `
struct iommu_domain { unsigned type; };
struct toy { int id; };
struct toy_domain { struct iommu_domain domain; struct toy *toy; };
struct toy *toy_of(struct device *dev);
void toy_drop(int id);

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	if (td->toy && td->toy != toy_of(dev))
		return -EINVAL;
	td->toy = toy_of(dev);
	return 0;
}

static void toy_domain_free(struct iommu_domain *domain)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	if (td->toy)
		toy_drop(td->toy->id);
	kfree(td);
}

static const struct iommu_domain_ops toy_domain_ops = {
	.attach_dev = toy_attach_dev,
	.free = toy_domain_free,
};`,
    },
    {
      title: 'set when it is made',
      code: `
struct iommu_domain { unsigned type; };
struct toy { int id; };
struct toy_domain { struct iommu_domain domain; struct toy *toy; };
struct toy *toy_of(struct device *dev);
void toy_drop(int id);

static struct iommu_domain *toy_domain_alloc_paging(struct device *dev)
{
	struct toy_domain *td = kzalloc(sizeof(*td), GFP_KERNEL);

	if (!td)
		return NULL;
	td->toy = toy_of(dev);
	return &td->domain;
}

static void toy_domain_free(struct iommu_domain *domain)
{
	struct toy_domain *td = container_of(domain, struct toy_domain, domain);

	toy_drop(td->toy->id);
	kfree(td);
}

static const struct iommu_ops toy_ops = {
	.domain_alloc_paging = toy_domain_alloc_paging,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.free = toy_domain_free,
	},
};`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'freed-unattached',
      ({ subject, other }) =>
        `\`${subject}\` is set by ${other}() alone: it is NULL for a domain that is freed without ever being attached. Test it.`,
    ),
});
