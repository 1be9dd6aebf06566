/*
 * run: alone count_dirty
 * tape: 0.1
 */
struct io_pagetable {
	struct rw_semaphore iova_rwsem;
	struct list_head areas;
};

struct iopt_area {
	struct list_head link;
	unsigned int dirty;
};

static int count_dirty(struct io_pagetable *iopt, unsigned int most)
{
	struct iopt_area *area;
	unsigned int dirty = 0;

	down_read(&iopt->iova_rwsem);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^ LOCKBAL: returns with it on one path
	list_for_each_entry(area, &iopt->areas, link) {
		dirty += area->dirty;
		if (dirty > most)
			return most;
	}
	up_read(&iopt->iova_rwsem);
	return dirty;
}
