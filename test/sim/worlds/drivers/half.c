/* The device stays on the domain's list when memory runs out. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->iommu)
		toy->iommu = data->iommu;
	else if (toy->iommu != data->iommu)
		return -EINVAL;
	list_add(&data->node, &toy->devices);
	toy->table = kzalloc(4096, GFP_KERNEL);
	if (!toy->table)
		return -ENOMEM;
	writel(1, data->iommu->base);
	return 0;
}
