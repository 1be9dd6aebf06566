/** One run as a picture: the one that was asked for, else the first that breaks a rule. */
import { type FlowReport, instanceWords, type ScenarioReport, traceSvg } from '../../findings/index.js';
import type { Simulated } from '../simulate.js';

/** Null when there is nothing to draw. */
export function flowSvg({ reports, attached, drivers }: Simulated): string | null {
  const report = reports.find(({ replayed, breaches }) => replayed || breaches.length > 0);
  const trace = report && (report.replayed ?? report.breaches[0]!.trace);
  if (trace) return traceSvg(trace, titleOf(report));
  for (const scenario of attached.flatMap(({ scenarios }) => scenarios)) {
    const shown = scenario.replayed ?? scenario.breaches.find((breach) => breach.trace)?.trace;
    if (shown) return traceSvg(shown, scenarioTitle(scenario));
  }
  const driver = drivers.find(({ replayed, breaches }) => replayed || breaches.length > 0) ?? drivers[0];
  const run =
    driver && (driver.replayed ?? driver.breaches.find(({ trace }) => trace)?.trace ?? driver.trace);
  return driver && run ? traceSvg(run, `${driver.function}(): ${instanceWords(driver)}`) : null;
}

function scenarioTitle({ scenario, breaches: [breach] }: ScenarioReport): string {
  return breach
    ? `${breach.function}(): ${breach.title}: ${breach.message}`
    : `${scenario.id}: no rule broken`;
}

function titleOf({ flow, breaches: [breach] }: FlowReport): string {
  return breach
    ? `${flow.function}(): ${breach.title}: ${breach.message}`
    : `${flow.function}(): no rule broken`;
}
