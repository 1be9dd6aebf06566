/*
 * run: alone shop_of_xlate
 */
struct shop {
	u32 ports;
};

struct shop_device {
	struct shop *shop;
	u32 index;
};

/* Whoever calls it has stored the device; it does not ask. */
static u32 shop_of_xlate(struct xarray *devices, u32 index)
{
	struct shop_device *device = xa_load(devices, index);

	return device->index;
}
