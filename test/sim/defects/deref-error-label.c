/*
 * run: alone prq_setup
 * tape: 1
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
		goto err_base;
	ring->base = kcalloc(128, sizeof(u64), GFP_KERNEL);
	if (!ring->base)
		goto err_base;
	unit->ring = ring;
	return 0;

err_base:
	kfree(ring->base);
//	      ^^^^^^^^^^ DEREF: while it is NULL
	kfree(ring);
	return ret;
}
