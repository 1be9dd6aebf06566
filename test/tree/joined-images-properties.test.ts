/** What is known of a file after any series of edits is what its lines are; no hunks, however wrong, break it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { type JoinedFile, joinedImages } from '../../server/src/tree/index.js';
import { fileOf, unifiedDiff } from './diffs.js';

/** Takes out some lines from a place on, given in thousandths of the file, and puts others there. */
interface Edit {
  readonly place: number;
  readonly removed: number;
  readonly added: readonly string[];
}

/** Lines that are often the same as others, as in real files. */
const COMMON = fc.constantFrom(
  '',
  '}',
  '\treturn 0;',
  '\tint ret;',
  'int f(void)',
  '{',
  '\tf();',
  '\tg(ret);',
);

const editOf = (line: fc.Arbitrary<string>): fc.Arbitrary<Edit> =>
  fc.record({
    place: fc.nat({ max: 1000 }),
    removed: fc.nat({ max: 6 }),
    added: fc.array(line, { maxLength: 6 }),
  });

const seriesOf = (
  line: fc.Arbitrary<string>,
  minLength: number,
): fc.Arbitrary<{ first: string[]; steps: Edit[][] }> =>
  fc.record({
    first: fc.array(line, { minLength, maxLength: 60 }),
    steps: fc.array(fc.array(editOf(line), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 }),
  });

function edited(lines: readonly string[], edits: readonly Edit[]): string[] {
  const result = [...lines];
  for (const { place, removed, added } of edits)
    result.splice(Math.floor((place * result.length) / 1000), removed, ...added);
  return result;
}

/** The file after each step, the first as it was. */
function statesOf({ first, steps }: { first: string[]; steps: Edit[][] }): string[][] {
  const states = [first];
  for (const step of steps) states.push(edited(states.at(-1)!, step));
  return states;
}

const textOf = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join('');

/** The series that leads from state to state, and what joining it gives; steps without a change have no patch. */
function join(states: readonly string[][]): {
  joined: JoinedFile | undefined;
  /** Of each patch, the lines that its hunks show of the file after it. */
  touched: { number: number; text: string }[][];
} {
  const patches = states.slice(1).flatMap((after, index) => {
    const hunks = unifiedDiff(textOf(states[index]!), textOf(after));
    return hunks === '' ? [] : [{ patch: index + 1, files: [fileOf(hunks)] }];
  });
  const touched = patches.map(({ files }) =>
    files[0]!.hunks.flatMap(({ lines }) =>
      lines.flatMap(({ newLine, text }) => (newLine === null ? [] : [{ number: newLine, text }])),
    ),
  );
  return { joined: joinedImages(patches)[0], touched };
}

function knownOf(file: JoinedFile | undefined): Map<number, string> {
  const texts = file?.image.text.split('\n') ?? [];
  const lines = file?.image.lines ?? [];
  return new Map(lines.flatMap(({ line }, index) => (line === null ? [] : [[line, texts[index]!]])));
}

describe('joining any series of edits', () => {
  it('knows only what is so, and all that the last patch shows', () => {
    fc.assert(
      fc.property(seriesOf(COMMON, 0), (series) => {
        const states = statesOf(series);
        const { joined, touched } = join(states);
        const known = knownOf(joined);
        const final = states.at(-1)!;
        for (const [number, text] of known) assert.equal(text, final[number - 1]);
        for (const { number } of touched.at(-1) ?? []) assert.ok(known.has(number));
        assert.deepEqual(joined?.image.problems ?? [], []);
      }),
    );
  });

  it('knows all that was shown and not taken out since', () => {
    fc.assert(
      fc.property(seriesOf(fc.uuid(), 20), (series) => {
        const states = statesOf(series);
        const { joined, touched } = join(states);
        const shown = new Set(touched.flatMap((lines) => lines.map(({ text }) => text)));
        assert.deepEqual(
          [...knownOf(joined).values()],
          states.at(-1)!.filter((line) => shown.has(line)),
        );
      }),
    );
  });

  it('knows all of a file that the series adds', () => {
    fc.assert(
      fc.property(seriesOf(COMMON, 1), (series) => {
        const states = [[], ...statesOf(series)];
        const { joined } = join(states);
        assert.deepEqual([...knownOf(joined).values()], states.at(-1));
      }),
    );
  });

  it('says the patch that adds a line', () => {
    fc.assert(
      fc.property(seriesOf(fc.uuid(), 20), (series) => {
        const states = statesOf(series);
        const { joined } = join(states);
        const texts = joined?.image.text.split('\n') ?? [];
        for (const [index, { isAdded }] of joined?.image.lines.entries() ?? []) {
          if (!isAdded) continue;
          assert.equal(
            joined!.patchOf(index),
            states.findIndex((lines) => lines.includes(texts[index]!)),
          );
        }
      }),
    );
  });
});

describe('joining hunks that do not fit', () => {
  const hunk = fc
    .record({
      old: fc.nat({ max: 40 }),
      fresh: fc.nat({ max: 40 }),
      lines: fc.array(fc.tuple(fc.constantFrom(' ', '+', '-'), COMMON), { minLength: 1, maxLength: 12 }),
    })
    .map(({ old, fresh, lines }) => {
      const count = (kind: string): number => lines.filter(([each]) => each !== kind).length;
      const body = lines.map(([kind, text]) => `${kind}${text}\n`).join('');
      return `@@ -${old},${count('+')} +${fresh},${count('-')} @@\n${body}`;
    });

  it('never fails, and keeps lines in order and patches told', () => {
    fc.assert(
      fc.property(fc.array(fc.array(hunk, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), (series) => {
        const patches = series.map((hunks, patch) => ({ patch, files: [fileOf(hunks.join(''))] }));
        for (const file of joinedImages(patches)) {
          const numbers = file.image.lines.flatMap(({ line }) => line ?? []);
          for (const [index, number] of numbers.entries()) assert.ok(number > (numbers[index - 1] ?? 0));
          assert.equal(file.image.text.split('\n').length, file.image.lines.length + 1);
          for (const [index, { rawLine }] of file.image.lines.entries())
            assert.equal(file.patchOf(index) === null, rawLine === null);
        }
      }),
    );
  });
});
