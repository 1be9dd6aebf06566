/** An object that is freed while others can still find it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const freedWhileReachable = defineRule({
  id: 'freed-while-reachable',
  classes: ['use-after-free'],
  since: '0.2.0',
  summary:
    'An object is freed while others can still find it: on a list that stays in use, by a member that others test, or under RCU.',
  why: 'The next who walks or adds reads freed memory.',
  remedy: 'Take it off the list first, and let readers under RCU finish: kfree_rcu().',
  source:
    'include/linux/list.h:list_for_each_entry_safe (6.12); Documentation/RCU/listRCU.rst (6.12); review of "vfio/type1: Report iommu nesting info to userspace", June 2020',
  bad: [
    {
      title: 'freed on the list',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

void toy_discard(struct toy *toy)
{
	struct bond *bond, *next;

	list_for_each_entry_safe(bond, next, &toy->bonds, node)
		kfree(bond);
//              ^^^^^^^^^^^ freed-while-reachable: stays on
}`,
    },
    {
      title: 'freed at once',
      code: `
struct bond { int id; struct list_head node; struct rcu_head rcu; };

void bond_drop(struct bond *bond)
{
	list_del_rcu(&bond->node);
	kfree(bond);
//      ^^^^^^^^^^^ freed-while-reachable: readers
}`,
    },
    {
      title: 'a member that others go by',
      code: `
struct toy { void *info; int users; };

int toy_show(struct toy *toy)
{
	if (toy->info)
		return toy_print(toy->info);
	return 0;
}

void toy_detach(struct toy *toy)
{
	if (--toy->users == 0)
		kfree(toy->info);
//              ^^^^^^^^^^^^^^^^ freed-while-reachable: toy_show()
}`,
    },
    {
      title: 'could not be made larger',
      code: `
struct toy_caps { void *buf; size_t size; };

void *toy_add(struct toy_caps *caps, size_t size)
{
	void *buf = krealloc(caps->buf, caps->size + size, GFP_KERNEL);

	if (!buf) {
		kfree(caps->buf);
//              ^^^^^^^^^^^^^^^^ freed-while-reachable: still points
		caps->size = 0;
		return ERR_PTR(-ENOMEM);
	}
	caps->buf = buf;
	buf = caps->buf + caps->size;
	caps->size += size;
	return buf;
}`,
    },
    {
      title: 'out of an array that readers under RCU look into',
      code: `
struct bond { int id; int bus; };
static DEFINE_XARRAY(toy_bonds);
static DEFINE_SPINLOCK(toy_lock);

int toy_state(int id)
{
	struct bond *bond;
	int bus = -1;

	rcu_read_lock();
	bond = xa_load(&toy_bonds, id);
	if (bond)
		bus = bond->bus;
	rcu_read_unlock();
	return bus;
}

void toy_remove(struct bond *bond)
{
	spin_lock(&toy_lock);
	xa_erase(&toy_bonds, bond->id);
	spin_unlock(&toy_lock);
	kfree(bond);
//      ^^^^^^^^^^^ freed-while-reachable: kfree_rcu
}`,
    },
  ],
  good: [
    {
      title: 'could not be made larger, and nobody has it any more',
      code: `
struct toy_caps { void *buf; size_t size; };

void *toy_add(struct toy_caps *caps, size_t size)
{
	void *buf = krealloc(caps->buf, caps->size + size, GFP_KERNEL);

	if (!buf) {
		kfree(caps->buf);
		caps->buf = NULL;
		caps->size = 0;
		return ERR_PTR(-ENOMEM);
	}
	caps->buf = buf;
	buf = caps->buf + caps->size;
	caps->size += size;
	return buf;
}`,
    },
    {
      title: 'gone, and seen to be',
      code: `
struct toy { void *info; int users; };

int toy_show(struct toy *toy)
{
	if (toy->info)
		return toy_print(toy->info);
	return 0;
}

void toy_detach(struct toy *toy)
{
	if (--toy->users)
		return;
	kfree(toy->info);
	toy->info = NULL;
}

void toy_release(struct toy *toy)
{
	kfree(toy->info);
	kfree(toy);
}`,
    },
    {
      title: 'tested only by who has filled it',
      code: `
struct toy { void *info; int users; };

int toy_attach(struct toy *toy)
{
	toy->info = kzalloc(64, GFP_KERNEL);
	if (!toy->info)
		return -ENOMEM;
	return 0;
}

void toy_detach(struct toy *toy)
{
	kfree(toy->info);
}`,
    },
    {
      title: 'taken off first',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

void toy_discard(struct toy *toy)
{
	struct bond *bond, *next;

	list_for_each_entry_safe(bond, next, &toy->bonds, node) {
		list_del(&bond->node);
		kfree(bond);
	}
}`,
    },
    {
      title: 'after a grace period',
      code: `
struct bond { int id; struct list_head node; struct rcu_head rcu; };

void bond_drop(struct bond *bond)
{
	list_del_rcu(&bond->node);
	kfree_rcu(bond, rcu);
}`,
    },
    {
      title: 'out of an array whose readers hold the lock',
      code: `
struct bond { int id; int bus; };
static DEFINE_XARRAY(toy_bonds);
static DEFINE_SPINLOCK(toy_lock);

int toy_state(int id)
{
	struct bond *bond;
	int bus = -1;

	spin_lock(&toy_lock);
	bond = xa_load(&toy_bonds, id);
	if (bond)
		bus = bond->bus;
	spin_unlock(&toy_lock);
	return bus;
}

void toy_remove(struct bond *bond)
{
	spin_lock(&toy_lock);
	xa_erase(&toy_bonds, bond->id);
	spin_unlock(&toy_lock);
	kfree(bond);
}`,
    },
  ],
  forms: [
    {
      of: 'A walk frees each entry of a list, the list stays in use, and no entry is taken off it.',
      why: 'The head points to freed memory: the next who adds or walks reads it.',
      instead: 'list_del() each entry before it is freed, or INIT_LIST_HEAD() the list afterwards.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'freed-while-linked',
          ({ subject, other }) =>
            `${subject} is freed but stays on ${other}, whose next user reads freed memory. list_del() it first.`,
        ),
    },
    {
      of: 'An object is taken off a list, or out of an array, that readers under RCU look into, and freed by plain kfree().',
      why: 'Readers that found it before go on reading it until their critical section ends.',
      instead: 'Use kfree_rcu(), or synchronize_rcu() before.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'freed-without-grace', ({ subject, other }) => ({
          // What goes on between the two functions is not seen.
          severity: other === '' ? 'warning' : 'info',
          message: `${subject} is freed while readers under RCU may still look at it. Use kfree_rcu().`,
        })),
    },
    {
      of: 'An object is freed, and only then taken out of the array, or from behind the number, by which others find it.',
      why: 'Whoever asks in between gets freed memory.',
      instead: 'Take it out first, and free it then.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'freed-first',
          ({ subject, other }) =>
            `Others find ${subject} until ${other}, and it is freed before that. The other way round?`,
        ),
    },
    {
      of: 'A member is freed and goes on pointing there: another function tells by it whether there is one, or the caller has it still.',
      why: 'The test says yes, and what follows reads freed memory or frees it once more.',
      instead: 'Set the member to NULL when its object is freed.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(input, 'freed-member-left', ({ subject, other }) =>
          other === ''
            ? `${subject} still points to what is freed here when the caller hears of the failure. Set it to NULL, or leave it to who owns it.`
            : `${subject} still points to what is freed here, and ${other}() tells by it whether there is one. Set it to NULL.`,
        ),
    },
  ],
});
