/* What decides is code that is not at hand. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->iommu)
		toy->iommu = data->iommu;
	else if (!toy_firmware_allows(toy, dev))
		return -EINVAL;
	writel(1, data->iommu->base);
	return 0;
}
