/* Refuses a domain of another instance, and tells everybody. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->iommu)
		toy->iommu = data->iommu;
	else if (toy->iommu != data->iommu) {
		dev_err(dev, "not my instance\n");
		return -EINVAL;
	}
	list_add(&data->node, &toy->devices);
	writel(1, data->iommu->base);
	return 0;
}
