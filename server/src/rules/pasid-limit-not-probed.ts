/** A PASID limit that is not the one that the hardware reports. */
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const pasidLimitNotProbed = defineRule({
  id: 'pasid-limit-not-probed',
  classes: ['pasid-lifetime-limits', 'value-encoding'],
  since: '0.2.0',
  summary:
    'The number of PASIDs of a device is not what its hardware reports when it is probed: it is a constant, or is set later.',
  why: 'It is a property of device and IOMMU: either may have less than 20 bits, and whoever asks before it is set finds 0.',
  remedy: 'Set it in probe_device() to the smaller of what the device and the IOMMU report.',
  source:
    'drivers/iommu/iommu.c:dev_iommu_get_max_pasids (6.12); drivers/iommu/iommu.c:dev_iommu_get_max_pasids (6.12), called by the core when a device is probed',
  bad: [
    {
      title: 'assumed',
      code: `
void toy_probe(struct toy_iommu *iommu)
{
	iommu->iommu.max_pasids = 1UL << 20;
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pasid-limit-not-probed: reports
}`,
    },
    {
      title: 'told by enabling',
      code: `
int toy_enable_feature(struct device *dev, enum iommu_dev_features feat)
{
	dev->iommu->max_pasids = toy_pasids(dev);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pasid-limit-not-probed: probe_device
	return 0;
}

static const struct iommu_ops toy_ops = {
	.dev_enable_feat = toy_enable_feature,
};`,
    },
  ],
  good: [
    {
      title: 'reported',
      code: `
void toy_probe(struct toy_iommu *iommu)
{
	iommu->iommu.max_pasids = 1UL << toy_pasid_bits(iommu);
}`,
    },
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
  forms: [
    {
      of: 'A PASID is taken to have 20 bits.',
      why: 'The width is what the device and its IOMMU both support; both report it, and either may have less.',
      instead:
        'Take the smaller of what the device (pci_max_pasids(), dev->iommu->max_pasids) and the IOMMU report.',
      severity: 'warning',
      confidence: 'certain',
      check: assumedPasidWidth,
    },
    {
      of: 'The number of PASIDs of a device is set where a feature is enabled.',
      why: 'It is a property of the hardware: whoever asks before finds 0, and enabling twice, or never, changes the answer.',
      instead: 'Set it in probe_device().',
      severity: 'info',
      confidence: 'possible',
      check: pasidLimitSetLate,
    },
  ],
});

function* assumedPasidWidth({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    for (const { spot, text } of fn.pasidLimits) {
      if (!isNew(spot)) continue;
      yield {
        at: spot,
        function: fn.name,
        message: `\`${text}\` assumes PASIDs of 20 bits, but the hardware reports how many it has. Take the smaller of what device and IOMMU support.`,
      };
    }
  }
}

function* pasidLimitSetLate({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    const takesFeature = fn.signature.parameters.some(({ type }) => type.base === 'enum iommu_dev_features');
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
}

/** Of a function in a patch, the head may not be seen; it is named after its slot. */
const ENABLES = /(?:^|_)enable_feat(?:ure)?$/;
