/** Hunks applied to a file in memory: where they land, what comes out, and how its lines are numbered. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import fc from 'fast-check';
import { applyHunks, type SourceImage } from '../../server/src/tree/index.js';
import { FIRST_RAW_LINE, fileOf, unifiedDiff } from './diffs.js';

const PATH = 'drivers/iommu/toy.c';

function applied(hunks: string, base: string): SourceImage {
  const result = applyHunks(fileOf(hunks), PATH, base);
  assert.ok(result.ok, result.ok ? '' : result.why);
  assert.equal(result.text, result.image.text);
  assert.equal(result.image.lines.length, result.text.split('\n').length);
  return result.image;
}

/** Numbers of the image's lines, those of the hunks with a star. */
function numbers({ lines }: SourceImage): string {
  return lines.map(({ line, rawLine }) => `${line}${rawLine === null ? '' : '*'}`).join(' ');
}

const lines = (...each: readonly (string | number)[]): string => each.map((line) => `${line}\n`).join('');
const count = (from: number, to: number): string =>
  lines(...Array.from({ length: to - from + 1 }, (_, index) => from + index));

/** Replaces line 5 of `count(1, 9)`. */
const FIVE = '@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n';

describe('a hunk', () => {
  it('applies where it says', () => {
    const image = applied(FIVE, count(1, 9));
    assert.equal(image.text, count(1, 9).replace('5', 'five'));
    assert.equal(numbers(image), '1 2* 3* 4* 5* 6* 7* 8* 9 10');
    assert.deepEqual(image.problems, []);
    assert.deepEqual(image.removed, ['5']);
    assert.equal(image.basis, 'applied');
  });

  it('gives its lines their raw lines and marks', () => {
    const { lines: each } = applied(FIVE, count(1, 9));
    const five = each[4]!;
    assert.deepEqual(five, {
      line: 5,
      rawLine: FIRST_RAW_LINE + 5,
      bodyLine: FIRST_RAW_LINE + 4,
      isAdded: true,
      followsRemoval: true,
    });
    assert.deepEqual(each[0], {
      line: 1,
      rawLine: null,
      bodyLine: null,
      isAdded: false,
      followsRemoval: false,
    });
  });

  it('applies further down, and keeps its own numbers', () => {
    const image = applied(FIVE, lines('x', 'y') + count(1, 9));
    assert.equal(image.text, lines('x', 'y') + count(1, 9).replace('5', 'five'));
    // Line 2 of the hunk is line 4 of the tree; what stands above is counted back from it.
    assert.equal(numbers(image), '1 1 1 2* 3* 4* 5* 6* 7* 8* 9 10');
    assert.deepEqual(image.problems, [
      { rawLine: FIRST_RAW_LINE, message: `${PATH}: hunk at line 2 applies at offset 2` },
    ]);
  });

  it('applies further up', () => {
    const image = applied(FIVE.replace('-2,7 +2,7', '-12,7 +12,7'), count(1, 9));
    assert.equal(image.text, count(1, 9).replace('5', 'five'));
    assert.equal(numbers(image), '11 12* 13* 14* 15* 16* 17* 18* 19 20');
    assert.match(image.problems[0]!.message, /offset -10$/);
  });

  const TWICE = lines(
    'int toy_map(int a)',
    '{',
    '\tx',
    '\ty',
    '\tz',
    '}',
    '',
    'int toy_unmap(int a)',
    '{',
    '\tw',
    '\ty',
    '\tz',
    '}',
  );

  it('applies in the function that its header names, however alike the lines of another are', () => {
    const hunk = (section: string) => `@@ -4,2 +4,3 @@ ${section}\n \ty\n+new\n \tz\n`;
    const lines = (section: string) => applied(hunk(section), TWICE).text.split('\n');
    assert.equal(lines('int toy_map(int a)').indexOf('new'), 4);
    const far = `@@ -14,2 +14,3 @@ int toy_map(int a)\n \ty\n+new\n \tz\n`;
    assert.equal(applied(far, TWICE).text.split('\n').indexOf('new'), 4);
    const renamed = far.replace('toy_map', 'toy_of_old');
    assert.equal(applied(renamed, TWICE).text.split('\n').indexOf('new'), 11);
  });

  it('is not fuzzily put in where its lines stand already', () => {
    const base = lines('a', 'b', 'c', 'new', 'lines', 'd', 'e', 'other');
    const hunk = fileOf('@@ -1,6 +1,8 @@\n a\n b\n c\n+new\n+lines\n d\n e\n f\n');
    assert.equal(applyHunks(hunk, PATH, base).ok, false);
    const fuzzy = fileOf('@@ -1,6 +1,8 @@\n a\n b\n c\n+new\n+lines\n new\n e\n f\n');
    assert.equal(applyHunks(fuzzy, PATH, base).ok, false);
    assert.equal(applyHunks(hunk, PATH, lines('a', 'b', 'c', 'd', 'e', 'other')).ok, true);
  });

  it('applies at the nearest of several places, the later one first', () => {
    const base = lines('a', 'b', 'c', 'a', 'b', 'c', 'a', 'b', 'c');
    const hunk = (at: number): string => `@@ -${at},1 +${at},2 @@\n-b\n+B\n+B\n`;
    assert.equal(applied(hunk(4), base).text, lines('a', 'b', 'c', 'a', 'B', 'B', 'c', 'a', 'b', 'c'));
    assert.equal(applied(hunk(6), base).text, lines('a', 'b', 'c', 'a', 'B', 'B', 'c', 'a', 'b', 'c'));
  });

  it('applies with fuzz 1 and 2, and leaves the lines of the tree', () => {
    for (const [fuzz, base] of [
      [1, lines(1, 'x', 3, 4, 5, 6, 7, 'y', 9)],
      [2, lines(1, 'x', 'x', 4, 5, 6, 'y', 'y', 9)],
    ] as const) {
      const image = applied(FIVE, base);
      assert.equal(image.text, base.replace('5', 'five'));
      assert.match(image.problems[0]!.message, new RegExp(`offset 0 with fuzz ${fuzz}$`));
      assert.equal(numbers(image), fuzz === 1 ? '1 2 3* 4* 5* 6* 7* 8 9 10' : '1 2 3 4* 5* 6* 7 8 9 10');
    }
  });

  it('with fuzz at an offset is numbered by its header', () => {
    const image = applied(FIVE, lines('a', 'b', 1, 'x', 3, 4, 5, 6, 7, 'y', 9));
    assert.equal(numbers(image), '1 1 1 2 3* 4* 5* 6* 7* 8 9 10');
  });

  it('does not apply with more fuzz than that', () => {
    const result = applyHunks(fileOf(FIVE), PATH, lines(1, 2, 3, 'x', 5, 'y', 7, 8, 9));
    assert.ok(!result.ok);
    assert.equal(
      result.why,
      `the hunk, at line 2 of ${PATH}, does not apply (tried every offset, fuzz 0 to 2)`,
    );
    assert.equal(result.rawLine, FIRST_RAW_LINE);
  });

  it('makes a new file', () => {
    const image = applied('@@ -0,0 +1,2 @@\n+a\n+b\n', '');
    assert.equal(image.text, lines('a', 'b'));
    assert.equal(numbers(image), '1* 2* 3');
  });

  it('empties a file', () => {
    const image = applied('@@ -1,2 +0,0 @@\n-a\n-b\n', lines('a', 'b'));
    assert.equal(image.text, '');
    assert.deepEqual(image.removed, ['a', 'b']);
  });

  it('applies at the beginning and at the end', () => {
    const base = lines('a', 'b');
    assert.equal(applied('@@ -1,2 +1,3 @@\n+x\n a\n b\n', base).text, lines('x', 'a', 'b'));
    assert.equal(applied('@@ -1,2 +1,3 @@\n a\n b\n+x\n', base).text, lines('a', 'b', 'x'));
  });

  it('without context applies at its line', () => {
    const base = count(1, 4);
    assert.equal(applied('@@ -2,0 +3 @@\n+x\n', base).text, lines(1, 2, 'x', 3, 4));
    assert.equal(applied('@@ -3 +2,0 @@\n-3\n', base).text, lines(1, 2, 4));
    assert.equal(numbers(applied('@@ -3 +2,0 @@\n-3\n', base)), '1 2 3 4');
  });

  it('knows a last line without a newline', () => {
    const no = '\\ No newline at end of file\n';
    assert.equal(applied(`@@ -1 +1 @@\n-a\n${no}+b\n`, 'a').text, 'b\n');
    assert.equal(applied(`@@ -1 +1 @@\n-a\n+b\n${no}`, 'a\n').text, 'b');
    assert.equal(applied(`@@ -1,2 +1,2 @@\n-a\n+b\n c\n${no}`, 'a\nc').text, 'b\nc');
    assert.equal(applied('@@ -1,2 +1,2 @@\n-1\n+one\n 2\n', '1\n2\n3\n4').text, 'one\n2\n3\n4');
  });

  it('applies to a base with CRLF; the image has LF', () => {
    const image = applied(FIVE, count(1, 9).replaceAll('\n', '\r\n'));
    assert.equal(image.text, count(1, 9).replace('5', 'five'));
  });
});

describe('several hunks', () => {
  const two = `${FIVE}@@ -11,4 +11,5 @@\n 11\n 12\n+new\n 13\n 14\n`;

  it('apply one after the other', () => {
    const image = applied(two, count(1, 16));
    assert.equal(image.text, count(1, 16).replace('\n5\n', '\nfive\n').replace('12\n', '12\nnew\n'));
    assert.equal(numbers(image), '1 2* 3* 4* 5* 6* 7* 8* 9 10 11* 12* 13* 14* 15* 16 17 18');
  });

  it('are looked for as far off as the one before', () => {
    const base = lines('x') + count(1, 16) + count(11, 16);
    const image = applied(two, base);
    assert.equal(image.text, base.replace('\n5\n', '\nfive\n').replace('12\n', '12\nnew\n'));
    assert.equal(image.problems.length, 2);
  });

  it('number the lines between them from the hunk above', () => {
    const base = `${count(1, 9)}extra\n${count(10, 16)}`;
    assert.equal(numbers(applied(two, base)), '1 2* 3* 4* 5* 6* 7* 8* 9 10 11 11* 12* 13* 14* 15* 16 17 18');
  });

  it('say which of them does not apply', () => {
    const result = applyHunks(fileOf(two), PATH, count(1, 11));
    assert.ok(!result.ok);
    assert.match(
      result.why,
      /^hunk 2 of 2, at line 11 of .*, does not apply \(tried every offset, fuzz 0 to 2\)$/,
    );
    assert.equal(result.rawLine, FIRST_RAW_LINE + 9);
  });

  it('do not apply before one another', () => {
    const result = applyHunks(fileOf(`${FIVE}@@ -12,2 +12,1 @@\n 3\n-4\n`), PATH, count(1, 9));
    assert.ok(!result.ok);
  });
});

describe('a large file', () => {
  it('takes many hunks far from where they say', () => {
    // 400 hunks, each far from where it says, in 100,000 lines of which most are the same.
    const base = Array.from({ length: 100_000 }, (_, at) => (at % 50 === 25 ? `mark ${at}` : '\tsame;'));
    const hunk = (at: number): string =>
      `@@ -${at % 7 ? 90_000 : 1},3 +1,4 @@\n \tsame;\n mark ${at}\n+new\n \tsame;\n`;
    const marks = Array.from({ length: 400 }, (_, index) => index * 250 + 25);
    const image = applied(marks.map(hunk).join(''), `${base.join('\n')}\n`);
    assert.equal(image.problems.length > 390, true);
    assert.equal(image.lines.length, 100_000 + 400 + 1);
  });
});

const LINES = [
  '{',
  '}',
  '',
  '\tif (a)',
  '\t\treturn 0;',
  'int a;',
  'int b;',
  '\tb();',
  '/* c */',
  '\td = e;',
];
const someLines = fc.array(fc.constantFrom(...LINES), { maxLength: 30 });
const endings = fc.constantFrom('\n', '\n', '\n', '');
const someText = fc
  .tuple(someLines, endings)
  .map(([each, end]) => (each.length ? each.join('\n') + end : ''));

/** A base and what edits make of it. */
const edited = fc
  .tuple(
    someText,
    fc.array(
      fc.tuple(fc.nat(40), fc.nat(3), fc.array(fc.constantFrom(...LINES, 'new();'), { maxLength: 3 })),
      {
        maxLength: 4,
      },
    ),
    endings,
  )
  .map(([base, edits, end]) => {
    const now = base.replace(/\n$/, '').split('\n');
    for (const [at, length, put] of edits) now.splice(at % (now.length + 1), length, ...put);
    const text = now.join('\n');
    return { base, text: text === '' ? '' : text + end };
  });

describe('any edit', () => {
  it('applied from its diff gives the edited text, every line with its number', () => {
    fc.assert(
      fc.property(edited, fc.constantFrom(0, 1, 3), ({ base, text }, context) => {
        const hunks = unifiedDiff(base, text, context);
        fc.pre(hunks !== '');
        const image = applied(hunks, base);
        assert.equal(image.text, text);
        assert.deepEqual(image.problems, []);
        assert.deepEqual(
          image.lines.map(({ line }) => line),
          image.lines.map((_, index) => index + 1),
        );
      }),
      { numRuns: 2_000 },
    );
  });

  it('applied to any other text never throws, and keeps the numbers of its hunks', () => {
    fc.assert(
      fc.property(edited, someText, ({ base, text }, other) => {
        const hunks = unifiedDiff(base, text);
        fc.pre(hunks !== '');
        const file = fileOf(hunks);
        const result = applyHunks(file, PATH, other);
        if (!result.ok) return;
        const { lines: each } = result.image;
        assert.equal(each.length, result.text.split('\n').length);
        const byRaw = new Map(file.hunks.flatMap((hunk) => hunk.lines.map((line) => [line.rawLine, line])));
        each.forEach(({ line, rawLine }, index) => {
          if (rawLine === null) return;
          assert.equal(line, byRaw.get(rawLine)!.newLine);
          assert.equal(result.text.split('\n')[index], byRaw.get(rawLine)!.text);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});

const hasPatch = spawnSync('patch', ['--version']).status === 0;

describe('patch(1)', { skip: hasPatch ? false : 'patch is not installed' }, () => {
  const folder = hasPatch ? mkdtempSync(join(tmpdir(), 'apply-')) : '';
  after(() => hasPatch && rmSync(folder, { recursive: true, force: true }));

  /** What `patch` makes of it, or null when a hunk fails. */
  function theirs(hunks: string, base: string): string | null {
    const [file, diff] = [join(folder, 'base'), join(folder, 'diff')];
    writeFileSync(file, base);
    writeFileSync(diff, `--- base\n+++ base\n${hunks}`);
    const args = ['--silent', '--force', '--no-backup-if-mismatch', '--reject-file=-', file, diff];
    const { status } = spawnSync('patch', args);
    return status === 0 ? readFileSync(file, 'utf8') : null;
  }

  /** Lines that are all different, so that there is one right place. */
  const distinct = (length: number): string[] => Array.from({ length }, (_, index) => `line ${index}`);

  it('puts hunks where we do, at an offset and with fuzz', (t) => {
    let both = 0;
    let neither = 0;
    fc.assert(
      fc.property(
        fc.array(fc.nat(39), { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(39), fc.constantFrom('insert', 'delete', 'change')), { maxLength: 3 }),
        (changes, drifts) => {
          const base = distinct(40);
          const text = [...base];
          for (const at of changes) text[at] = `changed ${at}`;
          const drifted = [...base];
          for (const [at, how] of drifts) {
            if (how === 'insert') drifted.splice(at, 0, `inserted ${at}`);
            else if (how === 'delete') drifted.splice(at, 1);
            else drifted[at] = `drifted ${at}`;
          }
          const hunks = unifiedDiff(lines(...base), lines(...text));
          const expected = theirs(hunks, lines(...drifted));
          const ours = applyHunks(fileOf(hunks), PATH, lines(...drifted));
          assert.equal(ours.ok ? ours.text : null, expected);
          if (expected === null) neither++;
          else both++;
        },
      ),
      { numRuns: 150 },
    );
    t.diagnostic(`${both} applied by both, ${neither} by neither`);
    assert.ok(both > 20 && neither > 5);
  });
});
