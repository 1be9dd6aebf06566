/* The table's address is written when the domain is made ready, which is once. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->iommu) {
		toy->iommu = data->iommu;
		writel(2, data->iommu->base);
	}
	list_add(&data->node, &toy->devices);
	writel(1, data->iommu->base);
	return 0;
}
