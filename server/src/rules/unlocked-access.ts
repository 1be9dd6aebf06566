/** Shared state that is used without its lock. */
import type { DesignFacts } from '../iommu/index.js';
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { type BreachFact, defineRule } from './rule.js';

export const unlockedAccess = defineRule({
  id: 'unlocked-access',
  classes: ['missing-lock'],
  since: '0.2.0',
  summary: 'What several tasks share is walked, tested and set, or changed, and no lock is held for it.',
  why: 'Another task changes it in between: an entry is gone that is read, or two find a slot empty and both fill it.',
  remedy: 'Hold the lock of the object from the first look to the last.',
  source:
    'Documentation/kernel-hacking/locking.rst (6.12); include/linux/xarray.h: context of __xa_store (6.12); drivers/iommu/mtk_iommu.c:mtk_iommu_device_group (6.12) holds data->mutex over both',
  bad: [
    {
      title: 'two may do it',
      code: `
struct toy { u32 pasid; struct mutex lock; };
u32 pasid_alloc(struct toy *toy);

int toy_enable(struct toy *toy)
{
	if (!toy->pasid)
		toy->pasid = pasid_alloc(toy);
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked-access: two tasks
	return 0;
}`,
    },
    {
      title: 'others hold it',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct mutex lock; struct list_head bonds; };

void toy_add(struct toy *toy, struct bond *bond)
{
	mutex_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	mutex_unlock(&toy->lock);
}

void toy_move(struct toy *toy, struct bond *bond)
{
	mutex_lock(&toy->lock);
	list_move(&bond->node, &toy->bonds);
	mutex_unlock(&toy->lock);
}

int toy_find(struct toy *toy, int id)
{
	struct bond *bond;

	list_for_each_entry(bond, &toy->bonds, node)
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked-access: everybody else
		if (bond->id == id)
			return 1;
	return 0;
}`,
    },
    {
      title: 'no lock',
      code: `
void toy_forget(struct xarray *toys, unsigned long id)
{
	__xa_erase(toys, id);
//      ^^^^^^^^^^^^^^^^^^^^ unlocked-access: xa_lock
}`,
    },
  ],
  good: [
    {
      title: 'under the lock of the caller, before others have it, and while nobody else is there',
      code: `
struct toy { spinlock_t lock; struct list_head bonds; int state; };
struct bond { struct list_head node; int id; };

static void toy_link(struct toy *toy, struct bond *bond)
{
	list_add_tail(&bond->node, &toy->bonds);
}

void toy_handle(struct toy *toy, struct bond *bond)
{
	spin_lock(&toy->lock);
	toy_link(toy, bond);
	spin_unlock(&toy->lock);
}

bool toy_poll(struct toy *toy)
{
	bool some;

	spin_lock(&toy->lock);
	some = !list_empty(&toy->bonds);
	spin_unlock(&toy->lock);
	return some;
}

void toy_answer(struct toy *toy)
{
	struct bond *bond;

	spin_lock(&toy->lock);
	list_for_each_entry(bond, &toy->bonds, node)
		bond->id = 0;
	spin_unlock(&toy->lock);
}

struct toy *toy_make(struct bond *bond)
{
	struct toy *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	if (!toy)
		return NULL;
	spin_lock_init(&toy->lock);
	INIT_LIST_HEAD(&toy->bonds);
	list_add_tail(&bond->node, &toy->bonds);
	return toy;
}

void toy_flush(struct toy *toy)
{
	/* Wait for whoever walks the list. */
	spin_lock(&toy->lock);
	spin_unlock(&toy->lock);
}`,
    },
    {
      title: 'one of them',
      code: `
struct toy { u32 pasid; struct mutex lock; };
u32 pasid_alloc(struct toy *toy);

int toy_enable(struct toy *toy)
{
	mutex_lock(&toy->lock);
	if (!toy->pasid)
		toy->pasid = pasid_alloc(toy);
	mutex_unlock(&toy->lock);
	return 0;
}`,
    },
    {
      title: 'held here as well',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct mutex lock; struct list_head bonds; };

void toy_add(struct toy *toy, struct bond *bond)
{
	mutex_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	mutex_unlock(&toy->lock);
}

int toy_find(struct toy *toy, int id)
{
	struct bond *bond;
	int found = 0;

	mutex_lock(&toy->lock);
	list_for_each_entry(bond, &toy->bonds, node)
		if (bond->id == id)
			found = 1;
	mutex_unlock(&toy->lock);
	return found;
}`,
    },
  ],
  forms: [
    {
      of: 'A number in a shared object is found zero, allocated and stored, and no lock keeps another task from doing the same.',
      why: 'Two tasks both find zero and both allocate: one number is lost, and its user goes on with it.',
      instead: 'Hold a lock of the object from the test to the store.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'unlocked-first-use',
          ({ subject }) =>
            `With no lock from the test to this store, two tasks both find ${subject} zero and both make one. Hold the lock of the object?`,
        ),
    },
    {
      of: 'A list or xarray of an object is walked with no lock, where the rest of the file holds one for it.',
      why: 'An entry that is taken out and freed meanwhile is read.',
      instead: 'Hold the same lock, or walk under RCU and say why that is enough.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'walk-without-lock',
          ({ subject, other }) =>
            `${subject} is walked without a lock, and everybody else holds ${other}. What keeps its entries from going away?`,
        ),
    },
    {
      of: 'A member, a variable of the file, a list or a tree is changed without the lock that all other functions of the file hold where they touch it.',
      why: 'Whoever holds the lock takes it for steady, and meanwhile it changes under him.',
      instead: 'Hold the lock, or say in a comment why nobody else is there.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'write-without-lock',
          ({ subject, other }) =>
            `${subject} is changed without ${other}, which every other function of the file holds where it touches it. Is nobody else there?`,
        ),
    },
    {
      of: 'What a member points to is used without the lock under which another function frees it.',
      why: 'It can be freed between the look at the member and the use.',
      instead: 'Hold the lock from the look to the end of the use.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'use-beside-free',
          ({ subject, other }) =>
            `${subject} is used without ${other}, under which it is freed elsewhere. Hold the lock as long as it is used.`,
        ),
    },
    {
      of: 'A lock is taken and given back at once.',
      why: 'Nothing is done under it: what it is for stands before or behind it, or is gone.',
      instead: 'Move what it protects between the two, or say in a comment whom it waits for.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'lock-of-nothing',
          ({ subject }) =>
            `${subject} is taken and given back at once: nothing is done under it. What is it to protect?`,
        ),
    },
    {
      of: '__xa_store() and its like are called, and nobody holds xa_lock.',
      why: 'They change the tree without a lock; two at a time corrupt it.',
      instead: 'Hold xa_lock(), or call the function without the underscores.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'unlocked-internal',
          ({ subject, other }) =>
            `${subject}() expects xa_lock of ${other}, which nobody holds here. Take it, or call ${subject.replace(/^__/, '')}().`,
        ),
    },
    {
      of: 'A pointer in a shared object is found empty and filled, and no lock keeps another task from doing the same in between.',
      why: 'Two tasks both find it empty and both fill it: the second store hides what the first one made, whose users go on with what nobody knows any more. A lock of the object that is stored does not help, for another task stores another one.',
      instead: 'Hold the lock of the object that has the pointer from the test to the store.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        breachesOf(
          { ...input, breaches: input.breaches.filter((each) => !isSerialisedByGroup(each, input.facts)) },
          ['CHECKSET'],
          'Hold the lock of the object that has the pointer from the test to the store.',
          'info',
        ),
    },
    {
      of: 'A walk over a list gives the lock of the list back in a round, takes it again and goes on.',
      why: 'In between the entry, or the one behind it, can be taken out and freed: the walk goes on from memory that is none of the list. The _safe form does not help.',
      instead:
        'Begin anew after the gap, keep a reference of the entry, or move the entries to a list of your own.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'walk-with-gap',
          ({ subject, other }) =>
            `The walk goes on from ${subject} after ${other} was given back: by then it may be off the list, and freed. Begin anew, or keep a reference.`,
        ),
    },
    {
      of: 'A member is tested, its lock is taken, and the member is set without a second test.',
      why: 'Between the test and the lock another task may have set it: both pass the test.',
      instead: 'Take the lock before the test.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'tested-before-lock',
          ({ subject, other }) =>
            `${subject} is tested before ${other} is taken, and set under it: two tasks can both pass the test. Take the lock first.`,
        ),
    },
    {
      of: 'The last reference is put without the lock under which others find the object and take one.',
      why: 'Between the put and the lock somebody may find the object at a count of zero, raise it, and use what is freed.',
      instead: 'Use refcount_dec_and_mutex_lock(), or refcount_inc_not_zero() where it is found.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'last-put-before-lock',
          ({ subject, other }) =>
            `${other}() may find it at zero before it is taken out, and raise ${subject} again. Use refcount_dec_and_mutex_lock(), or refcount_inc_not_zero() there.`,
        ),
    },
    {
      of: 'An entry is put on a list that others walk under RCU, by a function that orders nothing for them.',
      why: 'A reader may see the entry before what is in it.',
      instead: 'Use list_add_rcu() or list_add_tail_rcu().',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'plain-under-rcu',
          ({ subject, other }) =>
            `${subject} is walked under RCU: a reader may see the entry before its members. ${other}().`,
        ),
    },
  ],
});

/**
 * Whether an operation that the core calls under group->mutex fills a slot of
 * the device's own instance, and all devices of that instance are in the one
 * group that it has. drivers/iommu/iommu.c:__iommu_attach_group (6.12).
 */
function isSerialisedByGroup(
  { function: name, spot, words }: BreachFact,
  { functions }: DesignFacts,
): boolean {
  if (!/->iommu->priv\b/.test(words)) return false;
  const ofFile = functions.filter((fn) => fn.nameSpot.unit.image.path === spot.unit.image.path);
  const isOp = ofFile.some(
    (fn) => fn.name === name && /^(?:attaches a domain|detaches a) /.test(fn.role ?? ''),
  );
  const hasOwnGroup = ofFile.some(
    (fn) =>
      fn.role === 'finds the group of a device' &&
      fn.calls.some((call) => call.name === 'iommu_group_ref_get' && /->\w*group$/.test(call.args[0] ?? '')),
  );
  return isOp && hasOwnGroup;
}
