/* Once a device has a domain, another one is not even looked at. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!list_empty(&data->node))
		return 0;
	list_add(&data->node, &toy->devices);
	writel(1, data->iommu->base);
	return 0;
}
