/*
 * run: alone toy_switch
 */
struct iommu_domain;
struct iommu_domain_ops {
	int (*attach_dev)(struct iommu_domain *domain, struct device *dev);
	phys_addr_t (*iova_to_phys)(struct iommu_domain *domain, dma_addr_t iova);
};
struct iommu_domain { const struct iommu_domain_ops *ops; };
struct toy {
	struct iommu_domain *domain;
};

static phys_addr_t toy_switch(struct toy *toy, dma_addr_t iova)
{
	phys_addr_t where;

	local_irq_disable();
	where = toy->domain->ops->iova_to_phys(toy->domain, iova);
	local_irq_enable();
	return where;
}
