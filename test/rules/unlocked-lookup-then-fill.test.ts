/** "Look, and if it is not there, make it": with the lock, without it, and all that looks like one of the two. */
import { twins } from './twins.js';

const XA = 'static DEFINE_MUTEX(toy_lock);\nstatic DEFINE_XARRAY(toys);\n';
const LIST = 'static DEFINE_SPINLOCK(toy_lock);\nstatic LIST_HEAD(toys);\n';

twins('unlocked-lookup-then-fill', {
  bad: {
    'in one function': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (toy)
		return toy;
	toy = kzalloc(sizeof(*toy), GFP_KERNEL);
	xa_store(&toys, id, toy, GFP_KERNEL); //!
	return toy;
}`,
    'the failure of the store is tested, the entry before is not': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);
	void *old;

	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		old = xa_store(&toys, id, toy, GFP_KERNEL); //!
		if (xa_is_err(old))
			return NULL;
	}
	return toy;
}`,
    'a walk, then an add': `${LIST}
struct toy *toy_get(int id)
{
	struct toy *toy;

	list_for_each_entry(toy, &toys, node) {
		if (toy->id == id)
			return toy;
	}
	toy = kzalloc(sizeof(*toy), GFP_KERNEL);
	list_add(&toy->node, &toys); //!
	return toy;
}`,
    'an add under the lock after a walk without it': `${LIST}
struct toy *toy_get(int id)
{
	struct toy *toy;

	rcu_read_lock();
	list_for_each_entry_rcu(toy, &toys, node) {
		if (toy->id == id) {
			rcu_read_unlock();
			return toy;
		}
	}
	rcu_read_unlock();
	toy = kzalloc(sizeof(*toy), GFP_KERNEL);
	spin_lock(&toy_lock);
	list_add_rcu(&toy->node, &toys); //!
	spin_unlock(&toy_lock);
	return toy;
}`,
    'with the lookup in a function of its own': `${XA}
static struct toy *toy_find(unsigned long id)
{
	return xa_load(&toys, id);
}

struct toy *toy_get(unsigned long id)
{
	struct toy *toy = toy_find(id);

	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL); //!
	}
	return toy;
}`,
    'a lock that is let go in between is none': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy_prepare(id);
	mutex_unlock(&toy_lock);
	toy = xa_load(&toys, id);
	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL); //!
	}
	return toy;
}`,
    'the lock is let go of to allocate': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	mutex_unlock(&toy_lock);
	if (toy)
		return toy;
	toy = kzalloc(sizeof(*toy), GFP_KERNEL);
	mutex_lock(&toy_lock);
	xa_store(&toys, id, toy, GFP_KERNEL); //!
	mutex_unlock(&toy_lock);
	return toy;
}`,
    'the store alone is without the lock': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	mutex_unlock(&toy_lock);
	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL); //!
	}
	return toy;
}`,
    'one caller of two has the lock': `${XA}
static struct toy *toy_get(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL); //!
	}
	return toy;
}

struct toy *toy_a(void)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = toy_get(1);
	mutex_unlock(&toy_lock);
	return toy;
}

struct toy *toy_b(void)
{
	return toy_get(2);
}`,
  },
  good: {
    'guard()': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	guard(mutex)(&toy_lock);
	toy = xa_load(&toys, id);
	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL);
	}
	return toy;
}`,
    'scoped_guard()': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy = NULL;

	scoped_guard(mutex, &toy_lock) {
		toy = xa_load(&toys, id);
		if (!toy) {
			toy = kzalloc(sizeof(*toy), GFP_KERNEL);
			xa_store(&toys, id, toy, GFP_KERNEL);
		}
	}
	return toy;
}`,
    'a spinlock with interrupts off': `${LIST}
int toy_add(struct toy *new)
{
	struct toy *toy;
	unsigned long flags;

	spin_lock_irqsave(&toy_lock, flags);
	list_for_each_entry(toy, &toys, node) {
		if (toy->id == new->id) {
			spin_unlock_irqrestore(&toy_lock, flags);
			return -EEXIST;
		}
	}
	list_add(&new->node, &toys);
	spin_unlock_irqrestore(&toy_lock, flags);
	return 0;
}`,
    'the caller has the lock, and says so': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	lockdep_assert_held(&toy_lock);
	toy = xa_load(&toys, id);
	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL);
	}
	return toy;
}`,
    'the caller of the caller has it': `${XA}
static struct toy *__toy_get(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL);
	}
	return toy;
}

static struct toy *toy_get_locked(unsigned long id)
{
	return __toy_get(id);
}

struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = toy_get_locked(id);
	mutex_unlock(&toy_lock);
	return toy;
}`,
    'taken unless the caller has it': `${XA}
struct toy *toy_get(unsigned long id, bool locked)
{
	struct toy *toy;

	if (!locked)
		mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL);
	}
	if (!locked)
		mutex_unlock(&toy_lock);
	return toy;
}`,
    'looked at again under the lock': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (toy)
		return toy;
	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL);
	}
	mutex_unlock(&toy_lock);
	return toy;
}`,
    'let go of on a hit only': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (toy) {
		mutex_unlock(&toy_lock);
		return toy;
	}
	toy = kzalloc(sizeof(*toy), GFP_KERNEL);
	xa_store(&toys, id, toy, GFP_KERNEL);
	mutex_unlock(&toy_lock);
	return toy;
}`,
    'let go of to allocate, and looked at again': `${XA}
struct toy *toy_get(unsigned long id)
{
	struct toy *toy, *new;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (toy)
		goto out;
	mutex_unlock(&toy_lock);
	new = kzalloc(sizeof(*new), GFP_KERNEL);
	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (!toy) {
		toy = new;
		xa_store(&toys, id, toy, GFP_KERNEL);
	}
out:
	mutex_unlock(&toy_lock);
	return toy;
}`,
    'looked at again by a helper under the lock': `${LIST}
static struct toy *toy_find(int id)
{
	struct toy *toy;

	list_for_each_entry_rcu(toy, &toys, node) {
		if (toy->id == id)
			return toy;
	}
	return NULL;
}

struct toy *toy_get(int id, struct toy *new)
{
	struct toy *toy;

	rcu_read_lock();
	toy = toy_find(id);
	rcu_read_unlock();
	if (toy)
		return toy;
	spin_lock(&toy_lock);
	toy = toy_find(id);
	if (!toy) {
		toy = new;
		list_add_rcu(&toy->node, &toys);
	}
	spin_unlock(&toy_lock);
	return toy;
}`,
    'stores that report who was there': `${XA}
int toy_insert(unsigned long id, struct toy *toy)
{
	if (xa_load(&toys, id))
		return -EBUSY;
	return xa_insert(&toys, id, toy, GFP_KERNEL);
}

struct toy *toy_exchange(unsigned long id, struct toy *new)
{
	struct toy *toy = xa_load(&toys, id);

	if (!toy)
		toy = xa_cmpxchg(&toys, id, NULL, new, GFP_KERNEL);
	return toy;
}

int toy_alloc(u32 *id, struct toy *toy)
{
	if (xa_load(&toys, *id))
		return -EBUSY;
	return xa_alloc(&toys, id, toy, xa_limit_31b, GFP_KERNEL);
}`,
    'the entry before is looked at': `${XA}
struct toy *toy_get(unsigned long id, struct toy *new)
{
	struct toy *toy = xa_load(&toys, id);
	struct toy *old;

	if (toy)
		return toy;
	old = xa_store(&toys, id, new, GFP_KERNEL);
	if (old && !xa_is_err(old))
		toy_put(old);
	return new;
}`,
    'before there is anybody else': `${LIST}
static int __init toy_add(struct toy *new)
{
	struct toy *toy;

	list_for_each_entry(toy, &toys, node) {
		if (toy->id == new->id)
			return -EEXIST;
	}
	list_add(&new->node, &toys);
	return 0;
}

int __init toy_init(void)
{
	return toy_add(&toy_first);
}`,
    'a probe': `${LIST}
static int toy_probe(struct platform_device *pdev)
{
	struct toy *toy, *new;

	list_for_each_entry(toy, &toys, node) {
		if (toy->pdev == pdev)
			return -EEXIST;
	}
	new = devm_kzalloc(&pdev->dev, sizeof(*new), GFP_KERNEL);
	if (!new)
		return -ENOMEM;
	list_add(&new->node, &toys);
	return 0;
}

struct platform_driver toy_driver = {
	.probe = toy_probe,
};`,
    'a callback, whose caller is not seen': `${LIST}
static int toy_one(struct toy_header *header, void *arg)
{
	struct toy *toy;

	list_for_each_entry(toy, &toys, node) {
		if (toy->header == header)
			return 0;
	}
	list_add(&toy_from(header)->node, &toys);
	return 0;
}

int toy_all(void)
{
	return toy_walk_headers(toy_one);
}`,
    'different containers': `${XA}
static DEFINE_XARRAY(others);

struct toy *toy_get(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&others, id, toy, GFP_KERNEL);
	}
	return toy;
}`,
    'stored on a hit': `${XA}
int toy_move(unsigned long id, unsigned long to)
{
	struct toy *toy = xa_load(&toys, id);

	if (!toy)
		return -ENOENT;
	xa_store(&toys, to, toy, GFP_KERNEL);
	return 0;
}`,
    'a walk that only counts': `${LIST}
void toy_add(struct toy *new)
{
	struct toy *toy;
	int count = 0;

	list_for_each_entry(toy, &toys, node)
		count++;
	new->id = count;
	list_add(&new->node, &toys);
}`,
    'a container of its own': `
static DEFINE_MUTEX(toy_lock);

struct toy *toy_get(struct toy_context *ctx, unsigned long id)
{
	struct toy *toy = xa_load(&ctx->toys, id);

	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&ctx->toys, id, toy, GFP_KERNEL);
	}
	return toy;
}`,
    'several locks, and none of them is known to be for it': `
static DEFINE_MUTEX(a_lock);
static DEFINE_MUTEX(b_lock);
static DEFINE_XARRAY(toys);

struct toy *toy_get(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL);
	}
	return toy;
}`,
  },
});
