/*
 * run: alone wait_for_sync
 */
struct sync_unit {
	raw_spinlock_t register_lock;
	u32 last;
};

u32 read_status(u32 sequence);

static void pause_between_reads(void)
{
	udelay(10);
}

static u32 wait_for_sync(struct sync_unit *unit, u32 sequence)
{
	guard(raw_spinlock_irqsave)(&unit->register_lock);
	unit->last = sequence;
	if (!read_status(sequence))
		pause_between_reads();
	return read_status(sequence);
}
