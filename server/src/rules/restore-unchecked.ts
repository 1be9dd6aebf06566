/** A domain is attached, and nobody asks whether that worked. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const restoreUnchecked = defineRule({
  id: 'restore-unchecked',
  classes: ['attach-semantics', 'error-unwind'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A domain is attached and the result is thrown away, often to restore the old one after a failure.',
  why: 'Where it fails, the device is on no domain that anybody knows: neither the old nor the new nor a blocking one.',
  remedy: 'Define the state on failure: test the result, or attach the blocking domain.',
  source: 'drivers/iommu/iommu.c:__iommu_group_set_domain_nofail (6.12)',
  bad: [
    {
      title: 'the old one again',
      code: `
struct iommu_group;
struct iommu_domain { unsigned type; };
int toy_attach_group(struct iommu_domain *domain, struct iommu_group *group);

int toy_replace(struct iommu_group *group, struct iommu_domain *old, struct iommu_domain *new)
{
	int ret = toy_attach_group(new, group);

	if (ret)
		toy_attach_group(old, group);
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ restore-unchecked: which domain
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'what cannot fail',
      code: `
struct iommu_group;
struct iommu_domain { unsigned type; };
struct toy { int on; };
int toy_attach_group(struct iommu_domain *domain, struct iommu_group *group);

static int toy_turn(struct iommu_domain *domain, struct toy *toy)
{
	toy->on = domain->type != 0;
	return 0;
}

static int toy_attach_blocked(struct iommu_domain *domain, struct toy *toy)
{
	return toy_turn(domain, toy);
}

int toy_replace(struct iommu_group *group, struct toy *toy, struct iommu_domain *blocked, struct iommu_domain *new)
{
	int ret = toy_attach_group(new, group);

	if (ret)
		toy_attach_blocked(blocked, toy);
	return ret;
}`,
    },
    {
      title: 'the error state defined',
      code: `
struct iommu_group;
struct iommu_domain { unsigned type; };
int toy_attach_group(struct iommu_domain *domain, struct iommu_group *group);
void toy_block_group(struct iommu_group *group);

int toy_replace(struct iommu_group *group, struct iommu_domain *old, struct iommu_domain *new)
{
	int ret = toy_attach_group(new, group);

	if (ret && toy_attach_group(old, group))
		toy_block_group(group);
	return ret;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'attach-undone-unseen',
      ({ subject }) =>
        `If ${subject}() fails here, nobody knows, and which domain the device is on is undefined. Test it, or fall back to the blocking domain?`,
    ),
});
