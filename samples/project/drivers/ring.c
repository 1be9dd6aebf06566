// SPDX-License-Identifier: GPL-2.0
/* A driver that the project file beside it explains; see docs/project-file.md. */
#include <linux/mutex.h>
#include <linux/slab.h>

struct ring {
	struct mutex lock;
	int users;
	void __iomem *base;
};

struct ring_slot {
	struct ring *ring;
	u32 at;
};

void ring_enter(struct ring *ring);
void ring_leave(struct ring *ring);
struct ring_slot *ring_slot_make(struct ring *ring);
void ring_slot_drop(struct ring_slot *slot);

int ring_open(struct ring *ring, u32 at)
{
	struct ring_slot *slot = ring_slot_make(ring);

	if (!slot)
		return -ENOMEM;
	ring_enter(ring);
	if (at > 16) {
		ring_slot_drop(slot);
		return -EINVAL;
	}
	ring_write_raw(ring->base, at);
	ring_leave(ring);
	ring_slot_drop(slot);
	return 0;
}

int ring_users(struct ring *ring)
{
	return ring->users;
}
