/** An attach op tells a failure by a number that means something else. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const attachErrno = defineRule({
  id: 'attach-errno',
  classes: ['attach-semantics', 'error-code'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'An attach op returns another error than -EINVAL for a domain that does not fit, or -EINVAL for what the device lacks.',
  why: 'By the contract EINVAL, and nothing else, means that device and domain are incompatible: callers then try another domain. What is wrong with the device alone is ENODEV.',
  remedy: 'Return -EINVAL where the domain does not fit, and -ENODEV where the device is at fault.',
  source: 'include/linux/iommu.h:struct iommu_domain_ops, attach_dev (6.12)',
  bad: [
    {
      title: 'another domain would help',
      code: `
struct iommu_domain { unsigned type; };
int toy_width(struct device *dev);

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	if (domain->type > toy_width(dev))
		return -EOPNOTSUPP;
//                     ^^^^^^^^^^^ attach-errno: -EINVAL
	return 0;
}

static const struct iommu_domain_ops toy_ops = { .attach_dev = toy_attach };`,
    },
  ],
  good: [
    {
      title: 'as the contract has it',
      code: `
struct iommu_domain { unsigned type; };
int toy_width(struct device *dev);

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	if (domain->type > toy_width(dev))
		return -EINVAL;
	return 0;
}

static const struct iommu_domain_ops toy_ops = { .attach_dev = toy_attach };`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'attach-errno',
      ({ subject, other }) =>
        other === 'EINVAL'
          ? `Callers take only -EINVAL for "does not fit, try another domain", and give up at -${subject}. Return -EINVAL?`
          : `-EINVAL says that another domain would fit, but here the device is at fault. Return -ENODEV?`,
      'Return what the contract asks for',
    ),
});
