/** From the steps of a recorded run to a trace with files and lines. */
import type { Trace, TraceStep } from '../findings/index.js';
import type { Replay, Step } from '../sim/engine/index.js';

/** What a trace is made of. */
export type Recorded = Pick<Replay, 'id' | 'steps'>;

/** `lineOf`: the line at an offset of a file, as people number it; null when it stands in none. */
export function traceOf(
  scenario: string,
  { id, steps }: Recorded,
  lineOf: (path: string, offset: number) => number | null,
): Trace {
  return {
    scenario,
    tape: id,
    steps: steps.map((step, index) => {
      const { path, start } = step.site;
      return traceStep(step, index + 1, path, lineOf(path, start));
    }),
  };
}

/** Objects of one name are told apart in it. */
export function withNumbers(step: Step): Step {
  return {
    ...step,
    changes: step.changes.map(({ kind, words, numbered = words }) => ({ kind, words: numbered })),
  };
}

export function traceStep(step: Step, n: number, file: string, line: number | null): TraceStep {
  return {
    ...{ n, lane: step.task, file, line, depth: step.depth, text: step.words },
    changes: step.changes.map(({ kind, words }) => ({ kind, text: words })),
    locks: step.locks,
    isViolation: step.isViolation,
  };
}
