/** Isolation that is concluded from too little. */
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const isolationAssumed = defineRule({
  id: 'isolation-assumed',
  classes: ['group-isolation'],
  since: '0.2.0',
  summary:
    'A device is taken for isolated by a test that does not show it: how many devices the group has now, or ACS alone.',
  why: 'PASID traffic is routed by address: ACS, aliases, the kind of device, and devices added later all bear on what it reaches.',
  remedy:
    'Leave it to the grouping (pci_device_group()), or test all of it and refuse devices that are added later.',
  source:
    'drivers/iommu/iommu.c:iommu_attach_device (6.12) tests the count under the group mutex, for nothing that outlives it; review of "iommu: Add a flag to indicate immutable singleton group", April 2022; drivers/iommu/iommu.c:pci_device_group (6.12); review of "iommu: Add sva iommu_domain support", June 2022',
  bad: [
    {
      title: 'remembered for ever',
      code: `
int toy_group_add(struct iommu_group *group, struct device *dev)
{
	group->alone = iommu_group_device_count(group) == 1;
//                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ isolation-assumed: second device
	return 0;
}`,
    },
    {
      title: 'what of devices without ACS?',
      code: `
bool toy_is_alone(struct pci_dev *pdev)
{
	return pci_acs_path_enabled(pdev, NULL, TOY_ACS_FLAGS);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ isolation-assumed: aliases
}`,
    },
  ],
  good: [
    {
      title: 'the path is asked, and aliases as well',
      code: `
bool toy_is_alone(struct pci_dev *pdev)
{
	if (pci_for_each_dma_alias(pdev, toy_count, NULL))
		return false;
	return pci_acs_path_enabled(pdev, NULL, TOY_ACS_FLAGS);
}`,
    },
  ],
  forms: [
    {
      of: 'A group is taken for isolated because it has one device now.',
      why: 'Another device may be added to the group by hotplug, or by the probe that comes next, and what PASID traffic reaches is decided by ACS, not by a number.',
      instead:
        'Test the isolation of the path (pci_acs_path_enabled()), or claim the group so that a second device is refused.',
      severity: 'info',
      confidence: 'certain',
      check: groupCountAsIsolation,
    },
    {
      of: 'A new function decides by ACS alone whether a device is isolated.',
      why: 'Root complex integrated endpoints need not have ACS, DMA aliases give several devices one requester id, and functions can be added later.',
      instead: 'Look at DMA aliases and at the kind of device as well; pci_device_group() does both.',
      severity: 'info',
      confidence: 'possible',
      check: isolationByAcsAlone,
    },
  ],
});

function* groupCountAsIsolation({ facts, isNew }: RuleInput): Iterable<Objection> {
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
}

function* isolationByAcsAlone({ facts, isNew }: RuleInput): Iterable<Objection> {
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
}

/** Who takes one of these sets up traffic that is routed by address. */
const PASID_OR_MM: ReadonlySet<string> = new Set(['ioasid_t', 'struct mm_struct', 'struct iommu_sva']);

const ACS: ReadonlySet<string> = new Set(['pci_acs_path_enabled', 'pci_acs_enabled']);
