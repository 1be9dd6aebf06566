/** Of a long trace, the steps that tell most: an editor shows a handful of places beside a finding. */
import { LineIndex, type Span } from '../base/index.js';
import type { Trace, TraceStep } from '../findings/index.js';

const MOST_STEPS = 12;

/** A step that stands on a line. */
export type PlacedStep = TraceStep & { readonly line: number };

/** Of those in files at hand at most twelve, in their order: where it breaks, what changes something, and what is nearest to the function itself. `isTold`: comes before that. */
export function tellingSteps(
  { steps }: Trace,
  isAtHand: (file: string) => boolean = () => true,
  isTold: (step: TraceStep) => boolean = () => false,
): PlacedStep[] {
  const placed = steps.filter((step): step is PlacedStep => step.line !== null && isAtHand(step.file));
  const weight = (step: TraceStep): number =>
    (step.isViolation ? 100 : 0) + (isTold(step) ? 50 : 0) + (step.changes.length > 0 ? 10 : 0) - step.depth;
  const best = [...placed].sort((a, b) => weight(b) - weight(a) || b.n - a.n).slice(0, MOST_STEPS);
  return best.sort((a, b) => a.n - b.n);
}

/** What a step did; of some only what came of it is known. */
export function wordsOf({ text, changes }: TraceStep): string {
  return text || changes.map((change) => change.text).join('; ');
}

/** What stands on a line (from 0), without the space around it. */
export function codeOnLine(text: string, line: number): Span {
  const index = new LineIndex(text);
  const start = index.startOf(line);
  const code = index.textOf(line);
  return { start: start + code.length - code.trimStart().length, end: start + code.trimEnd().length };
}
