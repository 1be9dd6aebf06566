/* Compares a feature of the instances, which are of one make. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (!toy->iommu)
		toy->iommu = data->iommu;
	else if (toy->iommu->features != data->iommu->features)
		return -EINVAL;
	writel(1, data->iommu->base);
	return 0;
}
