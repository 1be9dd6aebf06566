/*
 * run: alone prq_setup
 */
struct prq_ring {
	u64 *base;
	u32 head;
};

struct prq_unit {
	struct prq_ring *ring;
};

static int prq_setup(struct prq_unit *unit)
{
	struct prq_ring *ring;
	int ret = -ENOMEM;

	ring = kzalloc(sizeof(*ring), GFP_KERNEL);
	if (!ring)
		return ret;
	ring->base = kcalloc(128, sizeof(u64), GFP_KERNEL);
	if (!ring->base)
		goto err_base;
	unit->ring = ring;
	return 0;

err_base:
	kfree(ring->base);
	kfree(ring);
	return ret;
}
