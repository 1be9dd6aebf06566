/** One run, repeated by a tape that somebody kept: whether it is one of the code at hand, and what it says. */
import { answersOf, type Replay, type TapeId } from '../sim/engine/index.js';
import type { Replayed, Verdict } from '../sim/scenarios/index.js';

/** Why the answers of a tape are none to the questions of a run of `what`; null when they are. */
export function misfitOf(
  what: string,
  run: Pick<Replay, 'choices' | 'id'>,
  { tape, fingerprint }: TapeId,
): string | null {
  const answers = answersOf(tape);
  const asked = run.choices.length;
  if (answers.length > asked)
    return `${what} leaves ${asked} questions open, the tape answers ${answers.length}`;
  const wrong = answers.findIndex((answer, at) => run.choices[at]!.taken !== answer);
  if (wrong >= 0)
    return `question ${wrong + 1} of ${what} has ${run.choices[wrong]!.count} answers, the tape gives number ${answers[wrong]! + 1}`;
  const now = run.id.slice(run.id.indexOf('~') + 1);
  if (fingerprint === null || fingerprint === now) return null;
  return `${what} asks other questions now (~${now}, not ~${fingerprint})`;
}

/** Why there is no such run, though the answers are some to its questions; null when there is. */
export function contradictionIn({ ending }: Pick<Replay, 'ending'>): string | null {
  return ending.kind === 'impossible'
    ? 'its answers contradict each other, so that there is no such run'
    : null;
}

/** It says nothing of other runs. */
export function verdictOfRun({ ending, breaches }: Pick<Replayed, 'ending' | 'breaches'>): Verdict {
  const explored = 'to-bound';
  if (breaches.length > 0) return { kind: 'violated', explored, why: '1 run' };
  if (ending.kind === 'stopped') return { kind: 'not-modelled', explored, why: ending.why };
  return { kind: 'held', explored, why: '1 run' };
}
