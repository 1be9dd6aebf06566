/**
 * How something goes wrong, step by step: the one form that text, Markdown,
 * pictures, JSON and related locations are made of.
 */

import { markdownText } from './markdown.js';
import { printable } from './text.js';

/** The scenario of a function that is run by itself. */
export const ALONE = 'alone';

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
  /** Id of the scenario that was run; `alone` for a function by itself. */
  readonly scenario: string;
  /** The answers to all open questions, in order; with it the run is repeated exactly. */
  readonly tape: string;
  readonly steps: readonly TraceStep[];
}

const MARKS: Readonly<Record<TraceChange['kind'], string>> = { added: '+', modified: '~', freed: '−' };

/** The steps as lines of text: number, lane, place, what happened, what changed. */
export function traceLines({ steps }: Trace): string[] {
  const lanes = Math.max(4, ...steps.map(({ lane }) => lane.length));
  const places = Math.max(4, ...steps.map((step) => placeOf(step).length));
  return steps.map((step) => {
    const head = `${String(step.n).padStart(3)}  ${step.lane.padEnd(lanes)}  ${placeOf(step).padEnd(places)}  `;
    const text = `${'  '.repeat(step.depth)}${step.isViolation ? '✗ ' : ''}${step.text}`;
    const changes = step.changes.map(changeWords);
    // A plain store says nothing but what it changes.
    const words = step.text === '' ? [text + changes.join('   ')] : [text, ...changes];
    return printable(head + words.join('   ')).trimEnd();
  });
}

/** File name and line of a step, without the folders. */
export function placeOf({ file, line }: TraceStep): string {
  const name = file.slice(file.lastIndexOf('/') + 1);
  return line === null ? name : `${name}:${line}`;
}

/** `+ bond`, `~ users: 1 → 2`, `− bond`. */
export function changeWords({ kind, text }: TraceChange): string {
  return `${MARKS[kind]} ${text}`;
}

/** The steps as a Markdown table. */
export function traceMarkdown({ steps }: Trace): string {
  const rows = steps.map((step) => {
    const changes = step.changes.map(changeWords).join('; ');
    const text = step.isViolation ? `**✗ ${markdownText(step.text)}**` : markdownText(step.text);
    return `| ${step.n} | ${markdownText(step.lane)} | ${markdownText(placeOf(step))} | ${text} | ${markdownText(changes)} |`;
  });
  return ['| | who | where | what | changes |', '|---|---|---|---|---|', ...rows].join('\n');
}
