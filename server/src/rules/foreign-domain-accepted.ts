/** A driver attaches a domain of another hardware instance and does not tell that instance. Seen when its operations are played on two. */
import { breachesOf, shownBy } from './breaches.js';
import { defineRule } from './rule.js';
import { changed } from './toy-bonds.js';
import { TOY_DRIVER, TOY_DRIVER_OF_ONE_INSTANCE, TOY_DRIVER_THAT_SHARES } from './toy-driver.js';

export const foreignDomainAccepted = defineRule({
  id: 'foreign-domain-accepted',
  classes: ['domain-device-compat', 'attach-semantics'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'An attach_dev or set_dev_pasid accepts a domain of another hardware instance and writes to the wrong one.',
  why: 'A domain that keeps a pointer to the instance of its first device belongs to that instance. If a device behind another one is attached to it, the registers of the first are written, and the device runs on with what its own instance had before.',
  remedy:
    'Compare the instance that the domain is tied to with that of the device and return -EINVAL where they differ, before anything is changed; or serve every instance that a device is behind.',
  source: 'include/linux/iommu.h:struct iommu_domain_ops (6.12), arm-smmu.c:arm_smmu_attach_dev (6.12)',
  bad: [
    {
      title: 'the instance of the first device is written to for all',
      code: changed(
        TOY_DRIVER,
        [
          `	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}
	if`,
          `	if`,
        ],
        [
          `	toy->iommu = iommu;
`,
          `	if (!toy->iommu)
		toy->iommu = iommu;
`,
        ],
        [
          `static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
`,
          `static int toy_attach_dev(struct iommu_domain *domain, struct device *dev)
//         ^^^^^^^^^^^^^^ foreign-domain-accepted: accepts a domain of another instance
`,
        ],
      ),
    },
  ],
  good: [
    { title: 'compared and refused', code: TOY_DRIVER },
    { title: 'every instance is told', code: TOY_DRIVER_THAT_SHARES },
    { title: 'there is only one instance', code: TOY_DRIVER_OF_ONE_INSTANCE },
  ],
  *check(input) {
    yield* breachesOf(
      shownBy(input, 'drivers'),
      ['INC'],
      "Return -EINVAL where the domain's instance is not the device's, or serve the device's own.",
    );
    yield* breachesOf(
      shownBy(input, 'drivers'),
      ['MUT'],
      'Refuse what does not fit, or change the domain under its lock and only while no device has it.',
    );
  },
});
