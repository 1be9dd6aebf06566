/**
 * Code at hand for scaffolds, as a kernel of its time has it around what it
 * replaces: structures, and functions that attach to the PASIDs of a group.
 */

/** A kernel that a scaffold stands in. */
export interface Around {
  /** Its headers, for the compiler and for the machine. */
  readonly header: string;
  readonly source: string;
  /** The operations of the drivers that go with it. */
  readonly operations: string;
  readonly core: readonly string[];
}

/** Spring 2022: a domain is made without a device, and its driver asks for the mm. `members`: of struct iommu_domain. */
export const kernel2022 = (members: string, more = ''): Around => ({
  header: `
struct iommu_domain_ops {
	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);
	void (*detach_dev)(struct iommu_domain *domain, struct device *dev);
	int (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	void (*page_response)(struct device *dev, unsigned int grpid);
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
${members}
};

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
struct mm_struct *iommu_sva_domain_mm(struct iommu_domain *domain);
${more}
`,
  source: `${attaching(
    'domain->ops->attach_dev_pasid(domain, member->dev, pasid)',
    'domain->ops->detach_dev_pasid(domain, member->dev, pasid)',
  )}${PAGE_REQUESTS}`,
  operations: 'operations-2022.c',
  core: ['core-before-6.8.c'],
});

/** As proposed in review: a domain is made for a device and an mm, and says which other devices it suits. */
export const kernelProposed = (members: string, more = ''): Around => ({
  header: `
struct iommu_domain_ops {
	bool (*device_compatible)(struct iommu_domain *domain, struct device *dev);
	int (*attach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*detach_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);
	void (*page_response)(struct device *dev, unsigned int grpid);
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
${members}
};

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
${more}
`,
  source: attaching(
    'domain->ops->attach_dev_pasid(domain, member->dev, pasid)',
    'domain->ops->detach_dev_pasid(domain, member->dev, pasid)',
  ),
  operations: 'operations-proposal.c',
  core: ['core-before-6.8.c'],
});

/** A domain in a slot has an object, and that pins the mm: both stay while the slot is locked. */
const PAGE_REQUESTS = `
struct iopf_group {
	struct work_struct work;
	struct mm_struct *mm;
	struct device *dev;
	struct iommu_fault fault;
};

static void handle_iopf(struct work_struct *work)
{
	struct iopf_group *group = container_of(work, struct iopf_group, work);

	if (mmget_not_zero(group->mm)) {
		mmap_read_lock(group->mm);
		mmap_read_unlock(group->mm);
		mmput(group->mm);
	}
	dev_iommu_ops(group->dev)->page_response(group->dev, group->fault.grpid);
	mmdrop(group->mm);
	kfree(group);
}

static struct mm_struct *grab_mm(struct iommu_group *group, ioasid_t pasid)
{
	struct mm_struct *mm = NULL;
	struct iommu_domain *domain;

	xa_lock(&group->pasid_array);
	domain = xa_load(&group->pasid_array, pasid);
	if (domain) {
		mm = iommu_sva_domain_mm(domain);
		mmgrab(mm);
	}
	xa_unlock(&group->pasid_array);
	return mm;
}

int iommu_report_device_fault(struct device *dev, struct iommu_fault *fault)
{
	struct iopf_group *group;

	simulated_ask(dev, fault->grpid);
	group = kzalloc(sizeof(*group), GFP_KERNEL);
	if (!group)
		goto err_answer;
	group->mm = grab_mm(dev->iommu_group, fault->pasid);
	if (!group->mm)
		goto err_free_group;
	group->dev = dev;
	group->fault = *fault;
	INIT_WORK(&group->work, handle_iopf);
	schedule_work(&group->work);
	return 0;

err_free_group:
	kfree(group);
err_answer:
	dev_iommu_ops(dev)->page_response(dev, fault->grpid);
	return -EINVAL;
}
`;

function attaching(attach: string, detach: string): string {
  return `
static void detach_group_pasid(struct iommu_group *group, struct group_device *past,
			       struct iommu_domain *domain, ioasid_t pasid)
{
	struct group_device *member;

	list_for_each_entry(member, &group->devices, list) {
		if (member == past)
			break;
		${detach};
	}
}

static int attach_group_pasid(struct iommu_group *group, struct iommu_domain *domain, ioasid_t pasid)
{
	struct group_device *member;
	int ret;

	list_for_each_entry(member, &group->devices, list) {
		ret = ${attach};
		if (ret) {
			detach_group_pasid(group, member, domain, pasid);
			return ret;
		}
	}
	return 0;
}

int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = dev->iommu_group;
	int ret;

	mutex_lock(&group->mutex);
	ret = xa_insert(&group->pasid_array, pasid, domain, GFP_KERNEL);
	if (ret)
		goto out_unlock;
	ret = attach_group_pasid(group, domain, pasid);
	if (ret)
		xa_erase(&group->pasid_array, pasid);
out_unlock:
	mutex_unlock(&group->mutex);
	return ret;
}

void iommu_detach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct iommu_group *group = dev->iommu_group;

	mutex_lock(&group->mutex);
	xa_erase(&group->pasid_array, pasid);
	detach_group_pasid(group, NULL, domain, pasid);
	mutex_unlock(&group->mutex);
}
`;
}
