/* SPDX-License-Identifier: MIT */
/*
 * A miniature of our own: enough declarations for the sample patch to apply to
 * and for this folder to be taken for a kernel tree.
 */
#ifndef __LINUX_IOMMU_H
#define __LINUX_IOMMU_H

#include <linux/device.h>
#include <linux/errno.h>
#include <linux/types.h>

#define IOMMU_DOMAIN_UNMANAGED	1
#define IOMMU_DOMAIN_SVA	16

typedef unsigned int ioasid_t;

#define IOMMU_PASID_INVALID	((ioasid_t)-1)

struct iommu_domain;
struct iommu_domain_ops;
struct iommu_ops;
struct mm_struct;

/* What an IOMMU driver can do, for the devices behind it. */
struct iommu_ops {
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	struct module *owner;
};

/* What can be done with one domain. */
struct iommu_domain_ops {
	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev,
			     ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
};

const struct iommu_ops *dev_iommu_ops(struct device *dev);
int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev,
			      ioasid_t pasid);
void iommu_domain_free(struct iommu_domain *domain);

#endif /* __LINUX_IOMMU_H */
