/*
 * run: alone iotlb_cookie_drop
 * tape: -
 */
struct iotlb_cookie {
	struct kref ref;
	u16 asid;
};

static void iotlb_cookie_release(struct kref *ref)
{
	struct iotlb_cookie *cookie = container_of(ref, struct iotlb_cookie, ref);

	kfree(cookie);
}

static u16 iotlb_cookie_drop(u16 asid)
{
	struct iotlb_cookie *cookie;

	cookie = kzalloc(sizeof(*cookie), GFP_KERNEL);
	if (!cookie)
		return 0;
	kref_init(&cookie->ref);
	cookie->asid = asid;
	kref_put(&cookie->ref, iotlb_cookie_release);
	return cookie->asid;
//	       ^^^^^^^^^^^^ UAF: of the iotlb_cookie `cookie` after it was freed
}
