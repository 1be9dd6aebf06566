/*
 * run: alone shop_of_xlate
 * confidence: possible
 * tape: 1
 */
struct shop {
	u32 ports;
};

struct shop_device {
	struct shop *shop;
	u32 index;
};

/* It asks whether there is one, and goes on as if there were. */
static u32 shop_of_xlate(struct xarray *devices, u32 index)
{
	struct shop_device *device = xa_load(devices, index);

	if (!device)
		pr_warn("no device %u\n", index);
	return device->index;
//	       ^^^^^^^^^^^^^ DEREF: while it is NULL
}
