/** What a run did on the lines of its document, as text: for hovers. Knows no editor, so that it can be tested without one. */
import type { FlowStep } from '../../server/src/protocol/index.js';

/** A line that is run again and again has its first and its last steps told. */
const MOST_STEPS = 12;

const MARKS = { added: '+', modified: '~', freed: '−' } as const;

/** By line, from 0, that some step stands on. */
export function hoverTexts(steps: readonly FlowStep[]): ReadonlyMap<number, string> {
  const lines = new Map<number, string[]>();
  steps.forEach((step, index) => {
    if (step.line === null) return;
    const told = lines.get(step.line) ?? [];
    told.push(stepText(step, index + 1));
    lines.set(step.line, told);
  });
  return new Map([...lines].map(([line, told]) => [line, shortened(told).join('\n')]));
}

function stepText({ lane, text, changes, isViolation }: FlowStep, n: number): string {
  const said = [
    `${isViolation ? '✗ ' : ''}${text}`,
    ...changes.map((each) => `${MARKS[each.kind]} ${each.text}`),
  ];
  const words = said.filter((part) => part !== '').join('   ');
  // A hover is text of lines: what code makes of names must not make lines of its own.
  return `${String(n).padStart(3)}  ${lane}  ${words}`.replace(/[\r\n\u2028\u2029]+/g, ' ');
}

function shortened(told: readonly string[]): readonly string[] {
  if (told.length <= MOST_STEPS) return told;
  const half = MOST_STEPS / 2;
  return [...told.slice(0, half), `     … ${told.length - MOST_STEPS} more`, ...told.slice(-half)];
}
