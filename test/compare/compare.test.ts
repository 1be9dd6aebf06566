/** Findings of two versions: each case beside the nearest that must come out the other way. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareFindings, type Told } from '../../server/src/compare/index.js';
import type { Finding } from '../../server/src/findings/index.js';

interface Spec {
  readonly rule?: string;
  readonly file?: string;
  readonly fn?: string | null;
  readonly at?: number;
  readonly says?: string;
  readonly line?: string | null;
  readonly title?: string | null;
  /** Said of the mail itself. */
  readonly isMail?: boolean;
}

function told({
  rule = 'memory-leak',
  file = 'drivers/iommu/toy.c',
  fn = 'toy_attach',
  at = 12,
  says = 'the object `bond` is never freed',
  line = '+\tbond = kzalloc(sizeof(*bond), GFP_KERNEL);',
  title = '[PATCH v8 2/3] iommu: Bind it',
  isMail = false,
}: Spec = {}): Told {
  const finding: Finding = {
    ...{ rule, classes: ['resource-leak'], severity: 'warning', confidence: 'certain', message: says },
    region: isMail ? null : { file, line: at, column: 2, endLine: at, endColumn: 9 },
    function: isMail ? null : fn,
    source: { path: 'v.mbox', message: '<1@x>', line: at + 40, decodedLine: at + 40 },
    ...{ related: [], assumptions: [], trace: null, fix: null, tags: [] },
  };
  return { finding, line, title };
}

/** `gone`, `new` or `still` for each, in words. */
function outcome(before: readonly Spec[], now: readonly Spec[]): string {
  const { gone, fresh, still } = compareFindings(before.map(told), now.map(told));
  assert.equal(gone.length + still.length, before.length, 'each of the earlier ones is told once');
  assert.equal(fresh.length + still.length, now.length, 'and so is each of the later ones');
  return `${gone.length} gone, ${fresh.length} new, ${still.length} still`;
}

const SAME = '0 gone, 0 new, 1 still';
const OTHER = '1 gone, 1 new, 0 still';

/** One finding, before and after; the first pair is the same one, and its twin is not. */
const TWINS: readonly [what: string, same: [Spec, Spec], twin: [Spec, Spec]][] = [
  [
    'numbers',
    [{}, { at: 240, title: '[PATCH v9 3/4] iommu: Bind it' }],
    [{}, { at: 12, rule: 'double-free' }],
  ],
  [
    'the message counts something',
    [{ says: 'waits 3 times' }, { says: 'waits 4 times' }],
    [
      { says: 'waits 3 times', line: '+\twait(a);' },
      { says: 'sleeps 3 times', line: '+\tdoze(a);' },
    ],
  ],
  [
    'the line is spaced in another way',
    [{ line: '+\tbond = kzalloc(a);' }, { line: '+  bond  =  kzalloc(a);' }],
    [
      { line: '+\tbond = kzalloc(a);', says: 'the object `bond` is never freed' },
      { line: '+\tnode = kzalloc(a);', says: 'the object `node` is never freed' },
    ],
  ],
  [
    'the words on a line are others',
    [{ says: 'never freed' }, { says: 'never freed when toy_get() fails' }],
    [{ says: 'never freed' }, { says: 'never freed when toy_get() fails', line: '+\tother = kzalloc(a);' }],
  ],
  [
    'the line has changed under the same words',
    [{}, { line: '+\tbond = kzalloc_obj(*bond);' }],
    [{}, { line: '+\tbond = kzalloc_obj(*bond);', fn: 'toy_detach' }],
  ],
  [
    'the file has another name',
    [{}, { file: 'drivers/iommu/toy-sva.c' }],
    [{}, { file: 'drivers/iommu/toy-sva.c', says: 'the object is freed twice' }],
  ],
  [
    'the function has another name',
    [{}, { fn: 'toy_bind', says: 'toy_bind() never frees it' }],
    [{ line: '+\t{' }, { line: '+\t{', fn: 'toy_bind', says: 'toy_bind() never frees it' }],
  ],
  ['an encoded mail shows no line', [{ line: null }, {}], [{ line: null }, { fn: 'toy_detach' }]],
  [
    'a mail of another number in its series',
    [
      { isMail: true, line: 'Fixes: 123456 ("x")' },
      { isMail: true, line: 'Fixes: 123456 ("x")', at: 90, title: '[PATCH v9 1/9] iommu: Bind it' },
    ],
    [
      { isMail: true, line: 'Fixes: 123456 ("x")', says: 'too short' },
      { isMail: true, line: 'Fixes: 654321 ("y")', says: 'no such commit', title: 'other' },
    ],
  ],
  [
    'the version in a subject',
    [
      { isMail: true, line: 'Subject: [PATCH v8 2/3] Iommu: Bind it' },
      { isMail: true, line: 'Subject: [PATCH v9 1/1] Iommu: Bind it' },
    ],
    [
      { isMail: true, line: 'Subject: [PATCH v8 2/3] Iommu: Bind it' },
      {
        isMail: true,
        line: 'Subject: [PATCH v9 2/3] Iommu: Free it',
        title: '[PATCH v9 2/3] Iommu: Free it',
      },
    ],
  ],
  [
    'a mail with another subject that says the same',
    [
      { isMail: true, line: 'This patch adds it.' },
      { isMail: true, line: 'This patch adds it.', title: '[PATCH v9 2/3] iommu: Bind devices' },
    ],
    [
      { isMail: true, line: 'This patch adds it.' },
      { isMail: true, line: 'This patch moves it.', title: '[PATCH v9 2/3] iommu: Bind devices' },
    ],
  ],
];

describe('the same finding in two versions', () => {
  for (const [what, same, twin] of TWINS)
    test(what, () => {
      assert.equal(outcome([same[0]], [same[1]]), SAME);
      assert.equal(outcome([twin[0]], [twin[1]]), OTHER);
    });
});

test('of several alike each is told once, and the surplus is gone or new', () => {
  assert.equal(outcome([{}, { at: 20 }, { at: 30 }], [{ at: 21 }]), '2 gone, 0 new, 1 still');
  assert.equal(outcome([{}], [{}, { at: 20 }]), '0 gone, 1 new, 1 still');
});

test('a likeness that fits several is none', () => {
  const moved = { file: 'drivers/iommu/other.c' };
  assert.equal(outcome([{}, { at: 20 }], [{ ...moved }, { ...moved, at: 20 }]), '2 gone, 2 new, 0 still');
  assert.equal(outcome([{ file: 'a.c' }, { file: 'b.c' }], [moved]), '2 gone, 1 new, 0 still');
});

test('an exact match is not given away to a weaker one', () => {
  const before = [{ says: 'first' }, { says: 'second' }];
  const now = [{ says: 'second' }, { says: 'third' }];
  const { still } = compareFindings(before.map(told), now.map(told));
  assert.deepEqual(
    still.map((pair) => [pair.before.finding.message, pair.now.finding.message]),
    [
      ['second', 'second'],
      ['first', 'third'],
    ],
  );
});

test('a version is the same as itself, and as nothing is all gone or all new', () => {
  const all: Spec[] = [{}, { at: 20 }, { isMail: true }, { line: null }, { fn: null, line: '+}' }];
  assert.equal(outcome(all, all), `0 gone, 0 new, ${all.length} still`);
  assert.equal(outcome(all, []), `${all.length} gone, 0 new, 0 still`);
  assert.equal(outcome([], all), `0 gone, ${all.length} new, 0 still`);
});
