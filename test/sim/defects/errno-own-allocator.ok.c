/*
 * run: alone attach_new_domain
 */
struct viommu_hwpt {
	unsigned int type;
	u64 vttbr;
};

struct viommu_port {
	struct viommu_hwpt *hwpt;
};

static struct viommu_hwpt *viommu_hwpt_alloc(u64 vttbr)
{
	struct viommu_hwpt *hwpt;

	if (vttbr & 1)
		return ERR_PTR(-EINVAL);
	hwpt = kzalloc(sizeof(*hwpt), GFP_KERNEL);
	if (!hwpt)
		return ERR_PTR(-ENOMEM);
	hwpt->vttbr = vttbr;
	return hwpt;
}

static int attach_new_domain(struct viommu_port *port, u64 vttbr)
{
	struct viommu_hwpt *hwpt;

	hwpt = viommu_hwpt_alloc(vttbr);
	if (IS_ERR(hwpt))
		return PTR_ERR(hwpt);
	hwpt->type = 5;
	port->hwpt = hwpt;
	return 0;
}
