/**
 * A trace written beside the code that it runs through: on each line, in as
 * few words as will do, what it does to counts, locks and objects there. What
 * the line says itself (that it calls something) is not said again.
 */
import { printable } from './text.js';
import { changeWords, type Trace, type TraceChange, type TraceStep } from './trace.js';

/** Passes over a line that are told one by one; a loop takes more. */
const MOST_PASSES = 3;

/** Of one line of the document. */
export interface TraceHint {
  /** As `lineOf` gave it. */
  readonly line: number;
  /** `cookie->holders 1 → 2`, `holds iommu_sva_lock`, `= &own->domain`. */
  readonly words: string;
  /** The steps on the line as they stand in the trace. */
  readonly steps: readonly string[];
}

/** What a trace says on each line, from the top. `lineOf`: where a step stands in the document; null for elsewhere. `textOf`: what the line says itself. */
export function traceHints(
  { steps }: Trace,
  lineOf: (step: TraceStep) => number | null,
  textOf: (line: number) => string,
): TraceHint[] {
  const hasLanes = new Set(steps.map(({ lane }) => lane)).size > 1;
  const held = new Map<string, readonly string[]>();
  const hints = new Map<number, { readonly passes: string[]; readonly steps: string[] }>();
  for (const step of steps) {
    const before = held.get(step.lane) ?? [];
    held.set(step.lane, step.locks);
    const line = lineOf(step);
    const words = line === null ? '' : wordsOn(step, before, textOf(line));
    if (line === null || words === '') continue;
    const hint = hints.get(line) ?? { passes: [], steps: [] };
    hints.set(line, hint);
    const said = hasLanes ? `${step.lane}: ${words}` : words;
    if (hint.passes.at(-1) !== said) hint.passes.push(said);
    hint.steps.push(
      printable(
        `${step.n}. ${step.lane}: ${[step.text, ...step.changes.map(changeWords)].filter(Boolean).join('; ')}`,
      ),
    );
  }
  return [...hints]
    .sort(([one], [other]) => one - other)
    .map(([line, { passes, steps: told }]) => {
      const more = passes.length > MOST_PASSES ? ['…'] : [];
      const words = printable([...passes.slice(0, MOST_PASSES), ...more].join('; then '));
      return { line, words, steps: told };
    });
}

/** Of one step; empty when it changes nothing that is told. */
function wordsOn(step: TraceStep, before: readonly string[], code: string): string {
  const parts = [resultOf(step.text), ...step.changes.map((change) => changeOn(change, code))];
  if (step.locks.join() !== before.join())
    parts.push(step.locks.length === 0 ? 'holds nothing' : `holds ${step.locks.map(bare).join(', ')}`);
  if (step.isViolation) parts.push('✗ breaks here');
  return parts.filter(Boolean).join(', ');
}

/** What a call came back with. */
function resultOf(text: string): string {
  const value = /\) returns (.+)$/s.exec(text)?.[1];
  if (value !== undefined) return `= ${value}`;
  return /\) fails$/.test(text) ? 'fails' : '';
}

function changeOn({ kind, text }: TraceChange, code: string): string {
  if (kind === 'added') return `new ${text}`;
  if (kind === 'freed') return `frees ${text}`;
  const [, counted, from, to] = /^(.+): (.+) → (.+)$/s.exec(text) ?? [];
  if (counted !== undefined) return `${counted} ${from} → ${to}`;
  const [, name, value] = /^(\S+) = (.+)$/s.exec(text) ?? [];
  return name !== undefined && code.includes(`${name} = `) ? `= ${value}` : text;
}

/** Locks are quoted as code where they stand in sentences. */
function bare(lock: string): string {
  return lock.replaceAll('`', '');
}
