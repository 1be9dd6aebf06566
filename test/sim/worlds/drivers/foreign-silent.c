/* Of a domain that has been attached once, nobody is told again. */
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	struct toy_device *data = dev_iommu_priv_get(dev);
	struct toy_domain *toy = to_toy(domain);

	if (toy->iommu)
		return 0;
	toy->iommu = data->iommu;
	writel(1, data->iommu->base);
	return 0;
}
