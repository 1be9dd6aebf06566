// SPDX-License-Identifier: MIT
/*
 * Page tables of the simulated hardware: what they translate is kept by the
 * machine, and an IOTLB keeps what it was not told of. Stands after driver.c.
 */

bool check_add_overflow(size_t one, size_t other, size_t *sum)
{
	*sum = one + other;
	return *sum < one;
}

bool check_sub_overflow(size_t one, size_t other, size_t *rest)
{
	*rest = one - other;
	return one < other;
}

/* Which page table entry, counted from 1, cannot be written, and what that gives. */
static int entries_written;
static int entry_fails_at;
static int entry_gives;

static int write_entry(struct iommu_domain *domain, unsigned long iova, phys_addr_t physical, size_t size)
{
	entries_written++;
	if (entries_written == entry_fails_at)
		return entry_gives;
	if (simulated_command())
		return -ENOMEM;
	/* As io-pgtable does: an entry that is there is unmapped first. */
	if (WARN_ON(simulated_translate(domain, iova)))
		return -EEXIST;
	simulated_map(domain, iova, physical, size);
	return 0;
}

static int model_map(struct iommu_domain *domain, unsigned long iova, phys_addr_t physical, size_t size,
		     size_t count, int protection, gfp_t gfp, size_t *mapped)
{
	int status;

	for (; count; count--) {
		status = write_entry(domain, iova, physical, size);
		if (status)
			return status;
		iova += size;
		physical += size;
		*mapped += size;
	}
	return 0;
}

/* Unmapping what is not mapped ends there, and some drivers warn of it: io-pgtable does, VT-d does not. */
static bool minds_unmapping;

static size_t model_unmap(struct iommu_domain *domain, unsigned long iova, size_t size, size_t count,
			  struct iommu_iotlb_gather *gather)
{
	size_t gone, unmapped = 0;

	/* Of a large page nothing stays. */
	while (unmapped < size * count) {
		gone = simulated_unmap(domain, iova + unmapped);
		if (WARN_ON(!gone && minds_unmapping) || !gone)
			break;
		unmapped += gone;
	}
	return unmapped;
}

static void model_sync(struct iommu_domain *domain, struct iommu_iotlb_gather *gather)
{
	simulated_flush(domain);
}

static phys_addr_t model_translate(struct iommu_domain *domain, dma_addr_t iova)
{
	return simulated_translate(domain, iova);
}
