/* Tells everybody of a domain of another instance on its way out. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->iommu)
		toy->iommu = data->iommu;
	if (toy->iommu != data->iommu)
		goto foreign;
	list_add(&data->node, &toy->devices);
	writel(1, data->iommu->base);
	return 0;

foreign:
	pr_err("%s: belongs to another instance\n", __func__);
	return -EINVAL;
}
