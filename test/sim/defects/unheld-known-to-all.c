/*
 * run: alone group_dequeue
 * confidence: possible
 * tape: -
 */
struct fault_param {
	struct mutex lock;
};

struct fault_group {
	struct list_head pending_node;
	struct fault_param *fault_param;
};

void group_dequeue(struct fault_group *group)
{
	list_del_init(&group->pending_node);
	mutex_unlock(&group->fault_param->lock);
//	^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ UNHELD: never took
}
