/* Whatever a device had, it is taken to the new domain. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	list_move(&data->node, &toy->devices);
	writel(1, data->iommu->base);
	return 0;
}
