/*
 * run: alone toy_switch
 * tape: -
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

static int toy_switch(struct toy *toy, struct device *dev)
{
	int ret;

	local_irq_disable();
	ret = toy->domain->ops->attach_dev(toy->domain, dev);
//	      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ATOMSLEEP: the operation attach_dev() may sleep
	local_irq_enable();
	return ret;
}
