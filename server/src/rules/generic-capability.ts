/** A capability for one user. */
import { defineRule } from './rule.js';

export const genericCapability = defineRule({
  id: 'generic-capability',
  classes: ['state-in-wrong-object'],
  severity: 'hint',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch adds a value to the attributes, capabilities or features of the generic IOMMU interface.',
  why: 'The interface is for all drivers and all users; what one driver tells one user belongs between the two.',
  remedy: 'Say which drivers and users it is for, or pass it by an interface of the driver.',
  source:
    'include/linux/iommu.h:iommu_cap (6.12); review of "iommu: Add a domain attribute to get/set a pagetable configuration", August 2020',
  bad: [
    {
      title: 'an attribute',
      code: `
enum iommu_cap {
	IOMMU_CAP_TOY,
//      ^^^^^^^^^^^^^ generic-capability: more than one
};`,
    },
  ],
  good: [
    {
      title: "the driver's own",
      code: `
enum toy_cap {
	TOY_CAP_FAST,
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const { enum: name, name: value, spot, wasThere, decidedIn } of facts.enumerators) {
      if (!GENERIC.has(name) || wasThere || /_(?:MAX|NR|LAST)$/.test(value) || !isNew(spot)) continue;
      // The drivers answer the question themselves.
      if (decidedIn.length > 1) continue;
      yield {
        at: spot,
        function: name,
        message: `Is ${value} for more than one driver and more than one user? If not, it does not belong in the generic interface.`,
      };
    }
  },
});

const GENERIC: ReadonlySet<string> = new Set(['iommu_attr', 'iommu_cap', 'iommu_dev_features']);
