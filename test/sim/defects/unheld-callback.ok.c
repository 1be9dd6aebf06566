/*
 * run: alone teardown
 */
struct walk_iommu {
	spinlock_t lock;
	u64 entry;
};

struct walk_info {
	struct walk_iommu *iommu;
};

static void teardown(struct walk_info *info)
{
	struct walk_iommu *iommu = info->iommu;

	iommu->entry = 0;
	spin_unlock(&iommu->lock);
}

static int teardown_alias(struct pci_dev *pdev, u16 alias, void *data)
{
	teardown(data);
	return 0;
}

void teardown_all(struct pci_dev *pdev, struct walk_info *info)
{
	spin_lock(&info->iommu->lock);
	pci_for_each_dma_alias(pdev, teardown_alias, info);
}
