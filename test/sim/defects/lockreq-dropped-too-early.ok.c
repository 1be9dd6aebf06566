/*
 * run: alone remove_pasid
 */
struct pasid_owner {
	struct mutex mutex;
	struct xarray pasid_array;
};

static void remove_pasid_locked(struct pasid_owner *owner, u32 pasid)
{
	lockdep_assert_held(&owner->mutex);
	xa_erase(&owner->pasid_array, pasid);
}

static bool remove_pasid(struct pasid_owner *owner, u32 pasid)
{
	bool is_known;

	mutex_lock(&owner->mutex);
	is_known = xa_load(&owner->pasid_array, pasid);
	if (is_known)
		remove_pasid_locked(owner, pasid);
	mutex_unlock(&owner->mutex);
	return is_known;
}
