/* A device that has the domain already is counted once more. */
struct toy_iommu {
	struct iommu_device iommu;
	void *base;
};

struct toy_device {
	struct toy_iommu *iommu;
	struct iommu_domain *domain;
};

struct toy_domain {
	int users;
	struct iommu_domain domain;
};

static struct iommu_domain *toy_alloc(unsigned int type)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	return toy ? &toy->domain : NULL;
}

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_domain *toy = container_of(domain, struct toy_domain, domain);
	struct toy_device *data = dev_iommu_priv_get(dev);

	toy->users++;
	if (data->domain == domain)
		return 0;
	data->domain = domain;
	writel(1, data->iommu->base);
	return 0;
}

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
};
