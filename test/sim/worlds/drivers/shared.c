/* Whatever instance a device is behind is told of the table, which is made once. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->iommu)
		toy->iommu = data->iommu;
	list_add(&data->node, &toy->devices);
	writel(toy->iommu->features, data->iommu->base);
	return 0;
}
