/** Which lines of a text are new, and which of the earlier one are gone. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { changedImage } from '../../server/src/tree/index.js';
import { lineDiff } from '../../server/src/tree/line-diff.js';

/** As `diff -u` would show it, all in one hunk. */
function shown(before: string, after: string): string {
  const lines = after === '' ? [] : after.split('');
  const { added, removed } = lineDiff(before === '' ? [] : before.split(''), lines);
  const gone = (index: number) =>
    removed
      .filter(({ at }) => at === index)
      .map(({ text }) => `-${text}`)
      .join('');
  return (
    lines.map((line, index) => `${gone(index)}${added[index] ? `+${line}` : line}`).join('') +
    gone(lines.length)
  );
}

const CASES: readonly [before: string, after: string, shown: string][] = [
  ['abc', 'abc', 'abc'],
  ['abc', 'abXc', 'ab+Xc'],
  ['abc', 'ac', 'a-bc'],
  ['abc', 'aXc', 'a-b+Xc'],
  ['', 'ab', '+a+b'],
  ['ab', '', '-a-b'],
  ['abcabba', 'cbabac', '-a-bc+bab-ba+c'],
  ['xaby', 'aby', '-xaby'],
  ['aby', 'abyz', 'aby+z'],
];

for (const [before, after, expected] of CASES)
  test(`${before || 'nothing'} to ${after || 'nothing'}`, () => assert.equal(shown(before, after), expected));

test('a function behind one that ends alike is new as it was written', () => {
  const fn = (name: string) => [`int ${name}(void)`, '{', '\treturn 0;', '}', ''];
  const isNew = (before: string[], after: string[]) =>
    lineDiff([...before, ''], [...after, '']).added.flatMap((added, index) => (added ? [index] : []));
  assert.deepEqual(isNew(fn('a'), [...fn('a'), ...fn('b')]), [5, 6, 7, 8, 9]);
  assert.deepEqual(isNew(fn('a'), [...fn('b'), ...fn('a')]), [0, 1, 2, 3, 4]);
  assert.deepEqual(
    isNew([...fn('a'), ...fn('c')], ['', ...fn('a'), ...fn('b'), ...fn('c')]),
    [0, 6, 7, 8, 9, 10],
  );
  assert.deepEqual(
    isNew(['\ta();', '\tb();', '\ta();'], ['\ta();', '\tb();', '\ta();', '\tb();', '\ta();']),
    [3, 4],
  );
});

const TEXT = fc.array(fc.constantFrom('a', 'b', 'c', '{', '}'), { maxLength: 30 });

/** By the longest common part, worked out the long way. */
function fewest(a: readonly string[], b: readonly string[]): number {
  const row = new Array<number>(b.length + 1).fill(0);
  for (const one of a) {
    let corner = 0;
    for (const [j, other] of b.entries()) {
      const above = row[j + 1]!;
      row[j + 1] = one === other ? corner + 1 : Math.max(above, row[j]!);
      corner = above;
    }
  }
  return a.length + b.length - 2 * row[b.length]!;
}

test('what is kept is in both, in order, and no change is more than it has to be', () => {
  fc.assert(
    fc.property(TEXT, TEXT, (before, after) => {
      const { added, removed } = lineDiff(before, after);
      const left = [...before];
      for (const { text } of removed) assert.ok(before.some((line) => line === text));
      const rebuilt: string[] = [];
      after.forEach((line, index) => {
        rebuilt.push(...removed.filter(({ at }) => at === index).map(({ text }) => text));
        if (!added[index]) rebuilt.push(line);
      });
      rebuilt.push(...removed.filter(({ at }) => at === after.length).map(({ text }) => text));
      assert.deepEqual(rebuilt, left);
      assert.equal(added.filter(Boolean).length + removed.length, fewest(before, after));
    }),
  );
});

test('line ends are no difference', () => {
  assert.deepEqual(lineDiff(['a\r', 'b\r', ''], ['a', 'b', '']), {
    added: [false, false, false],
    removed: [],
  });
});

test('a text that has little in common with the earlier one is new between its ends', () => {
  const numbers = (from: number) => Array.from({ length: 900 }, (_, index) => String(from + index));
  const { added, removed } = lineDiff(['top', ...numbers(0), 'end'], ['top', ...numbers(5000), 'end']);
  assert.deepEqual([added[0], added[1], added[900], added.at(-1)], [false, true, true, false]);
  assert.equal(removed.length, 900);
});

test('an image of a changed file knows its own lines, and which of them are new', () => {
  const { lines, removed, basis } = changedImage(
    'a.c',
    'int a;\nint c;\nint d;\n',
    'int a;\nint b;\nint c;\n',
  );
  assert.deepEqual(
    lines.map(({ line, rawLine, isAdded, followsRemoval }) => [line, rawLine, isAdded, followsRemoval]),
    [
      [1, 1, false, false],
      [2, 2, false, true],
      [3, 3, true, false],
      [4, 4, false, false],
    ],
  );
  assert.deepEqual([removed, basis], [['int b;'], 'applied']);
});
