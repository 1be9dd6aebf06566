/* SPDX-License-Identifier: MIT */
/*
 * What a C compiler needs to check the simulated code: the types of the kernel,
 * its macros, and the prototypes of what the machine plays. For tests only; the
 * machine never sees this file.
 */
#include <errno.h>
#include <stdbool.h>
#include <stddef.h>

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef unsigned int gfp_t;

#include "../../../server/simulated/kernel.h"

#define GFP_KERNEL		((gfp_t)0xcc0)

struct xa_limit { u32 min, max; };

#define XA_LIMIT(low, high)	((struct xa_limit){ .min = (low), .max = (high) })

#define LIST_HEAD(name)		struct list_head name
#define DEFINE_MUTEX(name)	struct mutex name
#define DEFINE_IDA(name)	struct ida name
#define DEFINE_XARRAY(name)	struct xarray name
#define LIST_HEAD(name)		struct list_head name

#define container_of(pointer, type, member) ({					\
	__typeof__(((type *)0)->member) *inner_of_##member = (pointer);		\
	(type *)((char *)inner_of_##member - offsetof(type, member)); })

#define list_entry(pointer, type, member) container_of(pointer, type, member)
#define list_for_each_entry(cursor, head, member)				\
	for (cursor = list_entry((head)->next, __typeof__(*cursor), member);	\
	     &cursor->member != (head);						\
	     cursor = list_entry(cursor->member.next, __typeof__(*cursor), member))
#define xa_for_each(array, index, entry)					\
	for (index = 0, entry = xa_find(array, &index, ~0UL, 0); entry;		\
	     entry = xa_find_after(array, &index, ~0UL, 0))

#define READ_ONCE(x)		(*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, value)	(*(volatile __typeof__(x) *)&(x) = (value))
#define smp_load_acquire(pointer) (*(pointer))
#define smp_store_release(pointer, value) (*(pointer) = (value))
#define lockdep_assert_held(lock) ((void)(lock))

bool WARN_ON(bool condition);
bool IS_ENABLED(bool option);
extern bool CONFIG_X86;

void *kzalloc(size_t size, gfp_t gfp);
void kfree(const void *object);

void *ERR_PTR(long error);
long PTR_ERR(const void *pointer);
bool IS_ERR(const void *pointer);
void *ERR_CAST(const void *pointer);

void mutex_init(struct mutex *lock);
void mutex_lock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);
void init_rwsem(struct rw_semaphore *lock);
void mmap_read_lock(struct mm_struct *mm);
void mmap_read_unlock(struct mm_struct *mm);

void atomic_set(atomic_t *counter, int value);
int atomic_read(const atomic_t *counter);
bool atomic_dec_and_test(atomic_t *counter);

void refcount_set(refcount_t *counter, int value);
int refcount_read(const refcount_t *counter);
void refcount_inc(refcount_t *counter);
bool refcount_inc_not_zero(refcount_t *counter) __attribute__((__warn_unused_result__));
bool refcount_dec_and_test(refcount_t *counter) __attribute__((__warn_unused_result__));

void kref_init(struct kref *ref);
void kref_get(struct kref *ref);
bool kref_get_unless_zero(struct kref *ref) __attribute__((__warn_unused_result__));
int kref_put(struct kref *ref, void (*release)(struct kref *ref));

void mmgrab(struct mm_struct *mm);
bool mmget_not_zero(struct mm_struct *mm) __attribute__((__warn_unused_result__));

void INIT_LIST_HEAD(struct list_head *head);
void list_add(struct list_head *node, struct list_head *head);
void list_add_tail(struct list_head *node, struct list_head *head);
void list_del(struct list_head *node);
bool list_is_singular(const struct list_head *head);
bool list_empty(const struct list_head *head);

void xa_init(struct xarray *array);
void xa_init_flags(struct xarray *array, unsigned int flags);
void xa_destroy(struct xarray *array);
void xa_lock(struct xarray *array);
void xa_unlock(struct xarray *array);
void *xa_load(struct xarray *array, unsigned long index);
void *xa_store(struct xarray *array, unsigned long index, void *entry, gfp_t gfp);
void *xa_erase(struct xarray *array, unsigned long index);
void *xa_cmpxchg(struct xarray *array, unsigned long index, void *old, void *entry, gfp_t gfp);
int xa_insert(struct xarray *array, unsigned long index, void *entry, gfp_t gfp)
	__attribute__((__warn_unused_result__));
int xa_alloc(struct xarray *array, u32 *id, void *entry, struct xa_limit limit, gfp_t gfp)
	__attribute__((__warn_unused_result__));
void *xa_find(struct xarray *array, unsigned long *index, unsigned long max, unsigned int filter);
void *xa_find_after(struct xarray *array, unsigned long *index, unsigned long max, unsigned int filter);
int xa_err(void *entry);
bool xa_is_err(const void *entry);

int ida_alloc_range(struct ida *ida, unsigned int low, unsigned int high, gfp_t gfp)
	__attribute__((__warn_unused_result__));
void ida_free(struct ida *ida, unsigned int id);

struct ioasid_set;
ioasid_t ioasid_alloc(struct ioasid_set *set, ioasid_t low, ioasid_t high, void *data);
void ioasid_free(ioasid_t id);

void INIT_WORK(struct work_struct *work, void (*func)(struct work_struct *work));
bool schedule_work(struct work_struct *work);
bool queue_work(struct workqueue_struct *queue, struct work_struct *work);
void flush_workqueue(struct workqueue_struct *queue);
bool flush_work(struct work_struct *work);

void *dev_iommu_priv_get(struct device *dev);
