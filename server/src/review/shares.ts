/**
 * The runs of a large review, divided among several who read the same inputs:
 * each runs its share of the functions, and one puts all of them together in a
 * review that says what it would have said alone.
 */
import { type FunctionRuns, Program, runShare, type Share } from '../analysis/index.js';
import { type Reading, readInput, surroundingsOf } from './review.js';
import type { ReviewInput, ReviewOptions } from './types.js';

/** Plain data but for the readings, which stay where they are. */
export interface ShareRun {
  /** For each batch of all inputs, in their order. */
  readonly runs: readonly FunctionRuns[];
  /** What was read for it, to be reviewed by the same process. */
  readonly readings: ReadonlyMap<ReviewInput, Reading>;
}

export function runReviewShare(
  inputs: readonly ReviewInput[],
  options: ReviewOptions,
  share: Share,
): ShareRun {
  const runs: FunctionRuns[] = [];
  const readings = new Map<ReviewInput, Reading>();
  for (const input of inputs) {
    options.enter?.('parse');
    const reading = readInput(input, options);
    readings.set(input, reading);
    options.enter?.('simulate');
    for (const batch of reading.batches)
      runs.push(runShare(new Program(batch.units), batch.origins, surroundingsOf(batch), share));
  }
  return { runs, readings };
}

/** All shares as one. What nobody has run is run by who reviews. */
export function joinedRuns(shares: readonly (readonly FunctionRuns[])[]): readonly FunctionRuns[] {
  const batches = Math.max(0, ...shares.map(({ length }) => length));
  return Array.from(
    { length: batches },
    (_, batch) => new Map(shares.flatMap((runs) => [...(runs[batch] ?? [])])),
  );
}
