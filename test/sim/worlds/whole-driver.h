/* What the whole driver sees of the kernel. */
#define IOMMU_DOMAIN_UNMANAGED 1
#define IOMMU_DOMAIN_IDENTITY 4
#define IOMMU_DOMAIN_SVA 16
#define GFP_KERNEL 0xcc0
#define NULL ((void *)0)
#define ENOMEM 12
#define EBUSY 16
#define ENODEV 19
#define EINVAL 22
#define false 0
#define true 1
#define writel(value, address) __raw_writel(value, address)

typedef _Bool bool;
typedef unsigned int u32;
typedef unsigned int ioasid_t;
typedef struct { int owner; } spinlock_t;
struct list_head { struct list_head *next, *prev; };
struct ida { int bits; };
struct mm_struct { void *pgd; };
struct mmu_notifier { const struct mmu_notifier_ops *ops; };
struct mmu_notifier_ops { void (*release)(struct mmu_notifier *notifier, struct mm_struct *mm); };
struct device { struct dev_iommu *iommu; void *driver_data; };
struct iommu_device { struct list_head list; const struct iommu_ops *ops; struct device *dev; };
struct iommu_fwspec { u32 flags; unsigned int num_ids; u32 ids[]; };
struct dev_iommu { struct iommu_fwspec *fwspec; struct iommu_device *iommu_dev; void *priv; };
struct iommu_dirty_ops { int (*set_dirty_tracking)(struct iommu_domain *domain, bool enable); };
struct iommu_domain {
	unsigned int type;
	const struct iommu_domain_ops *ops;
	const struct iommu_dirty_ops *dirty_ops;
	struct mm_struct *mm;
};
struct iommu_domain_ops {
	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	bool (*enforce_cache_coherency)(struct iommu_domain *domain);
	void (*free)(struct iommu_domain *domain);
};
struct iommu_ops {
	struct iommu_domain *(*domain_alloc_paging)(struct device *dev);
	struct iommu_domain *(*domain_alloc_sva)(struct device *dev, struct mm_struct *mm);
	struct iommu_device *(*probe_device)(struct device *dev);
	void (*release_device)(struct device *dev);
	struct iommu_group *(*device_group)(struct device *dev);
	void (*remove_dev_pasid)(struct device *dev, ioasid_t pasid, struct iommu_domain *domain);
	const struct iommu_domain_ops *default_domain_ops;
};
