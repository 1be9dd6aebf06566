/* A domain has one device. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (toy->only)
		return -EINVAL;
	toy->only = data;
	writel(1, data->iommu->base);
	return 0;
}
