/* SPDX-License-Identifier: MIT */
/* A few declarations of our own: enough to be taken for a kernel tree. */
#ifndef __LINUX_IOMMU_H
#define __LINUX_IOMMU_H

#include <linux/device.h>
#include <linux/mm_types.h>

#define IOMMU_DOMAIN_SVA 16

typedef unsigned int ioasid_t;

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
};

struct iommu_domain_ops {
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	const struct iommu_domain_ops *default_domain_ops;
};

const struct iommu_ops *dev_iommu_ops(struct device *dev);
int iommu_attach_device_pasid(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);

#endif
