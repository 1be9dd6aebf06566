/** The closing line of a simulation in words. */
import { type AttachReport, counted, type DriverReport, type FlowReport } from '../../findings/index.js';
import { attachSummary } from './attach-summary.js';
import { driverSummary } from './driver-summary.js';

const FUNCTIONS = ['function', 'functions'] as const;

/** A line for functions alone, one for scenarios and one for drivers, where there are any. */
export function summaries(
  reports: readonly FlowReport[],
  attached: readonly AttachReport[],
  drivers: readonly DriverReport[],
): string[] {
  const scenarios = attachSummary(attached);
  const isEmpty = attached.length + drivers.length === 0;
  return [
    ...(reports.length > 0 || isEmpty ? [flowSummary(reports)] : []),
    ...(scenarios === null ? [] : [scenarios]),
    ...(drivers.length === 0 ? [] : [driverSummary(drivers)]),
  ];
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
