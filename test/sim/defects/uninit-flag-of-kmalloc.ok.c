/*
 * run: alone device_info_alloc
 */
struct device_info {
	bool ats_supported;
	bool ats_enabled;
	u16 sid;
};

int enable_ats(u16 sid);

static struct device_info *device_info_alloc(u16 sid)
{
	struct device_info *info;

	info = kzalloc(sizeof(*info), GFP_KERNEL);
	if (!info)
		return NULL;
	info->sid = sid;
	if (!info->ats_enabled && enable_ats(sid) == 0)
		info->ats_enabled = true;
	return info;
}
