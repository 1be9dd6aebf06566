/** The closing line of a simulation in words. */
import { counted, type FlowReport } from '../../findings/index.js';

const FUNCTIONS = ['function', 'functions'] as const;

/** `3 functions: 1 violated, 2 held; 24 runs`. */
export function flowSummary(reports: readonly FlowReport[]): string {
  if (reports.length === 0) return 'No function in it to run';
  const count = (kind: FlowReport['scenario']['verdict']): number =>
    reports.filter(({ scenario }) => scenario.verdict === kind).length;
  const parts = [
    [count('violated'), 'violated'],
    [count('held'), 'held'],
    [count('not-modelled'), 'not modelled'],
  ].flatMap(([number, words]) => (number === 0 ? [] : [`${number} ${words}`]));
  const runs = reports.reduce((sum, { scenario }) => sum + scenario.runs, 0);
  return `${counted(reports.length, FUNCTIONS)}: ${parts.join(', ')}; ${counted(runs, ['run', 'runs'])}`;
}

/** What a breach is called: `memory leak (LEAK, error, certain)`. */
export function breachTitle({
  title,
  monitor,
  severity,
  confidence,
}: FlowReport['breaches'][number]): string {
  return `${title} (${monitor}, ${severity}, ${confidence})`;
}
