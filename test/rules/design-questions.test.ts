/** What looks like a fault of design and is none: the nearest good code of rules whose examples do not show it. */
import { describe, test } from 'node:test';
import { check } from './annotated.js';

describe('untyped-object', () => {
  test('allows a header and what it is the head of', () => {
    check(
      `
struct toy_satc *toy_parse(struct toy_header *header)
{
	return (struct toy_satc *)header;
}`,
      'untyped-object',
    );
  });
});

describe('copied-twice', () => {
  const BRANCHES = (second: string): string => `
struct toy_head { __u32 argsz; __u32 id; };

long toy_ioctl(struct toy *toy, unsigned int cmd, void __user *arg)
{
	struct toy_head head;

	if (cmd == TOY_A) {
		if (copy_from_user(&head, arg, sizeof(head)))
			return -EFAULT;
		return toy_a(toy, &head);
	} else if (cmd == TOY_B) {
		if (copy_from_user(toy->data, arg, ${second}))
			return -EFAULT;
		return toy_b(toy);
	}
	return -ENOTTY;
}`;

  test('allows copies on two sides of an if', () => {
    check(BRANCHES('head.argsz'), 'copied-twice');
  });

  test('allows a size that is fetched on its own', () => {
    check(
      `
long toy_ioctl(struct toy *toy, void __user *arg)
{
	u32 size;

	if (get_user(size, (u32 __user *)arg))
		return -EFAULT;
	return copy_struct_from_user(toy->cmd, sizeof(*toy->cmd), arg, size);
}`,
      'copied-twice',
    );
  });
});

describe('lookup-without-reference', () => {
  const TAKING = (how: string): string => `
static LIST_HEAD(toys);
static DEFINE_SPINLOCK(toy_lock);

struct toy *toy_next(void)
{
	struct toy *toy;

	spin_lock(&toy_lock);
	toy = list_first_entry_or_null(&toys, struct toy, node);
	if (toy)
		${how};
	spin_unlock(&toy_lock);
	return toy;
}`;

  test('allows an object that is taken out', () => {
    check(TAKING('list_del(&toy->node)'), 'lookup-without-reference');
  });

  test('allows an object that is referenced by a function', () => {
    check(TAKING('toy_get(toy)'), 'lookup-without-reference');
  });

  test('objects when nothing keeps it', () => {
    const lookup = '	toy = list_first_entry_or_null(&toys, struct toy, node);\n';
    const marker = `//            ${'^'.repeat(49)} lookup-without-reference: keeps\n`;
    check(TAKING('toy->seen = true').replace(lookup, lookup + marker), 'lookup-without-reference');
  });
});

describe('domain-type-switch', () => {
  test('allows the name of a type', () => {
    check(
      `
const char *toy_name(struct iommu_domain *domain)
{
	const char *name = "other";

	switch (domain->type) {
	case IOMMU_DOMAIN_BLOCKED:
		name = "blocked";
		break;
	}
	return name;
}`,
      'domain-type-switch',
    );
  });
});

describe('isolation-assumed', () => {
  test('allows a test for something that does one device at a time', () => {
    check(
      `
int toy_store_type(struct iommu_group *group)
{
	if (iommu_group_device_count(group) != 1)
		return -EINVAL;
	return toy_change(group);
}`,
      'isolation-assumed',
    );
  });
});

describe('always-zero', () => {
  test('allows what a table takes', () => {
    check(
      `
static int toy_show(struct seq_file *m, void *unused)
{
	seq_puts(m, "toy");
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(toy);`,
      'always-zero',
    );
  });
});

describe('lookup-without-reference', () => {
  test('allows a lookup whose caller holds the lock', () => {
    check(
      `
static DEFINE_XARRAY(toys);
static DEFINE_MUTEX(toy_lock);

static struct toy *toy_find(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	if (toy)
		refcount_inc(&toy->users);
	return toy;
}

struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = toy_find(id);
	mutex_unlock(&toy_lock);
	return toy;
}`,
      'lookup-without-reference',
    );
  });
});
