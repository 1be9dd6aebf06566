/** Where something stands in a text. */
import assert from 'node:assert/strict';

/** Line from 1 and column from 1 of the first place that has `part`. */
export function placeOf(lines: readonly string[], part: string): { line: number; column: number } {
  const index = lines.findIndex((line) => line.includes(part));
  assert.ok(index >= 0, `no line has "${part}"`);
  return { line: index + 1, column: lines[index]!.indexOf(part) + 1 };
}
