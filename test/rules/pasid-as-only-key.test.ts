/** Ways to find a domain by the PASID of an mm, and ways to be sure that it is that mm's. */
import { twins } from './twins.js';

const ARRAY = 'static DEFINE_XARRAY(domains);\n';

twins('pasid-as-only-key', {
  bad: {
    'the key as it is': `${ARRAY}
struct iommu_domain *toy_find(struct mm_struct *mm)
{
	return xa_load(&domains, mm->pasid); //!
}`,
    'through a local that is assigned later': `${ARRAY}
struct iommu_domain *toy_find(struct mm_struct *mm)
{
	unsigned long index;

	index = mm->pasid; //!
	return xa_load(&domains, index);
}`,
    'through the helper of 6.8': `${ARRAY}
struct iommu_domain *toy_find(struct mm_struct *mm)
{
	u32 pasid = mm_get_enqcmd_pasid(mm); //!

	return xa_load(&domains, pasid);
}`,
    'through a helper of its own': `${ARRAY}
static u32 toy_number(struct mm_struct *mm)
{
	return mm->pasid;
}

struct iommu_domain *toy_find(struct mm_struct *mm)
{
	u32 pasid = toy_number(mm); //!

	return xa_load(&domains, pasid);
}`,
    "by the number in the mm's own object": `${ARRAY}
struct iommu_domain *toy_find(struct mm_struct *mm)
{
	return xa_load(&domains, mm->iommu_mm->pasid); //!
}`,
    'of the current task': `${ARRAY}
struct iommu_domain *toy_find(void)
{
	return xa_load(&domains, current->mm->pasid); //!
}`,
    'in an idr': `
static DEFINE_IDR(domains);

struct iommu_domain *toy_find(struct mm_struct *mm)
{
	struct iommu_domain *domain = idr_find(&domains, mm->pasid); //!

	return domain;
}`,
    'in a radix tree, into a domain of the driver': `
static struct radix_tree_root domains;

struct toy_domain {
	struct iommu_domain domain;
};

struct toy_domain *toy_find(struct mm_struct *mm)
{
	struct toy_domain *td = radix_tree_lookup(&domains, mm->pasid); //!

	return td;
}`,
    'by ioasid': `
struct iommu_domain *toy_find(struct mm_struct *mm)
{
	return ioasid_find(&toy_set, mm->pasid, NULL); //!
}`,
    'with the lookup in a function of its own': `${ARRAY}
static struct iommu_domain *toy_by_number(unsigned long number)
{
	return xa_load(&domains, number);
}

struct iommu_domain *toy_find(struct mm_struct *mm)
{
	return toy_by_number(mm->pasid); //!
}`,
  },
  good: {
    'the mm is compared afterwards': `${ARRAY}
struct iommu_domain *toy_find(struct mm_struct *mm)
{
	struct iommu_domain *domain = xa_load(&domains, mm->pasid);

	if (domain && domain->mm == mm)
		return domain;
	return NULL;
}`,
    'the mm is compared by a helper': `${ARRAY}
struct iommu_domain *toy_find(struct mm_struct *mm)
{
	struct iommu_domain *domain = xa_load(&domains, mm->pasid);

	if (!domain || !toy_is_of(domain, mm))
		return NULL;
	return domain;
}`,
    'the caller compares': `${ARRAY}
static struct iommu_domain *toy_by_number(struct mm_struct *mm)
{
	return xa_load(&domains, mm->pasid);
}

struct iommu_domain *toy_find(struct mm_struct *mm)
{
	struct iommu_domain *domain = toy_by_number(mm);

	if (!domain || domain->mm != mm)
		return NULL;
	return domain;
}`,
    'a warning says that it must be': `${ARRAY}
struct iommu_domain *toy_find(struct mm_struct *mm)
{
	struct iommu_domain *domain = xa_load(&domains, mm->pasid);

	if (WARN_ON(domain && domain->mm != mm))
		return NULL;
	return domain;
}`,
    "the group's own slots": `
struct iommu_domain *toy_find(struct iommu_group *group, struct mm_struct *mm)
{
	return xa_load(&group->pasid_array, mm->pasid);
}`,
    'the mm is what is looked for': `
struct mm_struct *toy_find(ioasid_t pasid)
{
	return ioasid_find(&toy_set, pasid, mmget_not_zero);
}`,
    'a PASID that came with a fault': `${ARRAY}
struct iommu_domain *toy_find(struct iommu_fault *fault)
{
	return xa_load(&domains, fault->prm.pasid);
}`,
  },
});
