/* Says that domain and device do not fit where memory ran out. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->table)
		toy->table = kzalloc(4096, GFP_KERNEL);
	if (!toy->table)
		return -EINVAL;
	writel(1, data->iommu->base);
	return 0;
}
