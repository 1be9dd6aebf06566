/* What a refusal leaves in the domain keeps all others out. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);
	struct toy_iommu *before = toy->iommu;

	toy->iommu = data->iommu;
	if (before && before != data->iommu)
		return -EINVAL;
	list_add(&data->node, &toy->devices);
	writel(1, data->iommu->base);
	return 0;
}
