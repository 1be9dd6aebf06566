/* Devices are members of a struct of the driver, and the one instance is a variable. */
struct toy_device {
	unsigned long flags;
	void *base;
	struct device dev;
};

struct toy_domain {
	struct iommu_domain domain;
};

static struct iommu_device toy_iommu;

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = container_of(dev, struct toy_device, dev);

	if (data->flags & 1)
		return -EINVAL;
	writel(1, data->base);
	return 0;
}

static struct iommu_domain *toy_alloc(unsigned int type)
{
	struct toy_domain *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	return toy ? &toy->domain : NULL;
}

static const struct iommu_ops toy_ops = {
	.domain_alloc = toy_alloc,
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.attach_dev = toy_attach,
	},
};
