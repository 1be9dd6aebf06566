/** What the hardware can, told when a feature is switched on. */
import { defineRule } from './rule.js';

export const pasidLimitSetLate = defineRule({
  id: 'pasid-limit-set-late',
  classes: ['pasid-lifetime-limits'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'The number of PASIDs of a device is set where a feature is enabled.',
  why: 'It is a property of the hardware: whoever asks before finds 0, and enabling twice, or never, changes the answer.',
  remedy: 'Set it in probe_device().',
  source: 'drivers/iommu/iommu.c:dev_iommu_get_max_pasids (6.12), called by the core when a device is probed',
  bad: [
    {
      title: 'told by enabling',
      code: `
int toy_enable_feature(struct device *dev, enum iommu_dev_features feat)
{
	dev->iommu->max_pasids = toy_pasids(dev);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pasid-limit-set-late: probe_device
	return 0;
}

static const struct iommu_ops toy_ops = {
	.dev_enable_feat = toy_enable_feature,
};`,
    },
  ],
  good: [
    {
      title: 'told by the probe',
      code: `
struct iommu_device *toy_probe_device(struct device *dev)
{
	dev->iommu->max_pasids = toy_pasids(dev);
	return toy_iommu_of(dev);
}

static const struct iommu_ops toy_ops = {
	.probe_device = toy_probe_device,
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const takesFeature = fn.signature.parameters.some(
        ({ type }) => type.base === 'enum iommu_dev_features',
      );
      for (const { spot, target } of fn.latePasidLimits) {
        const isLate =
          takesFeature || ENABLES.test(fn.name) || /^(?:attaches|binds|enables)/.test(fn.role ?? '');
        if (!isNew(spot) || !isLate) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `\`${target}\` is a property of the hardware, but is not known before ${fn.name}() is called. Set it in probe_device().`,
        };
      }
    }
  },
});

/** Of a function in a patch, the head may not be seen; it is named after its slot. */
const ENABLES = /(?:^|_)enable_feat(?:ure)?$/;
