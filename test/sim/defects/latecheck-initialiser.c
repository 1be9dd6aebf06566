/*
 * run: alone disable_device
 * tape: -
 */
struct domain_info {
	u32 users;
	struct iommu_domain *domain;
};

struct stream_owner {
	struct domain_info *info;
	u32 ssid_bits;
};

static int disable_device(struct stream_owner *owner)
{
	struct domain_info *info = owner->info;
	u32 users = info->users;
//	            ^^^^^^^^^^^ LATECHECK: tests it for NULL afterwards

	if (!info || !users)
		return -ENODEV;
	info->users = 0;
	return 0;
}
