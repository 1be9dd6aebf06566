/** A PASID is given back while a device has a domain for it. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';
import { BOND_OF_A_DEVICE, changed } from './toy-bonds.js';

export const pasidFreedInUse = defineRule({
  id: 'pasid-freed-in-use',
  classes: ['pasid-lifetime-limits'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A PASID is given back while a device still has a domain for it.',
  why: 'The next process gets the same number, and what the device sends with it reaches the memory of the one before.',
  remedy: 'Give the PASID back after it was taken from the last device, or with the mm itself.',
  source: 'drivers/iommu/iommu-sva.c:mm_pasid_drop, kernel/fork.c:__mmdrop (6.12)',
  bad: [
    {
      title: 'given back before the device is detached',
      code: changed(BOND_OF_A_DEVICE, [
        `	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	bond->domain->ops->free(bond->domain);
	ida_free(&toy_pasids, bond->pasid);`,
        `	ida_free(&toy_pasids, bond->pasid);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pasid-freed-in-use: still has a domain
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	bond->domain->ops->free(bond->domain);`,
      ]),
    },
  ],
  good: [
    {
      title: 'given back last',
      code: BOND_OF_A_DEVICE,
    },
  ],
  check: (input) => breachesOf(input, ['PASIDFREE'], 'Give it back when no device uses it any more.'),
});
