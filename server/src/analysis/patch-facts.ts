/** The patches under review as rules see them: commit message, files, and where their lines stand in the units. */
import type { Program, Spot, Unit } from '../iommu/index.js';
import { commitOf, type HunkLine, type PatchMessage } from '../patch/index.js';
import type { PatchFact } from '../rules/index.js';

/** One for each mail that has a diff. */
export function patchFacts(
  program: Program,
  messages: ReadonlyMap<number, PatchMessage> = new Map(),
): PatchFact[] {
  return [...messages]
    .filter(([, { files }]) => files.length > 0)
    .map(([number, message]) => {
      const units = program.units.filter((unit) => unit.isReviewed && unit.patch === number);
      const { subject } = message;
      const isLast = subject?.index === null || subject?.total === null || subject?.index === subject?.total;
      return {
        number,
        commit: commitOf(message),
        files: message.files,
        hasUnseenSuccessors: subject !== null && !isLast && !messages.has(number + 1),
        spotOf: (line) => spotOf(units, line),
        functionAt,
      };
    });
}

function functionAt({ unit, span }: Spot): string | null {
  const around = unit.c.items.find(
    ({ kind, start, end }) =>
      /^(?:function|struct|union|enum)$/.test(kind) && start <= span.start && span.end <= end,
  );
  return around && around.name !== '' ? around.name : null;
}

function spotOf(units: readonly Unit[], { bodyLine }: HunkLine): Spot | null {
  for (const unit of units) {
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
