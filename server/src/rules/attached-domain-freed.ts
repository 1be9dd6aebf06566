/** A domain is freed while a device has it. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';
import { BOND_OF_A_DEVICE, changed } from './toy-bonds.js';

export const attachedDomainFreed = defineRule({
  id: 'attached-domain-freed',
  classes: ['use-after-free'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A domain is freed while a device still has it.',
  why: 'The device goes on walking the page table of the domain: memory that belongs to whoever allocates next is then reached by DMA.',
  remedy: 'Take the domain from every device and PASID first, and free it last.',
  source: 'drivers/iommu/iommu-sva.c:iommu_sva_unbind_device (6.12)',
  bad: [
    {
      title: 'freed before it is detached',
      code: changed(BOND_OF_A_DEVICE, [
        `	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);
	bond->domain->ops->free(bond->domain);`,
        `	bond->domain->ops->free(bond->domain);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ attached-domain-freed: frees a domain that D1 has
	dev_iommu_ops(bond->dev)->remove_dev_pasid(bond->dev, bond->pasid, bond->domain);`,
      ]),
    },
  ],
  good: [
    {
      title: 'detached, then freed',
      code: BOND_OF_A_DEVICE,
    },
  ],
  check: (input) => breachesOf(input, ['FREEATT'], 'Detach it from every device first.'),
});
