/** Of a patch is reported what it brings in; the rest where it is asked for. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Finding } from '../../server/src/findings/index.js';
import { review } from '../../server/src/review/index.js';
import { RULES } from '../../server/src/rules/index.js';
import type { TreeReader } from '../../server/src/tree/index.js';
import { type Change, series, signed, treeOf } from './mails.js';

const PATH = 'drivers/iommu/example.c';

function found(changes: readonly Change[], tree: TreeReader | null, scope?: 'all'): readonly Finding[] {
  const part = { path: 'a.mbox', content: series([changes]) };
  const options = { tree, ...(scope ? { scope } : {}) };
  return review([{ path: part.path, parts: [part] }], options).findings;
}

const ruleIds = (findings: readonly Finding[]): string[] => [...new Set(findings.map(({ rule }) => rule))];

/** Examples without their marks, each with a function of its own behind it. */
const EXAMPLES = RULES.filter(({ id }) => id !== 'bad-allowance').flatMap(({ id, bad }) =>
  bad
    .filter(({ project }) => project === undefined)
    .slice(0, 1)
    .map(({ code }) => {
      const lines = code.split('\n').filter((line) => !/^\s*\/\/\s*\^/.test(line));
      return { id, text: lines.join('\n').trim() };
    }),
);

const BEHIND = '\nint aside(int a)\n{\n\treturn a;\n}';

/** Changes the function behind the example, and shows three lines of what was there. */
function aside(text: string): Change {
  const lines = `${text}\n${BEHIND}`.split('\n');
  const at = lines.indexOf('\treturn a;');
  const shown = lines.slice(at - 3);
  const changed = shown.flatMap((line) =>
    line === '\treturn a;' ? ['-\treturn a;', '+\treturn a + 1;'] : [` ${line}`],
  );
  return { path: PATH, at: at - 2, lines: changed };
}

describe('what was there before a patch is no finding', () => {
  for (const { id, text } of EXAMPLES)
    test(id, () => {
      const tree = treeOf({ 'include/linux/iommu.h': '', [PATH]: `${text}\n${BEHIND}\n` });
      assert.deepEqual(ruleIds(found([aside(text)], tree)), []);
    });
});

describe('the scope', () => {
  const example = EXAMPLES.find(({ id }) => id === 'misleading-name')!;
  const lines = [...signed(' ', example.text), '+int more;'];
  const change: Change = { path: PATH, at: 1, lines };

  test('leaves out what a patch only shows, unless all is asked for', () => {
    assert.deepEqual(ruleIds(found([change], null)), []);
    assert.ok(ruleIds(found([change], null, 'all')).includes('misleading-name'));
  });

  test('all has what runs show of code that was there', () => {
    const leak = EXAMPLES.find(({ id }) => id === 'memory-leak')!;
    const tree = treeOf({ 'include/linux/iommu.h': '', [PATH]: `${leak.text}\n` });
    const shown = { path: PATH, at: 1, lines: [...signed(' ', leak.text), '+int more;'] };
    assert.deepEqual(ruleIds(found([shown], tree)), []);
    assert.ok(ruleIds(found([shown], tree, 'all')).includes('memory-leak'));
  });
});

describe('what runs show of a function that a patch changes', () => {
  const stop = (before: string) => `struct toy { int id; struct mutex lock; };

static void toy_reset(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy->id = 0;
	mutex_unlock(&toy->lock);
}

void toy_stop(struct toy *toy)
{
${before}	mutex_lock(&toy->lock);
	toy_reset(toy);
	mutex_unlock(&toy->lock);
}
`;
  const unlocked = stop('').replace(/\tmutex_lock\(&toy->lock\);\n(?=\ttoy_reset)/, '');
  const treeWith = (text: string) => treeOf({ 'include/linux/iommu.h': '', [PATH]: text });
  const change: Change = {
    path: PATH,
    at: 10,
    lines: [
      ' void toy_stop(struct toy *toy)',
      ' {',
      '+\tpr_debug("stop\\n");',
      ' \tmutex_lock(&toy->lock);',
      ' \ttoy_reset(toy);',
      ' \tmutex_unlock(&toy->lock);',
    ],
  };
  const locking: Change = {
    ...change,
    lines: [
      ' void toy_stop(struct toy *toy)',
      ' {',
      '+\tmutex_lock(&toy->lock);',
      ' \ttoy_reset(toy);',
      ' \tmutex_unlock(&toy->lock);',
    ],
  };

  test('is no finding when it was so before, also by way of what it calls', () => {
    assert.deepEqual(ruleIds(found([change], treeWith(stop('')))), []);
  });

  test('and is one when the patch brings it', () => {
    assert.deepEqual(ruleIds(found([locking], treeWith(unlocked))), ['deadlock']);
  });

  test('also when the tree has the patch already', () => {
    assert.deepEqual(ruleIds(found([locking], treeWith(stop('')))), ['deadlock']);
    assert.deepEqual(ruleIds(found([change], treeWith(stop('\tpr_debug("stop\\n");\n')))), []);
  });
});

describe('what a patch only moves is no finding', () => {
  const ops = 'int toy(struct device *dev)\n{\n\treturn dev->bus->iommu_ops ? 0 : -ENODEV;\n}';
  const move = (text: string, moved = text): Change[] => [
    { path: PATH, at: 1, lines: [' int first;', ...signed('-', text), ' int last;'] },
    { path: 'drivers/iommu/other.c', at: 1, lines: [' int one;', ...signed('+', moved), ' int two;'] },
  ];
  const files = {
    [PATH]: `int first;\n${ops}\nint last;\n`,
    'drivers/iommu/other.c': 'int one;\nint two;\n',
  };
  const tree = treeOf({ 'include/linux/iommu.h': '', ...files });

  test('to another file, with and without a tree', () => {
    assert.deepEqual(ruleIds(found(move(ops), null)), []);
    assert.deepEqual(ruleIds(found(move(ops), tree)), []);
  });

  test('to another depth', () => {
    const deeper = ops.replace('\treturn', '\t\treturn');
    const lines = ops
      .split('\n')
      .flatMap((line, at) =>
        line === deeper.split('\n')[at] ? [` ${line}`] : [`-${line}`, `+${deeper.split('\n')[at]}`],
      );
    assert.deepEqual(ruleIds(found([{ path: PATH, at: 2, lines }], null)), []);
  });

  test('but what it changes on the way is', () => {
    assert.deepEqual(ruleIds(found(move(ops, ops.replace('dev->bus', 'dev->parent->bus')), null)), [
      'bus-iommu-ops',
    ]);
  });

  test('and so is a member that comes to stand in a domain', () => {
    const member = '\trefcount_t users;';
    const lines = [
      ...[' struct bond {', ' \tint id;', `-${member}`, ' };', ''],
      ...[
        ' struct toy_domain {',
        ' \tstruct iommu_domain domain;',
        ' \tstruct mm_struct *mm;',
        `+${member}`,
        ' };',
      ],
    ].map((line) => line || ' ');
    assert.deepEqual(ruleIds(found([{ path: PATH, at: 1, lines }], null)), ['refcount-in-domain']);
  });
});

test('what a later mail takes out is not gone from an earlier one', () => {
  const struct = [' struct toy {', ' \tint user_count;', ' \tint others;', ' };'];
  const comment = ' /* user_count is one for the maker. */';
  // It shows nothing of the struct.
  const first: Change = { path: PATH, at: 5, lines: [comment, '+int first;'] };
  const gone = struct.map((line) => line.replace(' \tint user_count', '-\tint user_count'));
  const second: Change = { path: PATH, at: 1, lines: [...gone, comment.replace(' ', '-'), ' int first;'] };
  const part = { path: 'a.mbox', content: series([[first], [second]]) };
  const objections = (lines: readonly string[]) => {
    const content = series([[{ path: PATH, at: 1, lines }]]);
    return review([{ path: 'a.mbox', parts: [{ path: 'a.mbox', content }] }], { tree: null }).findings;
  };
  const { findings } = review([{ path: part.path, parts: [part] }], { tree: null });
  assert.ok(!ruleIds(findings).includes('poor-comment'), ruleIds(findings).join());
  assert.ok(ruleIds(objections([...gone, comment])).includes('poor-comment'));
});
