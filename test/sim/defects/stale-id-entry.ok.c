/*
 * setup: open_world
 * tasks: create_object
 */
struct viommu_obj {
	int id;
	u32 type;
};

static DEFINE_IDR(objects);

static void open_world(void)
{
	idr_init(&objects);
}

static int enable_object(u32 type)
{
	u32 *registers __free(kfree) = kzalloc(64, GFP_KERNEL);

	if (!registers)
		return -ENOMEM;
	registers[0] = type;
	return 0;
}

static void create_object(void)
{
	struct viommu_obj *obj;

	obj = kzalloc(sizeof(*obj), GFP_KERNEL);
	if (!obj)
		return;
	obj->id = idr_alloc(&objects, obj, 0, 0, GFP_KERNEL);
	if (obj->id < 0) {
		kfree(obj);
		return;
	}
	if (enable_object(obj->type))
		goto err_free;
	return;

err_free:
	idr_remove(&objects, obj->id);
	kfree(obj);
}
