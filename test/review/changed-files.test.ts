/** A C file that is a change of another text: what was in that is not reported, also of what runs show. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument, SimulatedVersions } from '../../server/src/review/index.js';
import { RULES } from '../../server/src/rules/index.js';
import { treeOf } from './mails.js';

const PATH = 'drivers/iommu/example.c';
const TREE = treeOf({ 'include/linux/iommu.h': '', [PATH]: 'what lies on the disk is neither of the two\n' });

/** Rules that object to `text` as a change of `before`, in the editor's two ways. */
function found(before: string | null, text: string): { all: string[]; stepwise: string[] } {
  const part = { path: `/linux/${PATH}`, treePath: PATH, content: text, before };
  const options = { tree: TREE, scope: 'changed' as const };
  const all = openDocument(part, { ...options, simulates: true }).review.findings;
  const stages = [...new SimulatedVersions().run(part, { ...options, isCancelled: () => false })];
  const last = stages.at(-1);
  const own = last?.isAll ? [] : openDocument(part, options).review.findings;
  return { all: ids(all), stepwise: ids([...own, ...(last?.findings() ?? [])]) };
}

const ids = (findings: readonly { readonly rule: string; readonly function: string | null }[]): string[] =>
  [...new Set(findings.map(({ rule, function: fn }) => `${rule} in ${fn}`))].sort();

const HEAD = '#include <linux/iommu.h>\n\nstruct node { int a; };\nint setup(int a);\n\n';
const leaking = (name: string, frees = '') => `int ${name}(void)
{
	struct node *node = kzalloc(sizeof(*node), GFP_KERNEL);
	int ret;

	if (!node)
		return -ENOMEM;
	ret = setup(1);
${frees}	return ret;
}

`;
const KEPT = '\tkfree(node);\n';

function check(before: string | null, text: string, expected: readonly string[]): void {
  const { all, stepwise } = found(before, text);
  assert.deepEqual(all, expected);
  assert.deepEqual(stepwise, expected, 'step by step');
}

describe('what runs show of a change', () => {
  test('a leak that was there is not reported, beside one that was not', () => {
    const was = HEAD + leaking('old_one');
    check(was, was, []);
    check(was, was + leaking('new_one'), ['memory-leak in new_one']);
    check(null, was + leaking('new_one'), ['memory-leak in new_one', 'memory-leak in old_one']);
  });

  test('a leak that comes of what is taken out is', () => {
    const was = HEAD + leaking('old_one', KEPT);
    check(was, HEAD + leaking('old_one'), ['memory-leak in old_one']);
    check(was, was, []);
  });

  test('and a change beside a leak that was there is none', () => {
    const was = HEAD + leaking('old_one');
    check(was, was.replace('setup(1)', 'setup(2)'), []);
  });
});

describe('what is read off the code', () => {
  /** Examples without their marks: as all of a file, and as what a change leaves alone. */
  const examples = RULES.filter(({ id }) => id !== 'bad-allowance').flatMap(({ id, bad }) =>
    bad
      .filter(({ project }) => project === undefined)
      .slice(0, 1)
      .map(({ code }) => ({
        id,
        text: code
          .split('\n')
          .filter((line) => !/^\s*\/\/\s*\^/.test(line))
          .join('\n')
          .trim(),
      })),
  );
  const aside = (value: string) => `\n\nint aside(int a)\n{\n\treturn ${value};\n}\n`;

  for (const { id, text } of examples)
    test(`${id} was there`, () => {
      assert.deepEqual(found(text + aside('a'), text + aside('a + 1')).all, []);
    });

  test('what is only moved is not reported, and what comes with it is', () => {
    const fault = (name: string) =>
      `int ${name}(struct device *dev)\n{\n\treturn dev->bus->iommu_ops ? 0 : -ENODEV;\n}\n`;
    const other = 'int other(int a)\n{\n\treturn a;\n}\n';
    assert.deepEqual(found(fault('toy') + other, other + fault('toy')).all, []);
    assert.deepEqual(found(fault('toy') + other, fault('toy') + other + fault('more')).all, [
      'bus-iommu-ops in more',
    ]);
  });
});
