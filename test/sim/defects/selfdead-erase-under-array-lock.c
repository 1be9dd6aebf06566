/*
 * run: alone group_detach
 * tape: -
 */
struct dev_group {
	struct xarray pasid_array;
	unsigned int attached;
};

static void group_detach(struct dev_group *group, unsigned int pasid)
{
	xa_lock(&group->pasid_array);
	xa_erase(&group->pasid_array, pasid);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SELFDEAD: takes the lock of pasid_array while it holds it
	group->attached--;
	xa_unlock(&group->pasid_array);
}
