/** From the steps of a recorded run to a trace with files and lines. */
import type { Trace, TraceStep } from '../findings/index.js';
import type { Replay } from '../sim/engine/index.js';

/** `lineOf`: the line at an offset of a file, as people number it; null when it stands in none. */
export function traceOf(
  scenario: string,
  { id, steps }: Pick<Replay, 'id' | 'steps'>,
  lineOf: (path: string, offset: number) => number | null,
): Trace {
  return {
    scenario,
    tape: id,
    steps: steps.map((step, index): TraceStep => {
      const { path, start } = step.site;
      return {
        n: index + 1,
        lane: step.task,
        file: path,
        line: lineOf(path, start),
        depth: step.depth,
        text: step.words,
        changes: step.changes.map(({ kind, words }) => ({ kind, text: words })),
        locks: step.locks,
        isViolation: step.isViolation,
      };
    }),
  };
}
