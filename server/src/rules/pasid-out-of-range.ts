/** A device is given a PASID that it cannot send. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';
import { BOND_OF_A_DEVICE, changed } from './toy-bonds.js';

export const pasidOutOfRange = defineRule({
  id: 'pasid-out-of-range',
  classes: ['pasid-lifetime-limits'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A device is given a PASID that it cannot send, or 0, which stands for requests without one.',
  why: 'Devices differ in how wide their PASIDs are. One that is too large is cut off and names another address space; 0 is what all other DMA of the device uses.',
  remedy:
    'Allocate from IOMMU_FIRST_GLOBAL_PASID up to what the device can send, and refuse a device that cannot send the PASID that the mm has.',
  source:
    'drivers/iommu/iommu.c:iommu_alloc_global_pasid, drivers/iommu/iommu-sva.c:iommu_alloc_mm_data (6.12)',
  bad: [
    {
      title: 'numbers from 0 on',
      code: changed(
        BOND_OF_A_DEVICE,
        [
          `	bond->pasid = ida_alloc_range(&toy_pasids, 1, dev->iommu->max_pasids - 1, GFP_KERNEL);`,
          `	bond->pasid = ida_alloc_range(&toy_pasids, 0, dev->iommu->max_pasids - 1, GFP_KERNEL);`,
        ],
        [
          `	ret = bond->domain->ops->set_dev_pasid(bond->domain, dev, bond->pasid, NULL);`,
          `	ret = bond->domain->ops->set_dev_pasid(bond->domain, dev, bond->pasid, NULL);
//            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pasid-out-of-range: PASID 0`,
        ],
      ),
    },
  ],
  good: [
    {
      title: 'numbers from 1 on, below the limit of the device',
      code: BOND_OF_A_DEVICE,
    },
  ],
  check: (input) => breachesOf(input, ['PASIDRANGE'], 'Hold it against the limits of the device.'),
});
