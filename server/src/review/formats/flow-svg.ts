/** One run as a picture: the one that was asked for, else the first that breaks a rule. */
import { type FlowReport, traceSvg } from '../../findings/index.js';
import type { Simulated } from '../simulate.js';

/** Null when there is nothing to draw. */
export function flowSvg({ reports }: Simulated): string | null {
  const report = reports.find(({ replayed, breaches }) => replayed || breaches.length > 0);
  const trace = report && (report.replayed ?? report.breaches[0]!.trace);
  return trace ? traceSvg(trace, titleOf(report)) : null;
}

function titleOf({ flow, breaches: [breach] }: FlowReport): string {
  return breach
    ? `${flow.function}(): ${breach.title}: ${breach.message}`
    : `${flow.function}(): no rule broken`;
}
