/** Code that comes close to what the rules on oddities object to, and is right; and what no shape of code may break. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check, findingsIn } from './annotated.js';

/** The rules that speak about a text, of those named. */
function spoken(code: string, ...rules: string[]): string[] {
  return findingsIn(code)
    .map(({ rule }) => rule)
    .filter((rule) => rules.includes(rule));
}

describe('something is said where it is nearly so', () => {
  const WRONG: readonly (readonly [string, string, string])[] = [
    [
      'lost-error',
      'the walk was over another array',
      `
struct toy { struct xarray bonds, others; };
void toy_copy(struct toy *toy)
{
	struct bond *bond;
	unsigned long index;

	xa_for_each(&toy->bonds, index, bond)
		xa_store(&toy->others, index, bond, GFP_KERNEL);
}`,
    ],
    [
      'invalid-free',
      'the struct that the domain is a member of is not shown',
      `
static struct iommu_domain *toy_domain_alloc(unsigned type)
{
	struct iommu_domain *domain;

	td = toy_alloc(type);
	domain = &td->domain;
	domain->ops = &toy_sva_ops;
	return domain;
}
static void toy_sva_free(struct iommu_domain *domain)
{
	kfree(domain);
}
static const struct iommu_domain_ops toy_sva_ops = {
	.free = toy_sva_free,
};`,
    ],
    [
      'stale-translation',
      'an xarray that hands out the tags',
      `
struct toy { u32 asid; struct xarray asids; };
int toy_start(struct toy *toy)
{
	return xa_alloc(&toy->asids, &toy->asid, toy, XA_LIMIT(1, 255), GFP_KERNEL);
}
void toy_stop(struct toy *toy)
{
	xa_erase(&toy->asids, toy->asid);
}`,
    ],
  ];
  for (const [rule, title, code] of WRONG)
    test(`${rule}: ${title}`, () => assert.deepEqual(spoken(code, rule), [rule]));
});

describe('nothing is said where the code is right', () => {
  const RIGHT: readonly (readonly [string, string, string])[] = [
    [
      'redundant-test',
      'an answer of its own for the empty list',
      `
struct bond { int id; struct list_head node; };
int toy_all_set(struct list_head *bonds)
{
	struct bond *bond;

	if (list_empty(bonds))
		return -ENOENT;
	list_for_each_entry(bond, bonds, node)
		if (!bond->id)
			return -EINVAL;
	return 0;
}`,
    ],
    [
      'published-before-set',
      'set while the lock is held',
      `
struct bond { int id; struct list_head node; };
struct toy { spinlock_t lock; struct list_head bonds; };
void toy_add(struct toy *toy, struct bond *bond)
{
	spin_lock(&toy->lock);
	list_add(&bond->node, &toy->bonds);
	bond->id = 1;
	spin_unlock(&toy->lock);
}`,
    ],
    [
      'freed-while-reachable',
      'the list goes with its owner',
      `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };
void toy_discard(struct toy *toy)
{
	struct bond *bond, *next;

	list_for_each_entry_safe(bond, next, &toy->bonds, node)
		kfree(bond);
	kfree(toy);
}`,
    ],
    [
      'freed-by-another-allocator',
      'a field that anybody may have filled',
      `
struct toy { void *table; };
void toy_set(struct toy *toy, void *table)
{
	toy->table = table;
}
void toy_init(struct toy *toy)
{
	toy->table = (void *)__get_free_pages(GFP_KERNEL, 0);
}
void toy_exit(struct toy *toy)
{
	kfree(toy->table);
}`,
    ],
    [
      'incomplete-unwind',
      'each turn undoes what it did',
      `
struct bond { int id; struct list_head node; };
int bond_enable(struct bond *bond);
void bond_disable(struct bond *bond);
int toy_flush(struct list_head *bonds)
{
	struct bond *bond;
	int ret;

	list_for_each_entry(bond, bonds, node) {
		ret = bond_enable(bond);
		if (ret)
			return ret;
		bond_disable(bond);
	}
	return 0;
}`,
    ],
    [
      'incomplete-unwind',
      'taken over by the call that failed',
      `
struct bond;
struct bond *bond_make(int id);
void bond_free(struct bond *bond);
int toy_take(struct bond *bond);
int toy_name(int id);
int toy_init(int id)
{
	struct bond *bond;
	int ret;

	bond = bond_make(id);
	ret = toy_take(bond);
	if (ret) {
		bond_free(bond);
		return ret;
	}
	ret = toy_name(id);
	if (ret)
		return ret;
	return 0;
}`,
    ],
    [
      'inverted-number',
      'one bit, and all below one',
      `
unsigned long toy_clear(unsigned long flags)
{
	return flags & ~8UL & ~4095UL;
}`,
    ],
    [
      'negated-left-side',
      'truths compared',
      `
int toy_differ(int a, int b)
{
	return !a == !b;
}`,
    ],
    [
      'goto-without-errno',
      'set before the test',
      `
struct link;
struct link *toy_link(int id);
int toy_start(int id);
int toy_init(int id)
{
	struct link *link;
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	ret = -ENODEV;
	link = toy_link(id);
	if (!link)
		goto err;
	return 0;
err:
	return ret;
}`,
    ],
    [
      'lost-error',
      'the slot was reserved',
      `
struct toy { unsigned long next_id; struct xarray bonds; };
int toy_start(struct toy *toy);
int toy_add(struct toy *toy, struct bond *bond)
{
	int ret = xa_reserve(&toy->bonds, toy->next_id, GFP_KERNEL);

	if (ret)
		return ret;
	xa_store(&toy->bonds, toy->next_id, bond, GFP_KERNEL);
	toy->next_id++;
	return 0;
}`,
    ],
    [
      'lost-error',
      'the slot is that of an entry that a walk found',
      `
struct toy { struct xarray bonds; };
void toy_move(struct toy *toy, struct bond *from, struct bond *to)
{
	struct bond *bond;
	unsigned long index;

	xa_for_each(&toy->bonds, index, bond)
		if (bond == from)
			break;
	xa_store(&toy->bonds, index, to, GFP_KERNEL);
}`,
    ],
    [
      'stale-translation',
      'an index of an array of objects',
      `
struct toy { int next_domain_id; int did; struct xarray domains; };
void toy_shrink(struct toy *toy)
{
	toy->next_domain_id--;
	xa_erase(&toy->domains, toy->next_domain_id);
	xa_erase(&toy->domains, toy->did);
}`,
    ],
    [
      'stale-translation',
      'nothing was translated under it yet',
      `
struct toy { int vmid; struct ida vmids; };
int toy_start(struct toy *toy);
int toy_init(struct toy *toy)
{
	if (toy_start(toy)) {
		ida_free(&toy->vmids, toy->vmid);
		return -EIO;
	}
	return 0;
}`,
    ],
  ];
  for (const [rule, title, code] of RIGHT) {
    test(`${rule}: ${title}`, () => {
      assert.deepEqual(spoken(code, rule), []);
    });
  }
});

describe('other shapes of the same fault', () => {
  test('a goto from the empty list to what follows the walk', () => {
    check(
      `
struct bond { int id; struct list_head node; };
struct toy { struct mutex lock; struct list_head bonds; };
void toy_reset(struct toy *toy)
{
	struct bond *bond;

	mutex_lock(&toy->lock);
	if (list_empty(&toy->bonds))
//          ^^^^^^^^^^^^^^^^^^^^^^^ redundant-test: does nothing
		goto out;
	list_for_each_entry(bond, &toy->bonds, node)
		bond->id = 0;
out:
	mutex_unlock(&toy->lock);
}`,
      'redundant-test',
    );
  });

  test('of two objects a failure frees the later one only', () => {
    check(
      `
struct bond { int id; };
int toy_start(int id);
int toy_bind(int id)
{
	struct bond *outer, *inner;
	int ret = -ENOMEM;

	outer = kzalloc(sizeof(*outer), GFP_KERNEL);
	if (!outer)
		return ret;
	inner = kzalloc(sizeof(*inner), GFP_KERNEL);
	if (!inner) {
		kfree(outer);
		return ret;
	}
	ret = toy_start(id);
	if (ret) {
		kfree(inner);
		return ret;
//              ^^^^^^^^^^^ incomplete-unwind: outer
	}
	kfree(inner);
	kfree(outer);
	return 0;
}`,
      'incomplete-unwind',
    );
  });

  test('the device is at fault, and is told as a domain that does not fit', () => {
    check(
      `
struct iommu_domain { unsigned type; };
int toy_cells(struct device *dev);
static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	if (!toy_cells(dev))
		return -EINVAL;
//                     ^^^^^^^ wrong-errno: -ENODEV
	return domain->type ? 0 : -EINVAL;
}
static const struct iommu_domain_ops toy_ops = { .attach_dev = toy_attach };`,
      'wrong-errno',
    );
  });
});

test('empty blocks, lone semicolons and unfinished code are read', () => {
  for (const body of [
    'if (list_empty(l)) {} list_for_each_entry(a, l, n) {}',
    'if (!list_empty(l)) ; else ;',
    'for (;;) { if (f()) {} }',
    'if (IS_ERR_OR_NULL()) return -1; xa_store();',
    'list_for_each_entry_safe(a) { kfree(a); }',
    'ret = f( ; if (ret) return -EINVAL',
    'mutex_lock(); x = y->z; mutex_unlock();',
  ])
    assert.doesNotThrow(() => findingsIn(`int toy(struct list_head *l, gfp_t gfp)\n{\n\t${body}\n}\n`), body);
});
