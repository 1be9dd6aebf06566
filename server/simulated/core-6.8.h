/* SPDX-License-Identifier: MIT */
/*
 * The structures of the IOMMU core of Linux 6.8 and later, for code of
 * which only parts are at hand. What a patch adds to one of them is added to
 * what stands here.
 */
#ifndef SIMULATED_CORE_6_8_H
#define SIMULATED_CORE_6_8_H

struct iommu_domain_geometry { unsigned long aperture_start, aperture_end; bool force_aperture; };

struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	const struct iommu_ops *owner;
	unsigned long pgsize_bitmap;
	void *handler;
	void *handler_token;
	struct iommu_domain_geometry geometry;
	struct iommu_dma_cookie *iova_cookie;
	void *iopf_handler;
	void *fault_data;
	struct mm_struct *mm;
	int users;
	struct list_head next;
};

struct iommu_domain_ops {
	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid,
			     struct iommu_domain *old);
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	struct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);
	void (*remove_dev_pasid)(struct device *dev, ioasid_t pasid, struct iommu_domain *domain);
	void (*page_response)(struct device *dev, unsigned int grpid);
	const struct iommu_domain_ops *default_domain_ops;
};

struct iommu_attach_handle {
	struct iommu_domain *domain;
};

struct iommu_sva {
	struct iommu_attach_handle handle;
	struct device *dev;
	refcount_t users;
};

struct iommu_mm_data {
	ioasid_t pasid;
	struct list_head sva_domains;
};

#endif
