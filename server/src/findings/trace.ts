/**
 * How something goes wrong, step by step: the one form that text, Markdown,
 * pictures, JSON and related locations are made of.
 */

/** What a step did to an object. */
export interface TraceChange {
  readonly kind: 'added' | 'modified' | 'freed';
  readonly text: string;
}

export interface TraceStep {
  /** From 1. */
  readonly n: number;
  /** Who did it: a task, a work item, a callback. */
  readonly lane: string;
  /** Path in the kernel tree, and line there, post-image; null outside of any file. */
  readonly file: string;
  readonly line: number | null;
  /** How deep in calls, from 0. */
  readonly depth: number;
  readonly text: string;
  readonly changes: readonly TraceChange[];
  /** Locks held by the lane after the step, as the code writes them. */
  readonly locks: readonly string[];
  readonly isViolation: boolean;
}

export interface Trace {
  /** Id of the scenario that was run. */
  readonly scenario: string;
  /** The answers to all open questions, in order; with it the run is repeated exactly. */
  readonly tape: string;
  readonly steps: readonly TraceStep[];
}

const MARKS: Readonly<Record<TraceChange['kind'], string>> = { added: '+', modified: '~', freed: '−' };

/** The trace as lines of text: number, lane, place, what happened, what changed. */
export function traceText({ scenario, tape, steps }: Trace): string {
  const lanes = Math.max(4, ...steps.map(({ lane }) => lane.length));
  const places = Math.max(4, ...steps.map((step) => placeOf(step).length));
  const lines = steps.map((step) => {
    const head = `${String(step.n).padStart(3)}  ${step.lane.padEnd(lanes)}  ${placeOf(step).padEnd(places)}  `;
    const text = `${'  '.repeat(step.depth)}${step.isViolation ? '✗ ' : ''}${step.text}`;
    const changes = step.changes.map(({ kind, text: words }) => `   ${MARKS[kind]} ${words}`).join('');
    return `${head}${text}${changes}`.trimEnd();
  });
  return [`${scenario}   replay: ${tape}`, ...lines].join('\n');
}

/** File name and line of a step, without the folders. */
export function placeOf({ file, line }: TraceStep): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return line === null ? name : `${name}:${line}`;
}

/** The trace as a Markdown table. */
export function traceMarkdown({ scenario, tape, steps }: Trace): string {
  const rows = steps.map((step) => {
    const changes = step.changes.map(({ kind, text }) => `${MARKS[kind]} ${text}`).join('; ');
    const text = step.isViolation ? `**✗ ${cell(step.text)}**` : cell(step.text);
    return `| ${step.n} | ${cell(step.lane)} | ${cell(placeOf(step))} | ${text} | ${cell(changes)} |`;
  });
  return [
    `**${cell(scenario)}**, replay \`${tape}\``,
    '',
    '| | who | where | what | changes |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Text of the code under review is shown as text, whatever it says: no markup, no links. */
function cell(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|<>~&]/g, (char) => `\\${char}`).replace(/\s+/g, ' ');
}
