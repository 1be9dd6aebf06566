/* What the drivers of this folder see of the kernel. */
#define IOMMU_DOMAIN_UNMANAGED 1
#define GFP_KERNEL 0xcc0
#define NULL ((void *)0)
#define ENOMEM 12
#define EINVAL 22
#define ENXIO 6
#define readl(address) __raw_readl(address)
#define writel(value, address) __raw_writel(value, address)

typedef unsigned int u32;
typedef unsigned int ioasid_t;
typedef struct { int owner; } spinlock_t;
struct list_head { struct list_head *next, *prev; };
struct mutex { int owner; };
struct mm_struct { void *pgd; };
struct device { struct dev_iommu *iommu; void *driver_data; };
struct iommu_device { struct list_head list; const struct iommu_ops *ops; struct device *dev; };
struct iommu_fwspec { u32 flags; unsigned int num_ids; u32 ids[]; };
struct dev_iommu { struct iommu_fwspec *fwspec; struct iommu_device *iommu_dev; void *priv; };
struct iommu_domain { unsigned int type; const struct iommu_domain_ops *ops; };
struct iommu_domain_ops {
	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);
	int (*set_dev_pasid)(struct iommu_domain *domain, struct device *dev, ioasid_t pasid);
	void (*free)(struct iommu_domain *domain);
};
struct iommu_ops {
	struct iommu_domain *(*domain_alloc)(unsigned int type);
	struct iommu_domain *(*domain_alloc_paging)(struct device *dev);
	const struct iommu_domain_ops *default_domain_ops;
};
