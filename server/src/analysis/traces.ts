/** From the steps of a recorded run to a trace with files and lines. */
import { LineIndex } from '../base/index.js';
import type { Trace, TraceStep } from '../findings/index.js';
import type { Step } from '../sim/engine/index.js';

/** `textOf`: the text of a file by its path, null when it is not at hand. */
export function traceOf(
  scenario: string,
  tape: string,
  steps: readonly Step[],
  textOf: (path: string) => string | null,
  /** What was learnt of the texts, for the next trace of them. */
  indices = new Map<string, LineIndex | null>(),
): Trace {
  const lineAt = (path: string, offset: number): number | null => {
    let index = indices.get(path);
    if (index === undefined) {
      const text = textOf(path);
      index = text === null ? null : new LineIndex(text);
      indices.set(path, index);
    }
    return index ? index.lineAt(offset) + 1 : null;
  };
  return {
    scenario,
    tape,
    steps: steps.map((step, index): TraceStep => {
      const { path, start } = step.site;
      return {
        n: index + 1,
        lane: step.task,
        file: path,
        line: lineAt(path, start),
        depth: step.depth,
        text: step.words,
        changes: step.changes.map(({ kind, words }) => ({ kind, text: words })),
        locks: step.locks,
        isViolation: step.isViolation,
      };
    }),
  };
}
