/*
 * run: alone group_dequeue
 */
struct fault_param {
	struct mutex lock;
};

struct fault_group {
	struct list_head pending_node;
	struct fault_param *fault_param;
};

struct fault_group *group_begin(struct fault_group *group);

void group_dequeue(struct fault_group *group)
{
	struct fault_group *begun = group_begin(group);

	list_del_init(&begun->pending_node);
	mutex_unlock(&begun->fault_param->lock);
}
