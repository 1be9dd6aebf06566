/**
 * What is true and nobody would say for what stands beside it: a warning of
 * the same kind, a comment, the shape of the callee, what was there before.
 */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { review } from '../../server/src/review/index.js';
import { type Around, added, findingsInPatch } from './patches.js';

interface Pair {
  readonly rule: string;
  readonly quiet: string;
  readonly loud: string;
  readonly around?: Around;
}

const isSaid = (rule: string, code: string, around: Around = {}): boolean =>
  findingsInPatch(code, around).some((each) => each.rule === rule && each.severity !== 'hint');

const START = (comment: string): string =>
  added(`
static int toy_start(struct toy *toy)
{
	toy->base = ioremap(toy->start, toy->size);
	if (!toy->base)
		return -ENOMEM;
	return 0;
}

int toy_init(struct toy *toy)
{
	int ret = toy_reset(toy);

	if (ret)
		return ret;
${comment}	toy_start(toy);
	writel(1, toy->base);
	return 0;
}`);

const LIMIT = (warning: string): string =>
  added(`
int toy_check(struct toy *toy)
{
	if (toy->base > toy->limit)
		pr_warn("${warning}\\n");
	if (toy->size > toy->limit / 2)
		pr_info("Bounce pool takes over half of it\\n");
	return 0;
}`);

const NAMED = (prefix: string): string =>
  added(`
${prefix}int toy_compose(struct toy *toy)
{
	if (toy->state)
		pr_debug("%s: state %d\\n", __func__, toy->state);
	return 0;
}`);

const MAP = (second: string): string =>
  added(`
static struct toy_map *toy_map_alloc(struct toy *toy)
{
	struct toy_map *map = kzalloc(sizeof(*map), GFP_KERNEL);

	if (!map)
		return NULL;
	map->pages = ${second}(toy, 1);
	if (!map->pages) {
		kfree(map);
		return NULL;
	}
	return map;
}

int toy_mmap(struct toy *toy)
{
	struct toy_map *map = toy_map_alloc(toy);

	if (!map)
		return -ENOMEM;
	toy->map = map;
	return 0;
}`);

const LATE = (test: string): string =>
  added(`
int toy_set(struct device *sdev)
{
	if (sdev) {
		toy_put(sdev);
	} else {
		${test}
			toy_stop();
	}
	return 0;
}`);

const INTERRUPT = (after: string): string =>
  added(`
int toy_probe(struct platform_device *pdev)
{
	int irq = platform_get_irq(pdev, 0);

	if (irq < 0) {
		dev_err(&pdev->dev, "no interrupt: errors are not told\\n");
		${after};
	}
	return toy_request(pdev, irq);
}`);

const DOC = `
+/**
+ * Supported flags:
+ *	- TOY_BIND: bind it
+ */
+struct toy_bind {
+	__u32 argsz;
+	__u32 flags;
+};`;

const PAIRS: Readonly<Record<string, Pair>> = {
  'a comment above says why the result is let go': {
    rule: 'ignored-result',
    quiet: START('\t/* Should this fail, the mapping below will tell */\n'),
    loud: START('\t/* Starts it */\n'),
  },
  'warnings about the same stand beside the message': {
    rule: 'needless-message',
    quiet: LIMIT('Bounce pool out of range'),
    loud: LIMIT('Range is too small'),
  },
  'nothing else says which function speaks': {
    rule: 'needless-message',
    quiet: NAMED(''),
    loud: NAMED('#define pr_fmt(fmt) "toy: " fmt\n\n'),
  },
  'all that can be missing is memory': {
    rule: 'lost-error',
    quiet: MAP('toy_alloc_pages'),
    loud: MAP('toy_find_pages'),
  },
  'the test is what a warning needs': {
    rule: 'redundant-test',
    quiet: LATE('if (WARN(!sdev, "no device\\n"))'),
    loud: LATE('if (!sdev)'),
  },
  'headers for user space open all comments with two stars': {
    rule: 'kernel-doc-form',
    quiet: DOC,
    loud: DOC.replaceAll('__u32', 'u32'),
  },
};

describe('a rule keeps its voice down when', () => {
  for (const [title, { rule, quiet, loud }] of Object.entries(PAIRS))
    test(title, () => {
      const path = rule === 'kernel-doc-form' ? 'include/uapi/linux/toy.h' : 'drivers/iommu/example.c';
      assert.equal(isSaid(rule, quiet, { path }), false, 'the quiet one');
      const other = rule === 'kernel-doc-form' ? 'include/linux/toy.h' : path;
      assert.equal(isSaid(rule, loud, { path: other }), true, 'the loud one');
    });

  test('one of two empty lines goes', () => {
    const gone = (before: string) => `
 struct toy {
 	int users;
 };
${before}-
 int toy_a(struct toy *toy);
 int toy_b(struct toy *toy);
 int toy_c(struct toy *toy);
 int toy_d(struct toy *toy);
+int toy_e(struct toy *toy);`;
    assert.equal(isSaid('spurious-change', gone(' \n')), false);
  });
});

describe('a message that the interrupt is missing', () => {
  const severities = (after: string) =>
    findingsInPatch(INTERRUPT(after)).flatMap(({ rule, severity, message }) =>
      rule === 'needless-message' ? [`${severity}: ${message}`] : [],
    );

  test('says again what the platform bus has said', () => {
    assert.match(severities('return irq').join(), /^warning: platform_get_irq\(\) says so itself/);
  });

  test('of a device that can do without asks for the optional call', () => {
    assert.match(severities('irq = 0').join(), /^info: .*platform_get_irq_optional\(\) does not/);
  });
});

describe('a mark of what nobody calls yet', () => {
  const MARKED = added(`
static int __maybe_unused toy_get(struct toy *toy)
{
	return toy->users;
}`);
  const of = (words: string) =>
    findingsInPatch(MARKED, { tag: 'PATCH 1/3', header: `X-A: b\n\n${words}` }).flatMap(
      ({ rule, severity }) => (rule === 'unused-code' ? [severity] : []),
    );

  test('is a question where the message says who will', () => {
    assert.deepEqual(of('It will be used by the next patch.'), ['info']);
    assert.deepEqual(of('It counts users.'), ['warning']);
  });
});

describe('a rule is quiet about', () => {
  const findings = (rule: string, code: string, around: Around = {}) =>
    findingsInPatch(code, around).flatMap((each) => (each.rule === rule ? [each.severity] : []));

  test('the copy of a variable that nobody reads again', () => {
    const DEAD = (value: string) =>
      added(`
u32 *toy_table(struct toy *toy, u32 *table)
{
	u32 entry = toy_entry(toy, table);
	u32 old = cmpxchg(toy->slot, 0, entry);

	if (old) {
		entry = ${value};
		toy_free(toy, table);
	}
	return toy->slot;
}`);
    assert.deepEqual(findings('dead-store', DEAD('old')), ['info']);
    assert.deepEqual(findings('dead-store', DEAD('toy_entry(toy, toy->slot)')), ['warning']);
  });

  test('a size that the patch only writes anew', () => {
    const SIZE = (was: string) => `
 u64 toy_size(struct iommu_domain *domain)
 {
${was}+	u64 start = domain->geometry.aperture_start;
+	u64 size = domain->geometry.aperture_end - start;
+
 	return size;
 }`;
    const old = '-	u64 size = domain->geometry.aperture_end -\n-		domain->geometry.aperture_start;\n';
    assert.deepEqual(findings('mistaken-count', SIZE(old)), []);
    assert.deepEqual(findings('mistaken-count', SIZE('')), ['warning']);
  });

  test('a variable of which an inner block has another one', () => {
    const SHIFT = (inner: string) =>
      added(`
int toy_parse(struct toy *toy, u32 segment)
{
	u16 devid = 0;

	switch (toy->kind) {
	case 1: {
${inner}		devid = (segment << 16) | toy->devid;
		toy_use(toy, devid);
		break;
	}
	}
	return devid;
}`);
    assert.deepEqual(findings('lost-bits', SHIFT('		u32 devid;\n\n')), []);
    assert.deepEqual(findings('lost-bits', SHIFT('')), ['warning']);
  });

  test('a variable that two other hunks of the function declare each in its own way', () => {
    const mail = (inner: string) =>
      [
        'From: A <a@example.com>\nSubject: [PATCH] iommu: Do it\n\n---',
        'diff --git a/drivers/iommu/toy.c b/drivers/iommu/toy.c\n--- a/drivers/iommu/toy.c\n+++ b/drivers/iommu/toy.c',
        '@@ -10,4 +10,5 @@\n int toy_parse(struct toy *toy, u32 segment)\n {\n \tu16 devid = 0;\n+\tint count;\n ',
        `@@ -40,3 +41,3 @@ int toy_parse(struct toy *toy, u32 segment)\n \tcase 1: {\n-\t\tu16 devid;\n+\t\t${inner}\n \t\tint ret;`,
        '@@ -60,3 +61,3 @@ int toy_parse(struct toy *toy, u32 segment)\n \t\t}\n-\t\tdevid = toy->devid;\n+\t\tdevid = (segment << 16) | toy->devid;\n \t\ttoy_use(toy, devid);',
        '-- \n2.43.0\n',
      ].join('\n');
    const rules = (content: string) =>
      review([{ path: 'a.mbox', parts: [{ path: 'a.mbox', content }] }], { tree: null }).findings.map(
        ({ rule }) => rule,
      );
    assert.equal(rules(mail('u32 devid;')).includes('lost-bits'), false);
    assert.equal(rules(mail('u32 number;')).includes('lost-bits'), true);
  });

  test('what a driver finds when it comes up, and a trail that has words', () => {
    const TELLS = (name: string, message: string) =>
      added(`
int ${name}(struct toy *toy)
{
	toy_start(toy);
	${message};
	return 0;
}`);
    const found = 'dev_info(toy->dev, "found the queue of %s\\n", dev_name(toy->peer))';
    assert.deepEqual(findings('needless-message', TELLS('toy_probe_queue', found)), ['hint']);
    assert.deepEqual(findings('needless-message', TELLS('toy_attach', found)), ['info']);
    const trail = (words: string) => `pr_info("%s: ${words}\\n", __func__)`;
    assert.deepEqual(findings('needless-message', TELLS('toy_attach', trail('page table is done'))), [
      'info',
    ]);
    assert.deepEqual(findings('needless-message', TELLS('toy_attach', trail('here'))), ['warning']);
  });

  test('a member that is described, but for the colon', () => {
    const DOC = (line: string) => `
 /**
  * struct toy - A toy
  * @users: who plays with it
+ * ${line}
  */
 struct toy {
 	int users;
+	int limit;
 };`;
    const said = (line: string) =>
      findingsInPatch(DOC(line), { path: 'include/linux/toy.h' })
        .flatMap(({ rule, message }) => (rule === 'kernel-doc-mismatch' ? [message] : []))
        .join();
    assert.match(said('@limit how many may'), /^@limit wants a colon/);
    assert.match(said('None is broken'), /^Document @limit/);
  });
});

describe('of hunks that stand alone', () => {
  const HUNK = (was: string) => `
 static void toy_set(struct toy *toy)
 {
 	mutex_lock(&toy->lock);
 	toy->users++;
 	mutex_unlock(&toy->lock);
 }
 
 int toy_attach(struct toy *toy)
 {
 	int ret = 0;
 
${was}+	mutex_lock_nested(&toy->lock, 1);
 	toy_set(toy);
 	mutex_unlock(&toy->lock);
 	return ret;
 }`;

  test('what hung before hangs no more than it did', () => {
    assert.equal(isSaid('deadlock', HUNK('-	mutex_lock(&toy->lock);\n')), false);
    assert.equal(isSaid('deadlock', HUNK('')), true);
  });
});

describe('a reference that is left behind', () => {
  const GET = (test: string) =>
    added(`
struct toy { refcount_t users; struct mm_struct *mm; };

int toy_share(struct toy *toy, struct mm_struct *mm)
{
	refcount_inc(&toy->users);
	if (${test})
		return -EINVAL;
	toy_use(toy);
	refcount_dec(&toy->users);
	return 0;
}`);
  const severities = (code: string) =>
    findingsInPatch(code).flatMap(({ rule, severity }) => (rule === 'reference-leak' ? [severity] : []));

  test('where a warning says that this cannot be is a remark', () => {
    assert.deepEqual(severities(GET('toy->mm != mm')), ['warning']);
    assert.deepEqual(severities(GET('WARN_ON(toy->mm != mm)')), ['info']);
  });
});
