/*
 * setup: open_world
 * tasks: attach, flush_all
 * tape: 1, -
 */
struct smmu_unit {
	struct mutex streams_mutex;
	struct mutex cmdq_mutex;
	unsigned int streams;
	unsigned int flushes;
};

static struct smmu_unit smmu;

static void open_world(void)
{
	mutex_init(&smmu.streams_mutex);
	mutex_init(&smmu.cmdq_mutex);
}

static void attach(void)
{
	mutex_lock(&smmu.streams_mutex);
	mutex_lock(&smmu.cmdq_mutex);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ABBA
	smmu.streams++;
	mutex_unlock(&smmu.cmdq_mutex);
	mutex_unlock(&smmu.streams_mutex);
}

static void flush_all(void)
{
	mutex_lock(&smmu.cmdq_mutex);
	mutex_lock(&smmu.streams_mutex);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ ABBA
	smmu.flushes += smmu.streams;
	mutex_unlock(&smmu.streams_mutex);
	mutex_unlock(&smmu.cmdq_mutex);
}
