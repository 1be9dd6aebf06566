/** What a run left open: at which step what could have gone another way. Pure, so that it can be tested without a page. */
import {
  type ChoicePoint,
  type FlowRun,
  type RunQuestion,
  tapeWith,
} from '../../server/src/protocol/index.js';

type Asked = Pick<FlowRun, 'scenario' | 'operation' | 'answers' | 'choices'>;

/** Those that a step (its index) is the answer to. */
export function questionsAt({ choices }: Asked, index: number): ChoicePoint[] {
  return choices.filter(({ step }) => step === index + 1);
}

/**
 * Which questions of a step are put first, and which wait until they are asked
 * for: of the places where another task could come in, one does for most.
 */
export function sorted(questions: readonly ChoicePoint[]): {
  readonly first: readonly ChoicePoint[];
  readonly more: readonly ChoicePoint[];
} {
  const plain = questions.filter(({ kind, taken }) => kind === 'schedule' && taken === 0);
  const telling = questions.filter((each) => !plain.includes(each));
  return { first: [...telling, ...plain.slice(0, 1)], more: plain.slice(1) };
}

/** Those that were not answered as is plainest: what makes this run another than the first. */
export function unusual({ choices }: Asked): ChoicePoint[] {
  return choices.filter(({ taken }) => taken > 0);
}

/** Index of the next step, or of the one before it, that could have gone another way; null when there is none. */
export function nextOpen({ choices }: Asked, index: number, direction: 1 | -1): number | null {
  const steps = choices.map(({ step }) => step - 1).filter((at) => (at - index) * direction > 0);
  if (steps.length === 0) return null;
  return direction > 0 ? Math.min(...steps) : Math.max(...steps);
}

/** The run in which one question is answered otherwise, and those after it as is plainest. */
export function otherRun(
  run: Asked,
  { at }: ChoicePoint,
  answer: number,
  design: string | null,
): RunQuestion {
  const tape = tapeWith(run.answers, at, answer);
  const { scenario, operation } = run;
  return { design, ...(operation && { operation }), scenario, tape, isBeforeFailures: false };
}

/** What stands behind `iommu-review simulate` to repeat a run. */
export function commandOf(
  { scenario, operation, tape }: Pick<FlowRun, 'scenario' | 'operation' | 'tape'>,
  design: string | null,
): string {
  const of = operation ? ` --function ${operation.function}` : '';
  return `${design === null ? '' : `--design ${design} `}--scenario ${scenario}${of} --tape ${tape}`;
}
