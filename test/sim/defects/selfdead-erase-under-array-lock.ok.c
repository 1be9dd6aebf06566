/*
 * run: alone group_detach
 */
struct dev_group {
	struct xarray pasid_array;
	unsigned int attached;
};

static void group_detach(struct dev_group *group, unsigned int pasid)
{
	xa_lock(&group->pasid_array);
	__xa_erase(&group->pasid_array, pasid);
	group->attached--;
	xa_unlock(&group->pasid_array);
}
