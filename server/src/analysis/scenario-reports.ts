/** What the scenarios say of code that binds and unbinds, as data for people and programs: all of them, some, or one run by its tape. */
import type { AttachReport, Related, ScenarioBreach, ScenarioReport } from '../findings/index.js';
import { type DesignFacts, designFacts, type Program, type Unit } from '../iommu/index.js';
import { MONITORS, readTapeId } from '../sim/engine/index.js';
import {
  baseNameOf,
  isOfRow,
  isVaried,
  KIT_WORDS,
  offeredVariants,
  rowOf,
  SCENARIOS,
  scenarioNamed,
} from '../sim/worlds/index.js';
import { type AttachFlow, AttachFlows, type FlowBreachFact, type UnshownBreachFact } from './attach-flows.js';
import { roleOf } from './function-role.js';
import { Locator, type Origin } from './locate.js';
import type { Surroundings } from './simulation.js';

interface ScenarioOptions {
  /** Its id, or the row of several; null for all. */
  readonly scenario: string | null;
  readonly isCancelled?: () => boolean;
}

/** What was played; or why nothing was: `no-parts` says which functions are looked for. */
export type ScenarioAnswer =
  | { readonly kind: 'played'; readonly attach: AttachReport }
  | { readonly kind: 'no-parts'; readonly why: string }
  | { readonly kind: 'no-scenario'; readonly names: readonly string[] }
  | { readonly kind: 'unfit'; readonly why: string; readonly names: readonly string[] }
  | { readonly kind: 'several'; readonly ids: readonly string[] }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'other-code' | 'impossible'; readonly why: string };

/** Plays what `scenario` names on what binds and unbinds in the reviewed units; with a tape, its one run. */
export function playScenarios(
  program: Program,
  origins: ReadonlyMap<Unit, Origin>,
  surroundings: Surroundings,
  {
    scenario,
    tape = null,
    isCancelled = () => false,
  }: ScenarioOptions & { readonly scenario: string; readonly tape?: string | null },
): ScenarioAnswer {
  const locator = new Locator(origins);
  const facts = designFacts(program);
  const flows = new AttachFlows(program, surroundings, locator);
  const refused = refusalOf(flows, scenario);
  if (refused) return refused;
  if (tape === null || flows.obstacle !== null)
    return { kind: 'played', attach: attachReport(flows, facts, locator, { scenario, isCancelled }) };
  const id = readTapeId(tape);
  if (!id) return { kind: 'malformed' };
  const [only, ...more] = flows.asked(scenario);
  if (more.length > 0) return { kind: 'several', ids: [only!, ...more].map((each) => each.id) };
  const answer = flows.replay(only!, id);
  if (answer.kind !== 'replayed') return answer;
  const report = { ...reportOf(answer.flow, locator, true), replayed: answer.trace };
  return { kind: 'played', attach: reportAround(flows, facts, [report]) };
}

/** Of code that has parts, shown. */
export function attachReport(
  flows: AttachFlows,
  facts: DesignFacts,
  locator: Locator,
  { scenario, isCancelled = () => false }: ScenarioOptions,
): AttachReport {
  const reports: ScenarioReport[] = [];
  for (const flow of flows.play(scenario)) {
    reports.push(reportOf(flow, locator, flow.shownBy === null));
    if (isCancelled()) break;
  }
  return reportAround(flows, facts, reports);
}

function reportAround(
  flows: AttachFlows,
  facts: DesignFacts,
  scenarios: readonly ScenarioReport[],
): AttachReport {
  return {
    functions: flows.names,
    flows: flows.parts.map((part) => ({
      function: part.item.name,
      file: part.unit.image.path,
      role: roleOf(part, facts),
      scenarios: scenarios.map((each) => each.scenario),
    })),
    scenarios,
    why: flows.obstacle,
  };
}

/** A scenario with each thing that can be varied in it. */
const variantNames = (base: string): string[] => offeredVariants(base).flatMap(({ other }) => other ?? []);

/** Null when there is something to play, or a reason to give why it cannot be. */
function refusalOf(flows: AttachFlows, name: string): ScenarioAnswer | null {
  const { names, parts, scenarios } = flows;
  if (names.length === 0)
    return { kind: 'no-parts', why: `nothing in it for scenarios to call; looked for ${KIT_WORDS}` };
  if (parts.length === 0)
    return {
      kind: 'no-parts',
      why: `for scenarios it would have to show a line of ${names.map((each) => `${each}()`).join(' or ')}`,
    };
  const base = baseNameOf(name);
  const known = isVaried(name)
    ? SCENARIOS.filter(({ id }) => id === base && scenarioNamed(name).kind !== 'unknown')
    : SCENARIOS.filter((each) => isOfRow(each, name));
  if (known.length === 0 && isVaried(name) && SCENARIOS.some(({ id }) => id === base))
    return { kind: 'no-scenario', names: variantNames(base) };
  if (known.length === 0) {
    const played = flows.obstacle === null ? scenarios : SCENARIOS;
    return { kind: 'no-scenario', names: [...new Set(played.flatMap((each) => [rowOf(each), each.id]))] };
  }
  if (flows.obstacle !== null || flows.asked(name).length > 0) return null;
  const named = scenarioNamed(name);
  if (named.kind === 'unfit') return { kind: 'unfit', why: named.why, names: variantNames(base) };
  return { kind: 'unfit', why: flows.whyUnfit(known[0]!) ?? '', names: [...new Set(scenarios.map(rowOf))] };
}

function reportOf(
  { verdict, story, breaches, unshown, shownBy }: AttachFlow,
  locator: Locator,
  isTraced: boolean,
): ScenarioReport {
  return {
    scenario: verdict,
    story,
    breaches: [
      ...breaches.map((each) => {
        const found = locator.find(each.spot);
        const { file, line = null } = found?.region ?? { file: each.spot.unit.image.path };
        const source = found?.source ?? null;
        return { ...breachOf(each, locator, isTraced), file, line, region: found?.region ?? null, source };
      }),
      ...unshown.map((each) => ({
        ...breachOf(each, locator, isTraced),
        ...each.place,
        region: null,
        source: null,
      })),
    ],
    shownBy,
    replayed: null,
  };
}

function breachOf(
  breach: FlowBreachFact | UnshownBreachFact,
  locator: Locator,
  isTraced: boolean,
): Omit<ScenarioBreach, 'file' | 'line' | 'region' | 'source'> {
  const { monitor, words, confidence, assumptions, function: name } = breach;
  const { title, severity } = MONITORS[monitor];
  return {
    ...{ monitor, title, severity, confidence, assumptions, function: name },
    message: words,
    related: breach.related.flatMap((each): Related[] => {
      const place = locator.find(each.spot);
      return place ? [{ ...place, message: each.message }] : [];
    }),
    trace: isTraced ? breach.trace() : null,
  };
}
