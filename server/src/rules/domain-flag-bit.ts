/** A new property in the type of domains. */
import { defineRule } from './rule.js';

export const domainFlagBit = defineRule({
  id: 'domain-flag-bit',
  classes: ['type-switch-vs-ops'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch adds a flag to the types of domains.',
  why: 'Flags of the type exist for what core code tests; what a driver does for a type is told by the ops of the domain.',
  remedy:
    'Drop the flag unless core code tests it for more than one type; put the difference into iommu_domain_ops.',
  source: 'include/linux/iommu.h:__IOMMU_DOMAIN_PAGING (6.12); review of the SVA series, 2022',
  bad: [
    {
      title: 'a flag for one type',
      code: `
#define __IOMMU_DOMAIN_SHARED	(1U << 4)
//      ^^^^^^^^^^^^^^^^^^^^^ domain-flag-bit: core code`,
    },
  ],
  good: [
    {
      title: 'a type without one',
      code: `
#define IOMMU_DOMAIN_TOY	0`,
    },
    {
      title: 'the number of a type',
      code: `
#define __IOMMU_DOMAIN_TOY	(1U << 4)
#define IOMMU_DOMAIN_TOY	(__IOMMU_DOMAIN_TOY)`,
    },
  ],
  *check({ facts, isNew, isPatch }) {
    // A type that is one flag and no more has its number from it.
    const numbers = new Set(facts.macros.flatMap(({ names }) => (names.length === 1 ? names : [])));
    const [first, ...more] = facts.macros.filter(
      ({ name, spot }) => /^__IOMMU_DOMAIN_/.test(name) && !numbers.has(name) && isNew(spot),
    );
    if (!first) return;
    yield {
      at: first.spot,
      function: first.name,
      // What is in the kernel already has been discussed.
      severity: isPatch(first.spot) ? 'info' : 'hint',
      message: `Does core code test ${first.name} for more than one type of domain? If not, the ops of the domain tell the difference, and the flag is not needed.`,
      related: more.map(({ name, spot }) => ({ spot, message: `and ${name}` })),
    };
  },
});
