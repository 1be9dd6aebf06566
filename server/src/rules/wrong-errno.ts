/** A call gives another error than the one that happened, or an error where it must succeed. Seen when scenarios are run. */
import { breachesOf, shownBy } from './breaches.js';
import { defineRule } from './rule.js';
import { BOND_OF_A_DEVICE, changed } from './toy-bonds.js';
import { TOY_DRIVER } from './toy-driver.js';

export const wrongErrno = defineRule({
  id: 'wrong-errno',
  classes: ['error-code'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A call gives another error number than what happened, or an error where it must succeed.',
  why: 'Callers tell by the number what to do next: EINVAL makes them try another domain, ENOMEM makes them give up, and EBUSY sends a user to look for somebody else who has the device.',
  remedy:
    'Hand the error of the callee on; give ENOMEM where an allocation fails, EBUSY where a slot is taken, and EINVAL only where a domain does not fit.',
  source:
    'include/linux/iommu.h:struct iommu_domain_ops, drivers/iommu/iommu-sva.c:iommu_sva_bind_device (6.12)',
  bad: [
    {
      title: 'no memory comes out as EINVAL',
      code: changed(BOND_OF_A_DEVICE, [
        `		return ERR_PTR(-ENOMEM);`,
        `		return ERR_PTR(-EINVAL);
//              ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-errno: where memory ran out`,
      ]),
    },
    {
      title: 'an attach that does not fit is refused with ENXIO',
      code: changed(TOY_DRIVER, [
        `	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}`,
        `	if (toy->iommu && toy->iommu != iommu) {
		mutex_unlock(&toy->lock);
//              ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-errno: refuses a domain of another instance with ENXIO
		return -ENXIO;
	}`,
      ]),
    },
    {
      title: 'an attach for which there is no memory returns EINVAL',
      code: changed(TOY_DRIVER, [
        `			ret = -ENOMEM;
			goto unlock;`,
        `			mutex_unlock(&toy->lock);
//                      ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-errno: returns EINVAL where kzalloc() found no memory
			return -EINVAL;`,
      ]),
    },
  ],
  good: [
    {
      title: 'ENOMEM for no memory',
      code: BOND_OF_A_DEVICE,
    },
    { title: 'EINVAL for a domain that does not fit, ENOMEM for no memory', code: TOY_DRIVER },
  ],
  *check(input) {
    yield* breachesOf(
      shownBy(input, 'scenarios'),
      ['ERRNO'],
      'Give the error that happened, and none where the call can be done.',
    );
    yield* breachesOf(
      shownBy(input, 'drivers'),
      ['ERRNO'],
      'Callers of an attach take EINVAL for a domain that does not fit and try another one, and ENOMEM for no memory.',
    );
  },
});
