struct toy_iommu {
	struct iommu_device iommu;
	void *base;
	struct mutex lock;
	u32 features;
};

struct toy_device {
	struct toy_iommu *iommu;
	struct device *dev;
	struct list_head node;
};

struct toy_domain {
	struct toy_iommu *iommu;
	void *table;
	struct toy_device *only;
	struct list_head devices;
	struct iommu_domain domain;
};

static struct toy_domain *to_toy(struct iommu_domain *domain)
{
	return container_of(domain, struct toy_domain, domain);
}

static struct iommu_domain *toy_alloc(unsigned int type)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	INIT_LIST_HEAD(&toy->devices);
	return &toy->domain;
}

static int toy_attach(struct iommu_domain *domain, struct device *dev);

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
};
