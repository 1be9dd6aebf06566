/* SPDX-License-Identifier: MIT */
/*
 * The structures of the IOMMU core as they were in spring 2022, for code of
 * which only parts are at hand. What a patch adds to one of them is added to
 * what stands here.
 */
#ifndef SIMULATED_CORE_2022_H
#define SIMULATED_CORE_2022_H

struct iommu_domain_geometry { unsigned long aperture_start, aperture_end; bool force_aperture; };

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	unsigned long pgsize_bitmap;
	void *handler;
	void *handler_token;
	struct iommu_domain_geometry geometry;
	struct iommu_dma_cookie *iova_cookie;
};

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
	const struct iommu_domain_ops *default_domain_ops;
};

struct iommu_sva {
	struct device *dev;
};

#endif
