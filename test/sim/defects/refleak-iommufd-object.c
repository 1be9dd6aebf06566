/*
 * run: alone ioas_resize
 * tape: 0.1
 */
struct iommufd_ctx {
	u32 account_mode;
};

struct iommufd_object {
	refcount_t users;
	unsigned int id;
};

struct iommufd_ioas {
	struct iommufd_object obj;
	u64 iova_alignment;
};

struct iommufd_object *iommufd_get_object(struct iommufd_ctx *ictx, u32 id, int type);
void iommufd_put_object(struct iommufd_ctx *ictx, struct iommufd_object *obj);
int ioas_copy(struct iommufd_ioas *to, u64 length);

static struct iommufd_ioas *get_ioas(struct iommufd_ctx *ictx, u32 id)
{
	return container_of(iommufd_get_object(ictx, id, 2), struct iommufd_ioas, obj);
}

static int ioas_resize(struct iommufd_ctx *ictx, u32 id, u64 length)
{
	struct iommufd_ioas *ioas;
	int ret;

	ioas = get_ioas(ictx, id);
//	       ^^^^^^^^^^^^^^^^^^ REFLEAK: without putting it
	if (IS_ERR(ioas))
		return PTR_ERR(ioas);
	if (length % ioas->iova_alignment)
		return -EINVAL;
	ret = ioas_copy(ioas, length);
	iommufd_put_object(ictx, &ioas->obj);
	return ret;
}
