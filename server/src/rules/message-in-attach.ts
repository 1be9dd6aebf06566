/** An attach op logs that a domain does not fit. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const messageInAttach = defineRule({
  id: 'message-in-attach',
  classes: ['attach-semantics', 'log-warn-policy'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A function in the attach_dev or set_dev_pasid slot prints a message.',
  why: 'A caller tries one domain after the other and takes EINVAL for "the next, please"; user space can make it print at will.',
  remedy: 'Return the error, and print nothing.',
  source: 'include/linux/iommu.h:struct iommu_domain_ops (6.12)',
  bad: [
    {
      title: 'told to the log',
      code: `
struct iommu_domain { unsigned type; };

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	if (domain->type) {
		dev_err(dev, "wrong domain");
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ message-in-attach: try another
		return -EINVAL;
	}
	return 0;
}

static const struct iommu_domain_ops toy_ops = { .attach_dev = toy_attach };`,
    },
  ],
  good: [
    {
      title: 'told to the caller',
      code: `
struct iommu_domain { unsigned type; };

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	return domain->type ? -EINVAL : 0;
}

static const struct iommu_domain_ops toy_ops = { .attach_dev = toy_attach };`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'log-in-attach',
      ({ subject }) =>
        `Callers try another domain when an attach fails, so ${subject}() fills the log for what is no fault. Only return the error?`,
    ),
});
