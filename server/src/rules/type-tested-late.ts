/** The type of a domain is tested after a function that takes it for granted. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const typeTestedLate = defineRule({
  id: 'type-tested-late',
  classes: ['use-before-check-or-init'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'An initialiser calls an accessor of one type of domain, and the type is tested afterwards.',
  why: 'Of a domain of another type the accessor has read what is not there by then.',
  remedy: 'Test the type first.',
  source:
    'drivers/iommu/iommu-sva.c, include/linux/iommu.h: the union of iommu_domain depends on its type (6.12)',
  bad: [
    {
      title: 'read before the test',
      code: `
struct mm_struct;
struct iommu_domain { unsigned type; };
struct mm_struct *toy_domain_mm(struct iommu_domain *domain);
int toy_bind(struct mm_struct *mm);

int toy_attach(struct iommu_domain *domain)
{
	struct mm_struct *mm = toy_domain_mm(domain);
//                             ^^^^^^^^^^^^^^^^^^^^^ type-tested-late: tested

	if (domain->type != 4)
		return -EINVAL;
	return toy_bind(mm);
}`,
    },
  ],
  good: [
    {
      title: 'tested first',
      code: `
struct mm_struct;
struct iommu_domain { unsigned type; };
struct mm_struct *toy_domain_mm(struct iommu_domain *domain);
int toy_bind(struct mm_struct *mm);

int toy_attach(struct iommu_domain *domain)
{
	if (domain->type != 4)
		return -EINVAL;
	return toy_bind(toy_domain_mm(domain));
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'type-tested-late',
      ({ subject, other }) =>
        `${subject}() has looked into ${other} before its type is tested. Test the type first.`,
    ),
});
