// SPDX-License-Identifier: MIT
/*
 * The drivers of the simulated hardware. What each of them does about a domain
 * that was made for another instance is what they differ in; the rest is the
 * contract of the operations.
 */
#include "kernel.h"

enum instance_policy {
	/* A domain belongs to the instance of the device that it was made for, or first attached to. */
	INSTANCE_CHECKED,
	/* A domain belongs to the instance of the device that it was first attached to, whatever it was made for. */
	INSTANCE_LAZY,
	/* A domain serves every instance of the driver. */
	INSTANCE_SHARED,
	/* A domain serves instances that can do what it needs. */
	INSTANCE_BY_FEATURES,
};

/* Whether attaching runs out of memory in turn, where other calls do. */
static bool operations_fail;

/* A driver that gives something else where a domain is asked for, and what it gives: a negative error number, 0 for NULL. */
static bool allocation_is_odd;
static int allocation_gives;

struct model_iommu {
	struct iommu_device iommu;
	enum instance_policy policy;
	unsigned int features;
	/* Waits for the page requests of a PASID when it is taken away. */
	bool drains;
	struct workqueue_struct *faults;
	/* Of a core that queues page requests itself. */
	struct iopf_queue *queue;
};

struct model_device {
	const struct model_driver *driver;
	struct model_iommu *iommu;
};

struct model_domain {
	/* What an instance must be able to do for it. */
	unsigned int features;
	bool is_shaped;
	struct iommu_domain domain;
	const struct model_driver *driver;
	struct model_iommu *iommu;
	struct mmu_notifier notifier;
	bool is_notified;
	/* Of drivers that watch the mm only while a device is attached. */
	unsigned int attached;
};

struct model_driver {
	const char *name;
};

static void model_wait_for_requests(struct device *dev);

static const struct model_driver main_driver = { .name = "main" };
static const struct model_driver other_driver = { .name = "other" };

static struct model_domain *to_model_domain(struct iommu_domain *domain)
{
	return container_of(domain, struct model_domain, domain);
}

/* The process is gone: its page table is no longer walked. */
static void model_release(struct mmu_notifier *notifier, struct mm_struct *mm)
{
}

static const struct mmu_notifier_ops model_notifier_ops = {
	.release = model_release,
};

static struct model_domain *make_domain(const struct model_driver *driver)
{
	struct model_domain *own = kzalloc(sizeof(*own), GFP_KERNEL);

	if (own)
		own->driver = driver;
	return own;
}

/* A domain is made to use all that the instance can do. */
static void model_shape(struct model_domain *own, struct model_iommu *iommu)
{
	own->features = iommu->features;
	own->is_shaped = true;
}

/* Whether an instance can take a domain. One that nobody took yet suits all. */
static bool model_takes(struct model_iommu *iommu, struct model_domain *own)
{
	if (iommu->policy == INSTANCE_SHARED)
		return true;
	if (iommu->policy == INSTANCE_BY_FEATURES)
		return (own->features & iommu->features) == own->features;
	return !own->iommu || own->iommu == iommu;
}

/* Whether a domain is of one instance alone. */
static bool is_tied(struct model_iommu *iommu)
{
	return iommu->policy == INSTANCE_CHECKED || iommu->policy == INSTANCE_LAZY;
}

static bool model_device_compatible(struct iommu_domain *domain, struct device *dev)
{
	struct model_device *master = dev_iommu_priv_get(dev);
	struct model_domain *own = to_model_domain(domain);
	bool suits;

	simulated_asked(dev, domain);
	if (master->driver != own->driver) {
		simulated_foreign(dev, domain);
		return false;
	}
	suits = model_takes(master->iommu, own);
	simulated_suits(dev, domain, suits);
	return suits;
}

static int model_attach(struct iommu_domain *domain, struct device *dev, ioasid_t pasid)
{
	struct model_device *master = dev_iommu_priv_get(dev);
	struct model_domain *own = to_model_domain(domain);

	simulated_asked(dev, domain);
	if (master->driver != own->driver) {
		simulated_foreign(dev, domain);
		return -EINVAL;
	}
	if (!model_takes(master->iommu, own)) {
		simulated_refuse(dev, domain);
		simulated_taken(dev, domain, -EINVAL);
		return -EINVAL;
	}
	if (operations_fail && simulated_command())
		return -ENOMEM;
	if (master->iommu->policy == INSTANCE_BY_FEATURES && !own->is_shaped)
		model_shape(own, master->iommu);
	if (!own->iommu && is_tied(master->iommu)) {
		own->iommu = master->iommu;
		simulated_made(domain, &master->iommu->iommu);
	}
	simulated_program(dev, pasid, domain, &master->iommu->iommu);
	simulated_taken(dev, domain, 0);
	return 0;
}

static void model_detach(struct device *dev, ioasid_t pasid)
{
	struct model_device *master = dev_iommu_priv_get(dev);

	WARN_ON(!simulated_domain(dev, pasid));
	simulated_block(dev, pasid);
	if (master->iommu->drains)
		model_wait_for_requests(dev);
}

static void model_free(struct iommu_domain *domain)
{
	struct model_domain *own = to_model_domain(domain);

	if (own->is_notified)
		mmu_notifier_unregister(&own->notifier, own->notifier.mm);
	kfree(own);
}

static void start_iommu(struct model_iommu *iommu, const struct iommu_ops *ops,
			enum instance_policy policy, unsigned int features, bool drains,
			struct workqueue_struct *faults)
{
	iommu->iommu.ops = ops;
	iommu->iommu.max_pasids = 1 << 20;
	iommu->policy = policy;
	iommu->features = features;
	iommu->drains = drains;
	iommu->faults = faults;
}
