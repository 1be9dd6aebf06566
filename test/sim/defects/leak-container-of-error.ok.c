/*
 * run: alone space_copy
 */
struct object {
	u32 id;
};

struct address_space {
	struct object obj;
	u32 windows;
};

struct copy {
	u32 windows;
	u32 flags;
};

struct object *object_find(u32 id);
void copy_publish(struct copy *copy);

static struct address_space *space_find(u32 id)
{
	return container_of(object_find(id), struct address_space, obj);
}

static int space_copy(u32 id)
{
	struct copy *copy = kzalloc(sizeof(*copy), GFP_KERNEL);
	struct address_space *space;
	int ret;

	if (!copy)
		return -ENOMEM;
	space = space_find(id);
	if (IS_ERR(space)) {
		ret = PTR_ERR(space);
		kfree(copy);
		return ret;
	}
	copy->windows = space->windows;
	copy_publish(copy);
	return 0;
}
