/* A domain that has a device cannot be given back to it. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (toy->only)
		return -EINVAL;
	toy->table = kzalloc(4096, GFP_KERNEL);
	if (!toy->table)
		return -ENOMEM;
	toy->only = data;
	writel(1, data->iommu->base);
	return 0;
}
