/** Whether a tape that somebody kept is one of the code at hand. */
import { answersOf, type Replay, type TapeId } from '../sim/engine/index.js';

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
