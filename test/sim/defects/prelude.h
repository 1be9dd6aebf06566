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

struct xa_state {
	struct xarray *xa;
	unsigned long xa_index;
	unsigned char xa_shift;
	unsigned char xa_sibs;
	unsigned char xa_offset;
	unsigned char xa_pad;
	struct xa_node *xa_node;
	struct xa_node *xa_alloc;
};

#define XA_ZERO_ENTRY ((void *)1030UL)

struct rb_node {
	unsigned long __rb_parent_color;
	struct rb_node *rb_right;
	struct rb_node *rb_left;
};

struct rb_root {
	struct rb_node *rb_node;
};

struct rb_root_cached {
	struct rb_root rb_root;
	struct rb_node *rb_leftmost;
};

struct interval_tree_node {
	struct rb_node rb;
	unsigned long start;
	unsigned long last;
	unsigned long __subtree_last;
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
