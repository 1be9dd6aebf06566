/* The instance that came first is written to for each device. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->iommu)
		toy->iommu = data->iommu;
	list_add(&data->node, &toy->devices);
	writel(1, toy->iommu->base);
	return 0;
}
