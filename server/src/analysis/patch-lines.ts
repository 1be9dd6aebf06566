/** Where the lines of patches stand in the code under review. */
import type { Program, Spot } from '../iommu/index.js';
import type { HunkLine } from '../patch/index.js';
import type { PatchFact } from '../rules/index.js';

/** The code on a line of a patch, without the space around it; null for a line that no unit of that patch has. */
export function spotOfLine(program: Program, { number }: PatchFact, { bodyLine }: HunkLine): Spot | null {
  for (const unit of program.units) {
    if (!unit.isReviewed || unit.patch !== number) continue;
    const at = unit.image.lines.findIndex((line) => line.bodyLine === bodyLine);
    if (at < 0) continue;
    const lines = unit.image.text.split('\n');
    const start = lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0);
    const text = lines[at] ?? '';
    const indent = /^\s*/.exec(text)![0].length;
    return { unit, span: { start: start + Math.min(indent, text.length), end: start + text.length } };
  }
  return null;
}

/** The function, struct, union or enum around a place; null outside of any. */
export function functionAt({ unit, span }: Spot): string | null {
  const around = unit.c.items.find(
    ({ kind, start, end }) =>
      /^(?:function|struct|union|enum)$/.test(kind) && start <= span.start && span.end <= end,
  );
  return around && around.name !== '' ? around.name : null;
}
