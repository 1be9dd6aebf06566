/* As shared.c, and every instance that has a device is flushed. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);
	struct toy_device *each;

	list_add_tail(&data->node, &toy->devices);
	list_for_each_entry(each, &toy->devices, node)
		writel(2, each->iommu->base);
	writel(1, data->iommu->base);
	return 0;
}
