/** A member of every domain for the sake of some. */
import { defineRule } from './rule.js';

export const domainGrows = defineRule({
  id: 'domain-grows',
  classes: ['state-in-wrong-object'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch adds a pointer to struct iommu_domain.',
  why: "struct iommu_domain is the page table that every driver and every user shares; what belongs to one user (DMA API, SVA, iommufd) or one driver makes it everybody's.",
  remedy: 'Let the owner enclose the domain, or the driver embed it.',
  source:
    'include/linux/iommu.h:iommu_domain (6.12); review of "iommu/sva: Add iommu_domain type for SVA", 30 March 2022',
  bad: [
    {
      title: 'a pointer for one user',
      code: `
struct iommu_domain {
	unsigned int type;
	struct toy_table *toy;
//      ^^^^^^^^^^^^^^^^^^^^^^ domain-grows: every iommu_domain
};`,
    },
  ],
  good: [
    {
      title: 'the owner encloses the domain',
      code: `
struct toy_table {
	struct iommu_domain *domain;
	struct list_head node;
};`,
    },
  ],
  *check({ facts, isNew, isPatch }) {
    const domain = facts.structs.find(({ name }) => name === 'struct iommu_domain');
    const added = (domain?.fields ?? []).filter(
      ({ type, parameters, nameSpot, wasThere }) =>
        !wasThere &&
        isNew(nameSpot) &&
        parameters === null &&
        type.pointers > 0 &&
        !type.base.endsWith('ops'),
    );
    for (const { name, spot } of added) {
      yield {
        at: spot,
        function: 'iommu_domain',
        // What is in the kernel already has been discussed.
        severity: isPatch(spot) ? 'info' : 'hint',
        message: `Why does every iommu_domain need \`${name}\`? What belongs to one user or one driver of domains goes into the object that encloses or embeds it.`,
      };
    }
  },
});
