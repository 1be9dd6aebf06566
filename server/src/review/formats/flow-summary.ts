/** The closing line of a simulation in words. */
import { type AttachReport, counted, type FlowReport } from '../../findings/index.js';
import { attachSummary } from './attach-summary.js';

const FUNCTIONS = ['function', 'functions'] as const;

/** A line for functions alone and one for scenarios, where there are any. */
export function summaries(reports: readonly FlowReport[], attached: readonly AttachReport[]): string[] {
  const scenarios = attachSummary(attached);
  const alone = reports.length > 0 || attached.length === 0 ? [flowSummary(reports)] : [];
  return scenarios === null ? alone : [...alone, scenarios];
}

/** `3 functions: 1 violated, 2 held; 24 runs`. */
function flowSummary(reports: readonly FlowReport[]): string {
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
}: Pick<FlowReport['breaches'][number], 'title' | 'monitor' | 'severity' | 'confidence'>): string {
  return `${title} (${monitor}, ${severity}, ${confidence})`;
}
