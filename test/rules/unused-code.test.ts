/** What uses a function, and what only looks as if. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { review } from '../../server/src/review/index.js';
import { twins } from './twins.js';

twins('unused-code', {
  bad: {
    'the annotation in front': `
__maybe_unused //!
static int toy_get(struct toy *toy)
{
	return toy->users;
}`,
    'the annotation in the middle': `
static int __maybe_unused toy_get(struct toy *toy) //!
{
	return toy->users;
}`,
    'the attribute behind the type': `
static struct toy * __maybe_unused //!
toy_get(struct toy *toy)
{
	return toy;
}`,
    'only itself calls it': `
static int toy_depth(struct toy *toy) //!
{
	return toy ? 1 + toy_depth(toy->parent) : 0;
}`,
    'only a prototype names it': `
static int toy_get(struct toy *toy);

static int toy_get(struct toy *toy) //!
{
	return toy->users;
}`,
    'only a comment names it': `
/* See toy_get(). */
static int toy_get(struct toy *toy) //!
{
	// toy_get() is for later
	return toy->users;
}`,
    'always unused': `
static void __always_unused toy_debug(struct toy *toy) //!
{
	toy->users = 0;
}`,
  },
  good: {
    'called, in one arm of an #if': `
static int __maybe_unused toy_get(struct toy *toy)
{
	return toy->users;
}

#ifdef CONFIG_TOY
int toy_use(struct toy *toy)
{
	return toy_get(toy);
}
#endif`,
    'called, in the arm that is not taken': `
static int toy_get(struct toy *toy)
{
	return toy->users;
}

#if 0
int toy_use(struct toy *toy)
{
	return toy_get(toy);
}
#else
int toy_use(struct toy *toy)
{
	return 0;
}
#endif`,
    'in a table, and as an argument': `
static void toy_free(struct iommu_domain *domain)
{
	kfree(domain);
}

static int toy_one(struct device *dev, void *data)
{
	return 0;
}

const struct iommu_ops toy_ops = {
	.default_domain_ops = &(const struct iommu_domain_ops) {
		.free = toy_free,
	},
};

int toy_all(struct bus_type *bus)
{
	return bus_for_each_dev(bus, NULL, NULL, toy_one);
}`,
    'by a macro of the file': `
static int __toy_read(struct toy *toy, int at)
{
	return readl(toy->base + at);
}

#define toy_read(toy, at) __toy_read(toy, at)`,
    'by macros that make its name': `
static ssize_t users_show(struct device *dev, struct device_attribute *attr, char *buf)
{
	return 0;
}
static DEVICE_ATTR_RO(users);

static int toy_suspend(struct device *dev)
{
	return 0;
}

static int toy_resume(struct device *dev)
{
	return 0;
}
static SIMPLE_DEV_PM_OPS(toy_pm, toy_suspend, toy_resume);

static int toy_state_show(struct seq_file *file, void *unused)
{
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(toy_state);`,
    'by the linker': `
static int __used toy_mark(void)
{
	return 0;
}

static int __init toy_init(void)
{
	return 0;
}
module_init(toy_init);`,
    'inline in one way or another': `
static __always_inline int toy_a(struct toy *toy)
{
	return toy->a;
}

static inline __maybe_unused int toy_b(struct toy *toy)
{
	return toy->b;
}`,
    'called before it is defined': `
static int toy_get(struct toy *toy);

int toy_use(struct toy *toy)
{
	return toy_get(toy);
}

static int toy_get(struct toy *toy)
{
	return toy->users;
}`,
  },
  patches: {
    'new, with nothing that calls it': `
+static int toy_get(struct toy *toy) //!
+{
+	return toy->users;
+}
+
 int toy_put(struct toy *toy)
 {`,
    moved: `
-static int toy_get(struct toy *toy)
-{
-	return toy->users;
-}
-
 int toy_put(struct toy *toy)
 {
 	return 0;
 }
+
+static int toy_get(struct toy *toy)
+{
+	return toy->users;
+}`,
    'changed, not added': `
 static int toy_get(struct toy *toy)
 {
+	toy->got = true;
 	return toy->users;
 }`,
  },
});

describe('a series', () => {
  const mail = (at: number, lines: readonly string[]): string =>
    [
      `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001`,
      'From: A <a@example.com>',
      `Subject: [PATCH ${at}/2] iommu: Part ${at}`,
      `Message-Id: <${at}@example.com>`,
      '',
      '---',
      'diff --git a/drivers/iommu/example.c b/drivers/iommu/example.c',
      '--- a/drivers/iommu/example.c',
      '+++ b/drivers/iommu/example.c',
      `@@ -${at * 100},0 +${at * 100},${lines.length} @@`,
      ...lines.map((line) => `+${line}`),
      '-- ',
      '2.43.0',
      '',
    ].join('\n');

  const unusedAloud = (content: string): readonly string[] =>
    review([{ path: 'a.mbox', parts: [{ path: 'a.mbox', content }] }], { tree: null }).findings.flatMap(
      ({ rule, severity }) => (rule === 'unused-code' && severity !== 'hint' ? [severity] : []),
    );

  const unused = (content: string): number =>
    review([{ path: 'a.mbox', parts: [{ path: 'a.mbox', content }] }], { tree: null }).findings.filter(
      ({ rule }) => rule === 'unused-code',
    ).length;

  const first = ['static int __maybe_unused toy_get(struct toy *toy)', '{', '\treturn toy->users;', '}'];
  const second = ['int toy_use(struct toy *toy)', '{', '\treturn toy_get(toy);', '}'];

  test('may bring the caller in another patch', () => {
    assert.equal(unused(mail(1, first) + mail(2, second)), 0);
  });

  const macro = ['#define toy_wants(toy) ((toy)->users > toy_limit)'];

  test('may bring the user in a patch between those at hand', () => {
    const [one, three] = [mail(1, macro), mail(3, second)].map((each) => each.replace('/2]', '/3]'));
    assert.deepEqual(unusedAloud(one! + three!), []);
  });

  test('is over with its last patch', () => {
    assert.deepEqual(unusedAloud(mail(1, macro) + mail(2, second)), ['info']);
  });

  test('is asked about its mark, in the first of a series as well', () => {
    assert.deepEqual(unusedAloud(mail(1, first)), ['warning']);
    assert.deepEqual(unusedAloud(mail(2, first)), ['warning']);
  });

  test('is judged by what is at hand', () => {
    assert.equal(unused(mail(1, first)), 1);
  });
});
