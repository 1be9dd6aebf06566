/*
 * run: alone unit_probe_device
 * tape: 1
 */
struct iommu_device {
	int id;
};

struct unit_dev {
	struct iommu_device iommu;
};

struct iommu_ops {
	struct iommu_device *(*probe_device)(struct device *dev);
};

static struct iommu_device *unit_probe_device(struct device *dev)
{
	struct unit_dev *unit = dev->driver_data;

	if (!unit)
		return NULL;
//		^^^^^^^^^^^^ ERRNO: returns NULL from probe_device
	return &unit->iommu;
}

static const struct iommu_ops unit_ops = { .probe_device = unit_probe_device };
