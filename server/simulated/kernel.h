/* SPDX-License-Identifier: MIT */
/*
 * What the simulated code sees of the kernel: the structures that it reaches
 * into, with the members that matter. Locks, counters and containers are
 * played by the machine; their members are never looked at.
 */
#ifndef SIMULATED_KERNEL_H
#define SIMULATED_KERNEL_H

#define INVALID_IOASID		((ioasid_t)-1)
#define IOMMU_NO_PASID		0
#define IOMMU_FIRST_GLOBAL_PASID 1
#define IOMMU_PASID_INVALID	((ioasid_t)-1)

#define IOMMU_DOMAIN_BLOCKED	0
#define IOMMU_DOMAIN_UNMANAGED	1
#define IOMMU_DOMAIN_SVA	16

#define IOMMU_PAGE_RESP_SUCCESS	0
#define IOMMU_PAGE_RESP_INVALID	1

#define XA_FLAGS_ALLOC		4

typedef unsigned int ioasid_t;

struct list_head { struct list_head *next, *prev; };
struct mutex { int owner; };
typedef struct { int owner; } spinlock_t;
struct rw_semaphore { int owner; };
typedef struct { int counter; } atomic_t;
typedef struct { int refs; } refcount_t;
struct kref { refcount_t refcount; };
struct xarray { void *head; };
struct ida { void *head; };
struct rcu_head { void *next; };
struct workqueue_struct;
struct iopf_queue;
struct work_struct { void *data; void (*func)(struct work_struct *work); };

struct iommu_domain;
struct iommu_domain_ops;
struct iommu_ops;
struct iommu_sva;
struct iommu_fault;
struct mmu_notifier;

struct mm_struct {
	atomic_t mm_users;
	atomic_t mm_count;
	struct rw_semaphore mmap_lock;
	struct list_head notifiers;
	/* Each design keeps its PASID in one of these. */
	ioasid_t pasid;
	struct iommu_mm_data *iommu_mm;
	struct iommu_sva_space *sva_space;
};

struct mmu_notifier_ops {
	void (*release)(struct mmu_notifier *notifier, struct mm_struct *mm);
};

struct mmu_notifier {
	const struct mmu_notifier_ops *ops;
	struct mm_struct *mm;
	struct list_head node;
};

struct iommu_device {
	const struct iommu_ops *ops;
	ioasid_t max_pasids;
};

struct iommu_fwspec;

struct dev_iommu {
	struct mutex lock;
	struct iommu_device *iommu_dev;
	void *priv;
	struct iommu_fwspec *fwspec;
	ioasid_t max_pasids;
	unsigned int pasid_bits;
};

struct iommu_group {
	struct kref ref;
	struct mutex mutex;
	struct list_head devices;
	struct xarray pasid_array;
	struct iommu_domain *domain;
	struct iommu_domain *default_domain;
	unsigned int owner_cnt;
	bool singleton_lockdown;
};

struct group_device {
	struct list_head list;
	struct device *dev;
};

struct bus_type {
	const char *name;
	const struct iommu_ops *iommu_ops;
};

struct device {
	struct bus_type *bus;
	struct dev_iommu *iommu;
	struct iommu_group *iommu_group;
};

struct iommu_fault {
	ioasid_t pasid;
	unsigned int grpid;
	unsigned long addr;
};

/* world.c */
void mmput(struct mm_struct *mm);
void mmdrop(struct mm_struct *mm);
int mmu_notifier_register(struct mmu_notifier *notifier, struct mm_struct *mm);
void mmu_notifier_unregister(struct mmu_notifier *notifier, struct mm_struct *mm);
bool arch_pgtable_dma_compat(struct mm_struct *mm);
const struct iommu_ops *dev_iommu_ops(struct device *dev);
struct iommu_group *iommu_group_get(struct device *dev);
void iommu_group_put(struct iommu_group *group);

/* Given by the design: called when the PASID of an mm ends, and for the copy of an mm that a child gets. */
void mm_pasid_drop(struct mm_struct *mm);
void mm_pasid_init(struct mm_struct *mm);

/* Played by the machine: what hardware knows, and what a scenario says of its calls. */
void simulated_begin(const char *what, struct device *dev, struct mm_struct *mm);
void simulated_end(const void *result, int wants);
void simulated_member(struct iommu_group *group, struct device *dev, struct iommu_device *iommu,
		      ioasid_t max_pasids);
void simulated_made(struct iommu_domain *domain, struct iommu_device *iommu);
void simulated_program(struct device *dev, ioasid_t pasid, struct iommu_domain *domain,
		       struct iommu_device *iommu);
void simulated_block(struct device *dev, ioasid_t pasid);
void simulated_asked(struct device *dev, struct iommu_domain *domain);
void simulated_refuse(struct device *dev, struct iommu_domain *domain);
void simulated_suits(struct device *dev, struct iommu_domain *domain, bool whether);
void simulated_taken(struct device *dev, struct iommu_domain *domain, int status);
void simulated_prepare(bool whether);
void simulated_foreign(struct device *dev, struct iommu_domain *domain);
struct iommu_domain *simulated_domain(struct device *dev, ioasid_t pasid);
ioasid_t simulated_pasid(struct device *dev);
void simulated_answer(struct device *dev, unsigned int grpid);
void simulated_ask(struct device *dev, unsigned int grpid);
void simulated_gone(struct mm_struct *mm);
void simulated_map(struct iommu_domain *domain, unsigned long iova, unsigned long physical,
		   unsigned long size);
unsigned long simulated_unmap(struct iommu_domain *domain, unsigned long iova);
unsigned long simulated_translate(struct iommu_domain *domain, unsigned long iova);
void simulated_flush(struct iommu_domain *domain);
void simulated_pin(unsigned long page);
void simulated_unpin(unsigned long page);
int simulated_command(void);

#endif
