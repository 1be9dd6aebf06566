/* Stands in for the headers that the defects would include. */
struct mutex {
	atomic_long_t owner;
	unsigned long wait[6];
};

typedef struct spinlock {
	unsigned int val;
} spinlock_t;

typedef struct {
	unsigned int cnts[2];
} rwlock_t;

struct rw_semaphore {
	atomic_long_t count;
	unsigned long wait[6];
};

struct completion {
	unsigned int done;
	unsigned long wait[3];
};

struct rcu_head {
	struct rcu_head *next;
	void (*func)(struct rcu_head *head);
};

struct work_struct {
	atomic_long_t data;
	struct list_head entry;
	void (*func)(struct work_struct *work);
};

struct workqueue_struct;

struct xarray {
	spinlock_t xa_lock;
	gfp_t xa_flags;
	void *xa_head;
};

struct ida {
	struct xarray xa;
};

struct device_node {
	const char *name;
	u32 phandle;
};

struct device {
	struct device *parent;
	struct device_node *of_node;
	void *driver_data;
};

struct file {
	void *private_data;
};

struct iommu_domain {
	unsigned int type;
	unsigned long pgsize_bitmap;
};
