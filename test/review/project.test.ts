/** What a project says of its code, in a review of it. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readProject } from '../../server/src/project/index.js';
import { type ReviewOptions, review } from '../../server/src/review/index.js';
import { RULES } from '../../server/src/rules/index.js';
import { series, signed, treeOf } from './mails.js';

function found(
  content: string,
  project: object,
  more: Partial<ReviewOptions> = {},
  path = 'toy.c',
): string[] {
  const { config, problems } = readProject(
    JSON.stringify(project),
    RULES.map(({ id }) => id),
  );
  assert.deepEqual(problems, []);
  const part = { path, content, ...(path.endsWith('.c') ? { treePath: 'drivers/iommu/toy.c' } : {}) };
  const { findings } = review([{ path, parts: [part] }], { tree: null, project: config, ...more });
  return findings.map(
    ({ rule, severity, region, message }) => `${region?.line} ${severity} ${rule}: ${message}`,
  );
}

const rulesOf = (found: readonly string[]): string[] => found.map((each) => /(\S+):/.exec(each)![1]!);

describe('a function that it declares', () => {
  const code = `
struct toy { struct mutex lock; int users; };
void toy_enter(struct toy *toy);
void toy_leave(struct toy *toy);

int toy_use(struct toy *toy, int users)
{
	toy_enter(toy);
	if (users < 0)
		return -EINVAL;
	toy->users = users;
	toy_leave(toy);
	return 0;
}
`;
  const functions = [
    { declare: 'void toy_enter(struct toy *toy)', does: 'mutex_lock(&toy->lock);' },
    { declare: 'void toy_leave(struct toy *toy)', does: 'mutex_unlock(&toy->lock);' },
  ];

  test('is run as it says', () => {
    assert.deepEqual(rulesOf(found(code, {})), []);
    assert.deepEqual(rulesOf(found(code, { functions })), ['lock-imbalance']);
    assert.deepEqual(rulesOf(found(code.replace('return -EINVAL', 'users = 0'), { functions })), []);
  });

  test('also where a tree declares it, and in a patch', () => {
    const header = 'void toy_enter(struct toy *toy);\nvoid toy_leave(struct toy *toy);\n';
    const tree = treeOf({ 'include/linux/iommu.h': header });
    const included = `#include <linux/iommu.h>\n${code.replace(/^void .*\n/gm, '')}`;
    assert.deepEqual(rulesOf(found(included, { functions }, { tree })), ['lock-imbalance']);
    const mail = series([[{ path: 'drivers/iommu/toy.c', at: 1, lines: signed('+', code.trim()) }]]);
    assert.deepEqual(rulesOf(found(mail, { functions }, {}, 'a.mbox')), ['lock-imbalance']);
  });

  test('may hand out, and take back', () => {
    const leak = `
struct bond { int id; };
int toy_bond(int id)
{
	struct bond *bond = toy_bond_make(id);

	if (!bond)
		return -ENOMEM;
	if (id > 3)
		return -EINVAL;
	toy_bond_drop(bond);
	return 0;
}
`;
    const does = [
      {
        declare: 'struct bond *toy_bond_make(int id)',
        does: 'return kzalloc(sizeof(struct bond), GFP_KERNEL);',
      },
      { declare: 'void toy_bond_drop(struct bond *bond)', does: 'kfree(bond);' },
    ];
    assert.deepEqual(rulesOf(found(leak, {})), []);
    assert.deepEqual(rulesOf(found(leak, { functions: does })), ['memory-leak']);
  });
});

describe('its own rules', () => {
  const rule = {
    id: 'no-toy-old',
    query: '(call_expression function: (identifier) @f arguments: (_) @args (#eq? @f "toy_old")) @here',
    message: 'Not {f}{args}: use toy_new().',
    severity: 'info',
  };
  const code = 'int toy(void)\n{\n\treturn toy_old(1,\n\t\t       2) + toy_new(2);\n}\n';

  test('speak where their pattern is', () => {
    assert.deepEqual(found(code, { rules: [rule] }), [
      '3 info no-toy-old: Not toy_old(1, 2): use toy_new().',
    ]);
  });

  test('see C past the words of the kernel that no grammar knows', () => {
    const annotated = code.replace('int toy(void)', 'static noinline int __must_check __init toy(void)');
    assert.deepEqual(rulesOf(found(annotated, { rules: [rule] })).includes('no-toy-old'), true);
  });

  test('look only where they are meant to', () => {
    const of = (paths: string[]) => found(code, { rules: [{ ...rule, paths }] }).length;
    assert.deepEqual([of(['drivers/iommu/']), of(['drivers/vfio/'])], [1, 0]);
  });

  test('can be allowed, made milder, and switched off like others', () => {
    const allowed = code.replace(
      'return toy_old',
      '// iommu-review: allow no-toy-old -- the last one\n\treturn toy_old',
    );
    assert.deepEqual(found(allowed, { rules: [rule] }), []);
    const severity = { 'no-toy-old': 'hint' };
    assert.match(found(code, { rules: [rule], severity })[0]!, /^3 hint/);
    const severities = new Map([['no-toy-old', 'off' as const]]);
    assert.deepEqual(found(code, { rules: [rule], severity }, { severities }), []);
  });

  test('speak of what a patch adds', () => {
    const mail = (sign: '+' | ' ') =>
      series([[{ path: 'drivers/iommu/toy.c', at: 1, lines: [...signed(sign, code.trim()), '+int more;'] }]]);
    const of = (sign: '+' | ' ') => rulesOf(found(mail(sign), { rules: [rule] }, {}, 'a.mbox'));
    assert.deepEqual([of('+'), of(' ')], [['no-toy-old'], []]);
  });
});

describe('its words', () => {
  const code = 'struct toy_gadget {\n\tstruct mm_struct *mm;\n\trefcount_t users;\n};\n';
  test('are vague in its eyes, or have a better one', () => {
    assert.deepEqual(found(code, {}), []);
    assert.match(found(code, { naming: { vague: ['gadget'] } })[0]!, /after what it is\.$/);
    assert.match(
      found(code, { naming: { preferred: { gadget: 'bond' } } })[0]!,
      /Here it is called "bond"\.$/,
    );
  });
});
