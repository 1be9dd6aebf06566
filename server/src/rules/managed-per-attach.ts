/** What is managed by a device is allocated each time that a domain is allocated or attached. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const managedPerAttach = defineRule({
  id: 'managed-per-attach',
  classes: ['resource-leak'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'devm_kzalloc() or its like is called where a domain is allocated, attached or mapped.',
  why: 'Managed memory goes when the driver of the device goes, and not with the domain: each attach adds some more, and a domain that outlives the device is left with memory that is freed.',
  remedy: 'Use kzalloc(), and free it with the domain or when it is detached.',
  source:
    'Documentation/driver-api/driver-model/devres.rst; include/linux/iommu.h:struct iommu_domain_ops (6.12)',
  bad: [
    {
      title: 'with each attach',
      code: `
struct toy_domain { struct iommu_domain domain; void *context; };

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);

	toy->context = devm_kzalloc(dev, 64, GFP_KERNEL);
//                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ managed-per-attach: attach_dev
	if (!toy->context)
		return -ENOMEM;
	return 0;
}

static const struct iommu_domain_ops toy_ops = { .attach_dev = toy_attach };`,
    },
  ],
  good: [
    {
      title: 'once, in probe',
      code: `
int toy_start(struct device *dev, void **context)
{
	*context = devm_kzalloc(dev, 64, GFP_KERNEL);
	if (!*context)
		return -ENOMEM;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'managed-per-attach',
      ({ subject, other }) =>
        `What ${subject}() gives stays until the driver of the device goes, and ${other} runs again and again. Use kzalloc() and free it with the domain.`,
    ),
});
