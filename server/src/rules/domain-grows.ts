/** A member of every domain for the sake of some. */
import type { FieldFact } from '../iommu/index.js';
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
    {
      title: 'the argument of a callback that anybody may register',
      code: `
struct iommu_domain {
	unsigned int type;
	int (*toy_handler)(struct toy_event *event, void *data);
	void *toy_data;
};`,
    },
    {
      title: 'an arm of a union',
      code: `
struct iommu_domain {
	unsigned int type;
	union {
		void *cookie;
		struct toy_table *toy;
	};
};`,
    },
  ],
  *check({ facts, isNew, isPatch }) {
    const domain = facts.structs.find(({ name }) => name === 'struct iommu_domain');
    const fresh = (domain?.fields ?? []).filter(({ nameSpot, wasThere }) => !wasThere && isNew(nameSpot));
    const takesData = fresh.some(isCallback);
    const added = fresh.filter(
      ({ type, parameters, isInUnion }) =>
        // An arm of a union takes no room of its own.
        !isInUnion &&
        // What a callback beside it is given is opaque to the domain by right.
        !(takesData && type.base === 'void' && type.pointers === 1) &&
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

/** A pointer to a function that is given opaque data, or a typedef whose name says so. */
function isCallback({ parameters, type }: FieldFact): boolean {
  return parameters
    ? parameters.some((each) => each.type.base === 'void' && each.type.pointers === 1)
    : type.pointers === 0 && /_(?:handler|fn|func|cb|callback)(?:_t)?$/.test(type.base);
}
