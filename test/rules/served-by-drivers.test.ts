/** Designs that reviewers would not ask about, beside those that they do: patches to the generic interface. */

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { review } from '../../server/src/review/index.js';
import { findingsIn } from './annotated.js';

/** How often a rule speaks about a text. */
const times = (rule: string, code: string): number =>
  findingsIn(code).filter((finding) => finding.rule === rule).length;

describe('generic-capability', () => {
  /** A patch that adds a capability and the drivers that answer for it. */
  function asked(...drivers: string[]): number {
    const file = (path: string, lines: readonly string[]): string =>
      [
        `diff --git a/${path} b/${path}`,
        'new file mode 100644',
        'index 000000000000..222222222222',
        '--- /dev/null',
        `+++ b/${path}`,
        `@@ -0,0 +1,${lines.length} @@`,
        ...lines.map((line) => `+${line}`),
      ].join('\n');
    const content = [
      'From: A <a@example.com>\nSubject: [PATCH] iommu: Tell whether toys fit\n\n---',
      file('include/linux/iommu.h', ['enum iommu_cap {', '\tIOMMU_CAP_TOY,', '};']),
      ...drivers.map((driver) =>
        file(`drivers/iommu/${driver}.c`, [
          `static bool ${driver}_capable(struct device *dev, enum iommu_cap cap)`,
          '{',
          '\treturn cap == IOMMU_CAP_TOY;',
          '}',
          `static const struct iommu_ops ${driver}_ops = { .capable = ${driver}_capable };`,
        ]),
      ),
      '-- \n2.43.0\n',
    ].join('\n');
    const { findings } = review([{ path: 'a.patch', parts: [{ path: 'a.patch', content }] }], { tree: null });
    return findings.filter(({ rule }) => rule === 'generic-capability').length;
  }

  test('asks where one driver answers', () => assert.equal(asked('one'), 1));
  test('is silent where two drivers do', () => assert.equal(asked('one', 'two'), 0));
});

describe('domain-type-switch', () => {
  const CORE = (taken: string): string => `
struct iommu_domain *toy_core_sva_alloc(struct mm_struct *mm)
{
	struct iommu_domain *domain = kzalloc(sizeof(*domain), GFP_KERNEL);

	if (!domain)
		return NULL;
	domain->type = IOMMU_DOMAIN_SVA;
	${taken};
	domain->mm = mm;
	return domain;
}

void toy_core_domain_free(struct iommu_domain *domain)
{
	if (domain->type == IOMMU_DOMAIN_SVA)
		mmdrop(domain->mm);
	domain->ops->free(domain);
}`;

  test('asks where nobody at hand took what is given back', () =>
    assert.equal(times('domain-type-switch', CORE('toy_note(mm)')), 1));
  test('is silent where the function that makes the domain took it', () =>
    assert.equal(times('domain-type-switch', CORE('mmgrab(mm)')), 0));
});

describe('domain-grows', () => {
  const DOMAIN = (members: string): string => `
struct iommu_domain {
	unsigned int type;
	${members}
};`;

  test('asks about opaque data that no callback takes', () =>
    assert.equal(times('domain-grows', DOMAIN('void *toy_data;')), 1));
  test('is silent about that of a callback', () =>
    assert.equal(
      times('domain-grows', DOMAIN('int (*toy_handler)(struct device *dev, void *data); void *toy_data;')),
      0,
    ));
  test('asks about a typed pointer beside a callback', () =>
    assert.equal(times('domain-grows', DOMAIN('toy_handler_t handler; struct toy_table *toy;')), 1));
  test('is silent about an arm of a union', () =>
    assert.equal(times('domain-grows', DOMAIN('union { u64 cookie; struct { struct toy *toy; }; };')), 0));
});

describe('untyped-object', () => {
  const OPS = (first: string): string => `
struct toy_ops {
	${first}
	int (*attach)(struct device *dev, void *ctx);
};`;

  test('asks what the context is', () =>
    assert.equal(times('untyped-object', OPS('int (*alloc)(struct mm_struct *mm);')), 1));
  test('is silent about the context that an operation makes', () =>
    assert.equal(times('untyped-object', OPS('void *(*alloc)(struct mm_struct *mm);')), 0));
});

describe('error numbers', () => {
  const CALLED = (test: string, errno: string): string => `
int toy_attach(struct toy *toy)
{
	struct bond *bond;
	int ret;

	${test}
		return -${errno};
	return 0;
}`;

  test('lost-error knows an error pointer of a function out of sight', () =>
    assert.equal(times('lost-error', CALLED('bond = toy_find(toy);\n\tif (IS_ERR(bond))', 'EINVAL')), 1));
  test('lost-error guesses nothing about other results of functions out of sight', () => {
    assert.equal(
      times('lost-error', CALLED('if (check_add_overflow(toy->a, toy->b, &toy->c))', 'EOVERFLOW')),
      0,
    );
    assert.equal(times('lost-error', CALLED('if (toy_enable(toy))', 'EINVAL')), 0);
  });
  test('wrong-errno knows pages, and not a page table whose format may be wrong', () => {
    const get = (call: string): string => CALLED(`toy->table = ${call};\n\tif (!toy->table)`, 'EINVAL');
    assert.equal(times('wrong-errno', get('alloc_page(GFP_KERNEL)')), 1);
    assert.equal(times('wrong-errno', get('alloc_io_pgtable_ops(TOY, &toy->cfg, toy)')), 0);
  });
  test('error-or-null-test speaks of PTR_ERR() where it is called', () => {
    const said = (answer: string): string | undefined =>
      findingsIn(
        `
struct bond *toy_find(int id);

int toy_use(int id)
{
	struct bond *bond = toy_find(id);

	if (IS_ERR_OR_NULL(bond))
		return ${answer};
	return 0;
}`,
      ).find(({ rule }) => rule === 'error-or-null-test')?.message;
    assert.match(said('PTR_ERR(bond)') ?? '', /PTR_ERR\(NULL\) is success/);
    assert.doesNotMatch(said('-ENODEV') ?? 'PTR_ERR', /PTR_ERR/);
  });
});
