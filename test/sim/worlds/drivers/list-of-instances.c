/* A device is behind all instances of a list, and each is told of the table. */
struct toy_iommu {
	struct iommu_device iommu;
	struct list_head node;
	void *base;
};

struct toy_device {
	struct list_head iommus;
};

struct toy_domain {
	u32 table;
	struct iommu_domain domain;
};

static int toy_probe(struct toy_device *data, struct toy_iommu *iommu)
{
	list_add_tail(&iommu->node, &data->iommus);
	return 0;
}

static struct iommu_domain *toy_alloc(unsigned int type)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	return toy ? &toy->domain : NULL;
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	struct toy_iommu *iommu;

	list_for_each_entry(iommu, &data->iommus, node)
		writel(toy->table, iommu->base);
	return 0;
}

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
};
