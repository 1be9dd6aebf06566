/** One device in a group, taken for one that stays alone. */
import { defineRule } from './rule.js';

export const groupCountAsIsolation = defineRule({
  id: 'group-count-as-isolation',
  classes: ['group-isolation'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A group is taken for isolated because it has one device now.',
  why: 'Another device may be added to the group by hotplug, or by the probe that comes next, and what PASID traffic reaches is decided by ACS, not by a number.',
  remedy:
    'Test the isolation of the path (pci_acs_path_enabled()), or claim the group so that a second device is refused.',
  source:
    'drivers/iommu/iommu.c:iommu_attach_device (6.12) tests the count under the group mutex, for nothing that outlives it; review of "iommu: Add a flag to indicate immutable singleton group", April 2022',
  bad: [
    {
      title: 'remembered for ever',
      code: `
int toy_group_add(struct iommu_group *group, struct device *dev)
{
	group->alone = iommu_group_device_count(group) == 1;
//                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ group-count-as-isolation: second device
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'the path is asked',
      code: `
bool toy_is_isolated(struct pci_dev *pdev)
{
	return pci_acs_path_enabled(pdev, NULL, TOY_ACS_FLAGS);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const isForPasids = fn.signature.parameters.some(({ type }) => PASID_OR_MM.has(type.base));
      const tests = fn.groupCounts.filter(
        ({ spot, counts, isKept }) => counts === 'devices' && isNew(spot) && (isKept || isForPasids),
      );
      const [first, ...more] = tests;
      if (!first) continue;
      yield {
        at: first.spot,
        function: fn.name,
        message:
          'One device in the group now says nothing of later: what keeps a second device from being added, and what of aliases and missing ACS? Test the isolation of the path, or refuse the second device.',
        related: more.map(({ spot }) => ({ spot, message: 'and here' })),
      };
    }
  },
});

/** Who takes one of these sets up traffic that is routed by address. */
const PASID_OR_MM: ReadonlySet<string> = new Set(['ioasid_t', 'struct mm_struct', 'struct iommu_sva']);
