/** Code for one type of domain in a function for all. */
import { defineRule } from './rule.js';

export const domainTypeSwitch = defineRule({
  id: 'domain-type-switch',
  classes: ['type-switch-vs-ops'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function that serves several types of domains goes its own way for one of them.',
  why: 'Each new type makes every such function longer. A type has iommu_domain_ops of its own, and static identity and blocking domains need no allocation at all.',
  remedy:
    'Give the type its own ops or its own allocation op (domain_alloc_sva, domain_alloc_paging, identity_domain, blocked_domain).',
  source:
    'include/linux/iommu.h:iommu_ops (6.12); review of "iommu/vt-d: Add SVA domain support", 30 March 2022',
  bad: [
    {
      title: 'another type by a switch',
      code: `
static struct iommu_domain *toy_domain_alloc(unsigned int type)
{
	struct toy_domain *toy;

	switch (type) {
	case IOMMU_DOMAIN_SVA:
//      ^^^^^^^^^^^^^^^^^^^^^ domain-type-switch: own ops
		toy = toy_sva_alloc();
		toy->domain.ops = &toy_sva_ops;
		return &toy->domain;
	default:
		return NULL;
	}
}

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_domain_alloc,
};`,
    },
  ],
  good: [
    {
      title: 'the type has its own operation',
      code: `
static struct iommu_domain *toy_domain_alloc_sva(struct device *dev, struct mm_struct *mm)
{
	return toy_sva_alloc(dev, mm);
}

static const struct iommu_ops toy_ops = {
	.domain_alloc_sva = toy_domain_alloc_sva,
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const tests = fn.typeTests.filter(({ spot, branches }) => branches && isNew(spot));
      const first = tests.find(({ type }) => type === 'IOMMU_DOMAIN_SVA') ?? tests[0];
      if (!first) continue;
      const isAllocation = /^allocates a/.test(fn.role ?? '');
      yield {
        at: first.spot,
        function: fn.name,
        message: isAllocation
          ? `${fn.name}() makes ${first.type} domains by a switch on the type. Would the type not better have its own ops and its own allocation op?`
          : `${fn.name}() serves every type and goes its own way for ${first.type}. Could the type have its own ops for this?`,
        related: tests
          .filter((each) => each !== first)
          .map(({ spot, type }) => ({ spot, message: `and for ${type}` })),
      };
    }
  },
});
