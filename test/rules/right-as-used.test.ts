/**
 * What looks odd by itself and is right for how the rest of the patch uses it:
 * callers, initialisers, walks. The loud one beside each lacks that use.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Around, added, findingsInPatch } from './patches.js';

interface Pair extends Around {
  readonly rule: string;
  readonly quiet: string;
  readonly loud: string;
  /** Where the two differ in the mail and not in the code. */
  readonly loudly?: Around;
}

const MINOR = (call: string): string =>
  added(`
struct bond { int minor; struct list_head node; };
struct toy { struct mutex lock; struct list_head bonds; };

static int toy_add(struct toy *toy, struct bond *bond)
{
	list_add(&bond->node, &toy->bonds);
	bond->minor = 1;
	return 0;
}

long toy_ioctl(struct toy *toy, struct bond *bond)
{
	long ret;

	${call}
	return ret;
}`);

const FOUND = (read: string): string =>
  added(`
struct bond { int id; int users; struct list_head node; };
static DEFINE_XARRAY(toy_bonds);

int toy_open(int id)
{
	struct bond *bond = xa_load(&toy_bonds, id);

	return bond ? ${read} : -ENODEV;
}

int toy_add(struct bond *bond)
{
	int ret = xa_insert(&toy_bonds, bond->id, bond, GFP_KERNEL);

	if (ret)
		return ret;
	bond->users = 1;
	return 0;
}`);

const SET = (member: string): string =>
  added(`
struct toy_set {
	int ${member};
};

struct toy_set *toy_next(struct toy_set *set)
{
	return set + 1;
}`);

const COUNTED = (member: string): string =>
  added(`
struct toy {
	struct mutex lock;
	refcount_t ${member};
};

void toy_claim(struct toy *toy)
{
	mutex_lock(&toy->lock);
	refcount_inc(&toy->${member});
	mutex_unlock(&toy->lock);
}

void toy_release(struct toy *toy)
{
	mutex_lock(&toy->lock);
	refcount_dec(&toy->${member});
	mutex_unlock(&toy->lock);
}

int toy_claimed(struct toy *toy)
{
	int owners;

	mutex_lock(&toy->lock);
	owners = refcount_read(&toy->${member}) + 1;
	mutex_unlock(&toy->lock);
	return owners;
}`);

const TYPES = (said: { readonly within: string; readonly behind: string }): string =>
  added(`
int toy_types(struct toy *toy)
{
	struct toy_node *node;
	struct device *dev;
	int odd = 0;

	list_for_each_entry(node, &toy->nodes, list) {
		dev = node->dev;
		odd |= toy_type(dev);
		${said.within}
	}
	${said.behind}
	return 0;
}`);

const COOKIE = (find: string): string =>
  added(`
int toy_alloc(struct toy_set *set, void *private);
${find}`);

const STUB = (before: string): string =>
  added(`
static inline int toy_register(struct toy *toy)
{
	${before}return -ENOTSUPP;
}`);

const FIX = added(`
int toy_trap(struct toy *toy)
{
	return toy->users;
}`);

const FIRST = (before: string): string =>
  added(`
struct iommu_domain { unsigned type; };

struct iommu_domain *toy_domain(struct toy *toy, struct device *dev)
{
	struct iommu_domain *domain = toy->domain;

	${before}
	if (domain)
		toy_attach_device(domain, dev);
	return toy->attached;
}`);

const OPENED = (queue: string): string =>
  added(`
struct toy { struct module *owner; int pasid; bool is_idle; };
struct toy_queue { int id; };

int toy_open(struct toy *toy, struct file *filp)
{
	struct toy_queue *queue;
	int ret = 0;

	if (!try_module_get(toy->owner))
		return -ENODEV;
	queue = kzalloc(sizeof(*queue), GFP_KERNEL);
	if (!queue) {
		ret = -ENOMEM;
		goto put;
	}
	if (toy->pasid == 0)
		goto free;
	${queue}
free:
	kfree(queue);
put:
	module_put(toy->owner);
	return ret;
}`);

const PAIRS: Readonly<Record<string, Pair>> = {
  'a member that is set while the caller holds the lock': {
    rule: 'published-before-set',
    quiet: MINOR('mutex_lock(&toy->lock);\n	ret = toy_add(toy, bond);\n	mutex_unlock(&toy->lock);'),
    loud: MINOR('ret = toy_add(toy, bond);'),
  },
  'a member that nobody reads who finds the object': {
    rule: 'published-before-set',
    quiet: FOUND('bond->id'),
    loud: FOUND('bond->users'),
  },
  'a member that gives a struct its size': {
    rule: 'unused-code',
    quiet: SET('dummy'),
    loud: SET('limit'),
  },
  'a count of references': {
    rule: 'needless-synchronisation',
    quiet: COUNTED('ref'),
    loud: COUNTED('owners'),
  },
  'the last device of a walk that is over': {
    rule: 'message-without-device',
    quiet: TYPES({ within: '', behind: 'if (odd)\n		pr_err("Some devices differ\\n");' }),
    loud: TYPES({ within: 'if (odd)\n			pr_err("A device differs\\n");', behind: '' }),
  },
  'what is kept for callers and given back': {
    rule: 'untyped-object',
    path: 'include/linux/toy.h',
    quiet: COOKIE('void *toy_find(struct toy_set *set, int id);'),
    loud: COOKIE('int toy_find(struct toy_set *set, int id);'),
  },
  'the first attach of a device': {
    rule: 'restore-unchecked',
    quiet: FIRST(''),
    loud: FIRST('toy_detach_device(toy->attached, dev);'),
  },
  'a reference that success keeps, beside an unwinding that lost its error': {
    rule: 'reference-leak',
    quiet: OPENED('filp->private_data = queue;\n	return 0;'),
    loud: OPENED('if (toy->is_idle) {\n		kfree(queue);\n		return 0;\n	}'),
  },
  'a stub of a header': {
    rule: 'not-an-errno',
    path: 'include/linux/toy.h',
    quiet: STUB(''),
    loud: STUB('if (toy->users)\n		return 0;\n	'),
  },
  'a patch that makes something fix things up': {
    rule: 'missing-fixes-tag',
    quiet: FIX,
    loud: FIX,
    subject: 'iommu/toy: Fix up the trap of a toy',
    loudly: { subject: 'iommu/toy: Fix the trap of a toy' },
  },
};

describe('not told for how it is used', () => {
  for (const [title, { rule, quiet, loud, loudly, ...around }] of Object.entries(PAIRS))
    test(title, () => {
      const isSaid = (code: string, how: Around): boolean =>
        findingsInPatch(code, how).some((each) => each.rule === rule && each.severity !== 'hint');
      assert.equal(isSaid(quiet, around), false, 'the quiet one');
      assert.equal(isSaid(loud, { ...around, ...loudly }), true, 'the loud one');
    });
});
