/** An attach that does not fit is logged as an error, though callers try domains until one fits. */
import { defineRule, severityAt } from './rule.js';

export const attachFailureMessage = defineRule({
  id: 'attach-failure-message',
  confirmedBy: ['EINVLOG'],
  classes: ['log-warn-policy', 'attach-semantics'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'An attach that fails with -EINVAL writes to the log.',
  why: '-EINVAL says that this domain does not fit this device. Callers try one domain after the other; that is no event for the log, and user space may cause it at will.',
  remedy: 'Return -EINVAL and say nothing.',
  source: 'include/linux/iommu.h:struct iommu_domain_ops, attach_dev (6.12)',
  bad: [
    {
      title: 'an expected answer is logged',
      code: `
struct toy { struct iommu_domain domain; struct iommu_device *iommu; };

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy *toy = container_of(domain, struct toy, domain);

	if (toy->iommu != dev->iommu->iommu_dev) {
		dev_err(dev, "not this one\\n");
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ attach-failure-message: try
		return -EINVAL;
	}
	return 0;
}

const struct iommu_domain_ops toy_ops = {
	.attach_dev = toy_attach_dev,
};`,
    },
  ],
  good: [
    {
      title: 'the answer alone',
      code: `
struct toy { struct iommu_domain domain; struct iommu_device *iommu; };

static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
{
	struct toy *toy = container_of(domain, struct toy, domain);

	if (toy->iommu != dev->iommu->iommu_dev)
		return -EINVAL;
	return 0;
}

const struct iommu_domain_ops toy_ops = {
	.attach_dev = toy_attach_dev,
};`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      if (!fn.isAttach) continue;
      for (const { level, kind, spot, nameSpot, returns } of fn.logs) {
        if (level === 'debug' || kind === 'bug' || returns !== '-EINVAL') continue;
        if (!input.isFresh(nameSpot)) continue;
        yield {
          at: spot,
          function: fn.name,
          severity: severityAt(input, spot, 'info'),
          message:
            'Callers try domains until one fits, so an attach that returns -EINVAL is no event for the log. Drop the message.',
        };
      }
    }
  },
});
