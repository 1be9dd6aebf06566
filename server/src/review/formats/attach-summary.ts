/** Scenarios on code under review in words, as text and Markdown share them. */
import {
  type AttachReport,
  counted,
  type ScenarioBreach,
  type ScenarioReport,
  type ScenarioVerdict,
} from '../../findings/index.js';

const RUNS = ['run', 'runs'] as const;

/** `iommu_sva_bind_device() and iommu_sva_unbind_device() on a simulated IOMMU`. */
export function attachTitle({ functions, why }: AttachReport): string {
  const names = functions.map((name) => `${name}()`).join(' and ');
  return `${names} on a simulated IOMMU${why === null ? '' : `: not modelled, because ${why}`}`;
}

/** What is to be known of how far was looked: of what broke, nothing more. */
export function boundOf({ verdict, explored, why }: ScenarioVerdict): string | null {
  if (verdict === 'not-modelled') return `not modelled, because ${why}`;
  return verdict === 'held' && explored === 'to-bound' ? `the bound: ${why}` : null;
}

/** `iommu_sva_get() at drivers/iommu/sva.c:76: hands out …`. */
export function breachWords({ function: name, file, line, message }: ScenarioBreach): string {
  return `${name}() at ${line === null ? file : `${file}:${line}`}: ${message}`;
}

/** The same in a table: `INC: …`, `DEREF, possible: …`. */
export function breachEntry(breach: ScenarioBreach): string {
  const { monitor, confidence } = breach;
  return `${monitor}${confidence === 'certain' ? '' : `, ${confidence}`}: ${breachWords(breach)}`;
}

/** The scenarios that are told step by step: all that break when some were asked for, else the first; and the run of a tape. */
export function toldScenarios({ scenarios }: AttachReport, isNarrowed: boolean): readonly ScenarioReport[] {
  const telling = scenarios.filter(({ replayed, breaches }) => replayed !== null || breaches.length > 0);
  return isNarrowed ? telling : telling.slice(0, 1);
}

/** One that breaks another rule than what is told; null when there is none. */
export function untoldScenario(report: AttachReport, isNarrowed: boolean): ScenarioReport | null {
  const told = toldScenarios(report, isNarrowed).flatMap(({ breaches }) => breaches);
  return (
    report.scenarios.find(({ breaches }) =>
      breaches.some(({ monitor }) => told.every((each) => each.monitor !== monitor)),
    ) ?? null
  );
}

/** `19 scenarios: 7 violated, 12 held; 56 runs`; null when none was played. */
export function attachSummary(reports: readonly AttachReport[]): string | null {
  const verdicts = reports.flatMap(({ scenarios }) => scenarios.map(({ scenario }) => scenario));
  if (verdicts.length === 0) return null;
  const parts = (['violated', 'held', 'not-modelled'] as const).flatMap((kind) => {
    const number = verdicts.filter(({ verdict }) => verdict === kind).length;
    return number === 0 ? [] : [`${number} ${kind.replace('-', ' ')}`];
  });
  const runs = verdicts.reduce((sum, each) => sum + each.runs, 0);
  return `${counted(verdicts.length, ['scenario', 'scenarios'])}: ${parts.join(', ')}; ${counted(runs, RUNS)}`;
}
