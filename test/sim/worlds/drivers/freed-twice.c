/* What an attach gives back when it fails is given back again with the domain. */
struct toy_iommu {
	struct iommu_device iommu;
	void *base;
};

struct toy_device {
	struct toy_iommu *iommu;
};

struct toy_domain {
	void *table;
	void *entry;
	struct iommu_domain domain;
};

static struct iommu_domain *toy_alloc(unsigned int type)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	return toy ? &toy->domain : NULL;
}

static void toy_free(struct iommu_domain *domain)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);

	kfree(toy->table);
	kfree(toy->entry);
	kfree(toy);
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	struct toy_device *data = dev_iommu_priv_get(dev);

	toy->table = kzalloc(4096, GFP_KERNEL);
	if (!toy->table)
		return -ENOMEM;
	toy->entry = kzalloc(64, GFP_KERNEL);
	if (!toy->entry) {
		kfree(toy->table);
		return -ENOMEM;
	}
	writel(1, data->iommu->base);
	return 0;
}

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
		.free = toy_free,
	},
};
