/** Isolation that is asked of ACS and nothing else. */
import { defineRule } from './rule.js';

export const isolationByAcsAlone = defineRule({
  id: 'isolation-by-acs-alone',
  classes: ['group-isolation'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A new function decides by ACS alone whether a device is isolated.',
  why: 'Root complex integrated endpoints need not have ACS, DMA aliases give several devices one requester id, and functions can be added later.',
  remedy: 'Look at DMA aliases and at the kind of device as well; pci_device_group() does both.',
  source:
    'drivers/iommu/iommu.c:pci_device_group (6.12); review of "iommu: Add sva iommu_domain support", June 2022',
  bad: [
    {
      title: 'what of devices without ACS?',
      code: `
bool toy_is_alone(struct pci_dev *pdev)
{
	return pci_acs_path_enabled(pdev, NULL, TOY_ACS_FLAGS);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ isolation-by-acs-alone: aliases
}`,
    },
  ],
  good: [
    {
      title: 'aliases as well',
      code: `
bool toy_is_alone(struct pci_dev *pdev)
{
	if (pci_for_each_dma_alias(pdev, toy_count, NULL))
		return false;
	return pci_acs_path_enabled(pdev, NULL, TOY_ACS_FLAGS);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const asked = fn.calls.find(({ name, spot, wasThere }) => ACS.has(name) && !wasThere && isNew(spot));
      if (
        !asked ||
        fn.signature.wasThere ||
        fn.calls.some(({ name }) => /alias|rciep|pci_pcie_type/.test(name))
      )
        continue;
      yield {
        at: asked.spot,
        function: fn.name,
        message: `${asked.name}() alone decides: what of root complex endpoints, for which ACS is optional, of DMA aliases, and of functions added later?`,
      };
    }
  },
});

const ACS: ReadonlySet<string> = new Set(['pci_acs_path_enabled', 'pci_acs_enabled']);
