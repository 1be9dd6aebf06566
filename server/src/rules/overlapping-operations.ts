/** Two new operations for one purpose. */
import { defineRule, tagOf } from './rule.js';

export const overlappingOperations = defineRule({
  id: 'overlapping-operations',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    "A patch adds two operations to a table of which one does the other's work for several or for a part.",
  why: 'Without a rule which one a driver implements and which one a caller uses, both have to be tested for and both have to be kept.',
  remedy: 'One operation; the single case is the general one with a count of one.',
  source:
    'review of "iommu: Add iommu_domain ops for dirty tracking", April 2022; include/linux/iommu.h:map_pages (6.12) took the place of map',
  bad: [
    {
      title: 'once for all and once for a range',
      code: `
struct toy_ops {
	int (*set_tracking)(struct iommu_domain *domain, bool on);
	int (*set_tracking_range)(struct iommu_domain *domain, unsigned long iova, size_t size, bool on);
//            ^^^^^^^^^^^^^^^^^^ overlapping-operations: one purpose
};`,
    },
  ],
  good: [
    {
      title: 'two purposes',
      code: `
struct toy_ops {
	int (*set_tracking)(struct iommu_domain *domain, bool on);
	int (*read_tracking)(struct iommu_domain *domain, unsigned long iova, size_t size);
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const struct of facts.structs) {
      const added = struct.fields.filter(
        ({ parameters, nameSpot, wasThere }) => parameters !== null && !wasThere && isNew(nameSpot),
      );
      for (const wide of added) {
        const narrow = added.find(
          ({ name }) => MORE.has(wide.name.slice(name.length)) && wide.name.startsWith(name),
        );
        if (!narrow) continue;
        yield {
          at: wide.nameSpot,
          function: tagOf(struct.name),
          message: `${narrow.name}() and ${wide.name}() serve one purpose: which one does a driver implement, and which one does the core call? Keep one.`,
          related: [{ spot: narrow.nameSpot, message: 'the other one' }],
        };
      }
    }
  },
});

/** What the name of an operation says of how much it does at once. */
const MORE: ReadonlySet<string> = new Set(
  '_range _pages _list _all _many _bulk _batch _sg _one _single _multi _ext _ex _v2 _array'.split(' '),
);
