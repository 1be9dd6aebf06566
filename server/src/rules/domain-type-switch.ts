/** Code for one type of domain in a function for all. */
import type { FunctionFact } from '../iommu/index.js';
import { defineRule } from './rule.js';

export const domainTypeSwitch = defineRule({
  id: 'domain-type-switch',
  classes: ['type-switch-vs-ops'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
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
      title: 'handed on to the allocator of the type',
      code: `
struct iommu_domain *toy_sva_domain_alloc(void);

struct iommu_domain *toy_domain_alloc(unsigned type)
{
	struct toy_domain *domain;

	if (type == IOMMU_DOMAIN_SVA)
		return toy_sva_domain_alloc();
	domain = kzalloc(sizeof(*domain), GFP_KERNEL);
	return domain ? &domain->domain : NULL;
}`,
    },
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
    {
      title: 'the core gives back what it took when it made the domain',
      code: `
struct iommu_domain *toy_core_sva_alloc(struct mm_struct *mm)
{
	struct iommu_domain *domain = kzalloc(sizeof(*domain), GFP_KERNEL);

	if (!domain)
		return NULL;
	domain->type = IOMMU_DOMAIN_SVA;
	mmgrab(mm);
	domain->mm = mm;
	return domain;
}

void toy_core_domain_free(struct iommu_domain *domain)
{
	if (domain->type == IOMMU_DOMAIN_SVA)
		mmdrop(domain->mm);
	domain->ops->free(domain);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const tests = fn.typeTests.filter(({ spot, branches }) => branches && isNew(spot));
      const first = tests.find(({ type }) => type === 'IOMMU_DOMAIN_SVA') ?? tests[0];
      if (!first || isUndoing(fn, tests, facts.functions)) continue;
      const isAllocation = /^allocates a/.test(fn.role ?? '');
      yield {
        at: first.spot,
        function: fn.name,
        message: first.setsOps
          ? `${fn.name}() gives ${first.type} domains their own ops, and makes them in the function of all types. Could a function beside the code of that type make them, or its own allocation op where there is one?`
          : isAllocation
            ? `${fn.name}() makes ${first.type} domains by a switch on the type. Would the type not better have its own ops and its own allocation op?`
            : `${fn.name}() serves every type and goes its own way for ${first.type}. Could the type have its own ops for this?`,
        related: tests
          .filter((each) => each !== first)
          .map(({ spot, type }) => ({ spot, message: `and for ${type}` })),
      };
    }
  },
});

/** Kernel functions that take, by the end of the name of the one that gives back. */
const TAKES: readonly (readonly [RegExp, RegExp])[] = [
  [/drop$/, /grab$/],
  [/put(?:_\w+)?$/, /get(?:_\w+)?$/],
  [/free(?:_\w+)?$/, /alloc(?:_\w+)?$/],
  [/unregister(?:_\w+)?$/, /register(?:_\w+)?$/],
];

/**
 * Whether all that a function does for the type is to give back what another
 * one at hand took: no operation of a driver could, for none of them took it.
 */
function isUndoing(
  fn: FunctionFact,
  tests: FunctionFact['typeTests'],
  functions: readonly FunctionFact[],
): boolean {
  const [only] = tests;
  if (tests.length !== 1 || !only || only.givesBack.length === 0 || fn.isStatic) return false;
  const isTakenElsewhere = (name: string): boolean =>
    functions.some(
      (other) =>
        other.name !== fn.name &&
        !other.isStatic &&
        other.calls.some((call) => isCounterpart(call.name, name)),
    );
  return only.givesBack.every(isTakenElsewhere);
}

function isCounterpart(taking: string, givingBack: string): boolean {
  return TAKES.some(([gives, takes]) => {
    const given = gives.exec(givingBack);
    const taken = takes.exec(taking);
    if (!given || !taken) return false;
    return givingBack.slice(0, given.index) === taking.slice(0, taken.index);
  });
}
