/*
 * setup: open_world
 * tasks: map_range, fault_report
 */
struct fault_unit {
	struct rw_semaphore map_sem;
	struct mutex fault_lock;
	unsigned int maps;
	unsigned int faults;
};

static struct fault_unit unit;

static void open_world(void)
{
	init_rwsem(&unit.map_sem);
	mutex_init(&unit.fault_lock);
}

static void note_map(void)
{
	guard(mutex)(&unit.fault_lock);
	unit.maps++;
}

static void map_range(void)
{
	down_write(&unit.map_sem);
	note_map();
	up_write(&unit.map_sem);
}

static void fault_report(void)
{
	unsigned int maps = 0;

	down_read(&unit.map_sem);
	up_read(&unit.map_sem);
	guard(mutex)(&unit.fault_lock);
	maps = unit.maps;
	if (maps)
		unit.faults++;
}
