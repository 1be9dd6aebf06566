/*
 * run: alone space_copy
 * tape: 0.1
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

/* What is not found is an error pointer, and so is what its first member is part of. */
static int space_copy(u32 id)
{
	struct copy *copy = kzalloc(sizeof(*copy), GFP_KERNEL);
//			    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LEAK: never freed
	struct address_space *space;

	if (!copy)
		return -ENOMEM;
	space = space_find(id);
	if (IS_ERR(space))
		return PTR_ERR(space);
	copy->windows = space->windows;
	copy_publish(copy);
	return 0;
}
