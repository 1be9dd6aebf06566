/* Takes the device into the domain's list, and looks whether it fits only then. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	list_add(&data->node, &toy->devices);
	if (!toy->iommu)
		toy->iommu = data->iommu;
	else if (toy->iommu != data->iommu)
		return -EINVAL;
	writel(1, data->iommu->base);
	return 0;
}
