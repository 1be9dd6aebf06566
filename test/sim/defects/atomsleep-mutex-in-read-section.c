/*
 * run: alone report_device_fault
 * tape: -
 */
struct fault_param {
	struct mutex lock;
	unsigned int faults;
};

struct fault_source {
	struct fault_param *param;
};

static void report_device_fault(struct fault_source *source)
{
	struct fault_param *param;

	rcu_read_lock();
	param = rcu_dereference(source->param);
	if (param) {
		mutex_lock(&param->lock);
//		^^^^^^^^^^^^^^^^^^^^^^^^ ATOMSLEEP: mutex_lock() may sleep
		param->faults++;
		mutex_unlock(&param->lock);
	}
	rcu_read_unlock();
}
