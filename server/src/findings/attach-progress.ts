/**
 * What came of the scenarios that code under review was played in, scenario by
 * scenario: for who shows it beside the code, also while it goes on.
 */
import type { Confidence } from './finding.js';
import type { ScenarioVerdict } from './flow.js';
import type { Trace } from './trace.js';

/** What a function under review does in the scenarios. */
export type AttachRole = 'bind' | 'unbind';

export interface AttachScenario extends ScenarioVerdict {
  readonly story: string;
  /** What broke first; null when nothing did that the input shows. */
  readonly breach: {
    /** What was watched, in words. */
    readonly title: string;
    readonly confidence: Confidence;
    readonly function: string;
    readonly message: string;
    readonly trace: Trace;
  } | null;
}

export interface AttachProgress {
  /** Those that were run so far. */
  readonly scenarios: readonly AttachScenario[];
  readonly total: number;
  /** Why none can be played, or none means anything; null where they do, as far as is known. */
  readonly obstacle: string | null;
  /** Nothing more will be run. */
  readonly isOver: boolean;
}

/** The scenarios that are one row of the matrix, `row/variant` each, taken together. */
export interface AttachRow {
  readonly row: string;
  readonly scenarios: readonly AttachScenario[];
  readonly verdict: ScenarioVerdict['verdict'];
  readonly runs: number;
  readonly explored: ScenarioVerdict['explored'];
}

export function attachRows(scenarios: readonly AttachScenario[]): AttachRow[] {
  const rows = new Map<string, AttachScenario[]>();
  for (const each of scenarios) {
    const row = each.id.replace(/\/.*/, '');
    rows.set(row, [...(rows.get(row) ?? []), each]);
  }
  return [...rows].map(([row, those]) => ({
    row,
    scenarios: those,
    verdict:
      (['violated', 'not-modelled'] as const).find((kind) => those.some(({ verdict }) => verdict === kind)) ??
      'held',
    runs: those.reduce((sum, { runs }) => sum + runs, 0),
    explored: those.every(({ explored }) => explored === 'completely') ? 'completely' : 'to-bound',
  }));
}

/** The scenario whose run is shown where there is room for one. */
export function firstFailing(scenarios: readonly AttachScenario[]): AttachScenario | null {
  const failing = scenarios.filter(({ verdict }) => verdict === 'violated');
  return (
    failing.find(({ breach }) => breach?.confidence === 'certain') ??
    failing.find(({ breach }) => breach !== null) ??
    failing[0] ??
    null
  );
}
