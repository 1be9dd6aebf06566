/** Diffs for the tests of this folder: made by a small differ, and read by the room that reads patches. */
import assert from 'node:assert/strict';
import { type PatchFile, readPatches } from '../../server/src/patch/index.js';

/** The only file of a unified diff that is given by its hunks. */
export function fileOf(hunks: string, path = 'drivers/iommu/toy.c'): PatchFile {
  const text = `--- a/${path}\n+++ b/${path}\n${hunks}`;
  const files = readPatches(Buffer.from(text)).messages.flatMap((message) => message.files);
  assert.equal(files.length, 1, text);
  return files[0]!;
}

/** Raw line of the first hunk's header in what `fileOf` reads. */
export const FIRST_RAW_LINE = 3;

type Step = readonly [kind: ' ' | '-' | '+', line: string];

/** Lines without their ends; the last is '' when the text ends in a newline. */
function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

/** Hunks that turn `before` into `after`, as `diff -U<context>` writes them; '' when nothing differs. */
export function unifiedDiff(before: string, after: string, context = 3): string {
  const steps = stepsBetween(marked(before), marked(after));
  const changed = steps.flatMap(([kind], index) => (kind === ' ' ? [] : [index]));
  const ranges: [number, number][] = [];
  for (const index of changed) {
    const range: [number, number] = [
      Math.max(0, index - context),
      Math.min(steps.length, index + context + 1),
    ];
    const last = ranges.at(-1);
    if (last && range[0] <= last[1]) last[1] = range[1];
    else ranges.push(range);
  }
  return ranges.map(([from, to]) => hunkOf(steps, from, to)).join('');
}

/** A last line without a newline differs from the same line with one. */
function marked(text: string): string[] {
  const lines = linesOf(text);
  if (text !== '' && !text.endsWith('\n')) lines.push(`${lines.pop()}\n\\ No newline at end of file`);
  return lines;
}

function hunkOf(steps: readonly Step[], from: number, to: number): string {
  const count = (kind: string, upTo: readonly Step[]): number =>
    upTo.filter(([each]) => each !== kind).length;
  const before = steps.slice(0, from);
  const shown = steps.slice(from, to);
  const range = (start: number, length: number): string => `${length === 0 ? start : start + 1},${length}`;
  const old = range(count('+', before), count('+', shown));
  const fresh = range(count('-', before), count('-', shown));
  return `@@ -${old} +${fresh} @@\n${shown.map(([kind, line]) => `${kind}${line}\n`).join('')}`;
}

/** The longest common subsequence, by the table that every textbook has. */
function stepsBetween(a: readonly string[], b: readonly string[]): Step[] {
  const longest = Array.from({ length: a.length + 1 }, () => new Int32Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      longest[i]![j] =
        a[i] === b[j] ? longest[i + 1]![j + 1]! + 1 : Math.max(longest[i + 1]![j]!, longest[i]![j + 1]!);
  const steps: Step[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      steps.push([' ', a[i++]!]);
      j++;
    } else if (i < a.length && (j === b.length || longest[i + 1]![j]! >= longest[i]![j + 1]!))
      steps.push(['-', a[i++]!]);
    else steps.push(['+', b[j++]!]);
  }
  return steps;
}
