/** A function is to attach to one PASID, and does not look at which. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const ignoredPasid = defineRule({
  id: 'ignored-pasid',
  classes: ['attach-semantics', 'pasid-lifetime-limits'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function that attaches to a PASID never looks at the PASID that it is given.',
  why: 'The caller chooses the PASID, and may attach one domain to several. A function that takes another one, from the mm for instance, attaches to a PASID that nobody asked for, and the detach of the right one finds nothing.',
  remedy: 'Use the PASID that was passed, or refuse those that cannot be served.',
  source: 'include/linux/iommu.h: set_dev_pasid (6.12); drivers/iommu/iommu.c:__iommu_set_group_pasid (6.12)',
  bad: [
    {
      title: 'whichever the mm has',
      code: `
struct iommu_domain { struct mm_struct *mm; };

int toy_bind_mm(struct device *dev, struct mm_struct *mm);

static int toy_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	return toy_bind_mm(dev, domain->mm);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ignored-pasid: never looks at pasid
}

static const struct iommu_domain_ops toy_ops = { .set_dev_pasid = toy_set_dev_pasid };`,
    },
  ],
  good: [
    {
      title: 'passed on',
      code: `
struct iommu_domain { struct mm_struct *mm; };

int toy_bind_mm(struct device *dev, struct mm_struct *mm, ioasid_t pasid);

static int toy_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	return toy_bind_mm(dev, domain->mm, pasid);
}

static const struct iommu_domain_ops toy_ops = { .set_dev_pasid = toy_set_dev_pasid };`,
    },
    {
      title: 'refused, whichever it is',
      code: `
struct iommu_domain { struct mm_struct *mm; };

static int toy_set_dev_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	return -EOPNOTSUPP;
}

static const struct iommu_domain_ops toy_ops = { .set_dev_pasid = toy_set_dev_pasid };`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'pasid-ignored',
      ({ subject, other }) =>
        `${other}() never looks at ${subject}: it attaches to the same PASID whichever the caller asks for.`,
    ),
});
