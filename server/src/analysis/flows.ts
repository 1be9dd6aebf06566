/** What running the functions under review says, as data for people and programs: all of it, or one run by its tape. */
import {
  ALONE,
  type AttachReport,
  type DriverReport,
  type Flow,
  type FlowBreach,
  type FlowReport,
  type Related,
  type ScenarioVerdict,
  type Trace,
} from '../findings/index.js';
import { type DesignFacts, designFacts, type Located, type Program, type Unit } from '../iommu/index.js';
import type { BreachFact } from '../rules/index.js';
import { MONITORS, readTapeId } from '../sim/engine/index.js';
import type { FunctionItem } from '../syntax/index.js';
import { AttachFlows } from './attach-flows.js';
import { type DriverFlow, DriverFlows, driverVerdicts } from './driver-flows.js';
import { ALL_PROGRAMMES } from './driver-instances.js';
import { driverReport } from './driver-reports.js';
import { roleOf } from './function-role.js';
import { Locator, type Origin } from './locate.js';
import { contradictionIn, misfitOf } from './replayed-run.js';
import { attachReport } from './scenario-reports.js';
import { isRunnable, type SimulatedFunction, Simulator, type Surroundings } from './simulation.js';

export interface SimulationOptions {
  /** Exact names; empty for all functions. */
  readonly functions: readonly string[];
  readonly isCancelled?: () => boolean;
}

export interface Simulation {
  readonly reports: readonly FlowReport[];
  /** The scenarios of what binds and unbinds; null when nothing of it was asked for, or is there. */
  readonly attach: AttachReport | null;
  /** The operations of drivers that were asked for, on two hardware instances. */
  readonly drivers: readonly DriverReport[];
  /** Of all functions that could be run, asked for or not. */
  readonly names: readonly string[];
  readonly runs: number;
}

/** Runs the functions in the reviewed units of `program` one by one. */
export function simulateFunctions(
  program: Program,
  origins: ReadonlyMap<Unit, Origin>,
  surroundings: Surroundings,
  { functions, isCancelled = () => false }: SimulationOptions,
): Simulation {
  const locator = new Locator(origins);
  const simulator = new Simulator(program, surroundings, locator);
  const facts = designFacts(program);
  const isWanted = ({ item }: Located<FunctionItem>): boolean =>
    functions.length === 0 || functions.includes(item.name);
  const all = simulator.functions();
  const simulated: SimulatedFunction[] = [];
  for (const fn of all) {
    if (isCancelled()) break;
    if (isWanted(fn)) simulated.push(simulator.run(fn));
  }
  const flows = new AttachFlows(program, surroundings, locator);
  const attach = flows.parts.some(isWanted)
    ? attachReport(flows, facts, locator, { scenario: null, isCancelled })
    : null;
  const scenarios = attach?.scenarios.map(({ scenario }) => scenario) ?? [];
  const driven: DriverFlow[] = [];
  for (const flow of new DriverFlows(program, surroundings, locator, ALL_PROGRAMMES).play(isWanted)) {
    if (isCancelled()) break;
    driven.push(flow);
  }
  const reports = simulated.map((each) => {
    const called = [...(flows.calls(each.fn.item) ? scenarios : []), ...driverVerdicts(each.fn.item, driven)];
    return reportOf(each, facts, locator, { replayed: null, scenarios: called });
  });
  const drivers = driven.map((flow) => driverReport(flow, locator));
  const runs =
    scenarios.reduce((sum, each) => sum + each.runs, simulator.runs) +
    drivers.reduce((sum, each) => sum + each.runs, 0);
  return { reports, attach, drivers, names: all.map(({ item }) => item.name), runs };
}

/** A run repeated, or why it cannot be: `malformed` is no tape at all, `other-code` one of other code. */
export type Replay =
  | { readonly kind: 'replayed'; readonly report: FlowReport }
  | { readonly kind: 'malformed' }
  | { readonly kind: 'absent'; readonly names: readonly string[] }
  | { readonly kind: 'in-part'; readonly why: string }
  | { readonly kind: 'other-code' | 'impossible'; readonly why: string }
  | { readonly kind: 'ambiguous'; readonly files: readonly string[] };

/** Repeats one run of the only function called `name`, as a trace names it. */
export function replayFunction(
  program: Program,
  origins: ReadonlyMap<Unit, Origin>,
  surroundings: Surroundings,
  { name, tape }: { readonly name: string; readonly tape: string },
): Replay {
  const id = readTapeId(tape);
  if (!id) return { kind: 'malformed' };
  const locator = new Locator(origins);
  const simulator = new Simulator(program, surroundings, locator);
  const all = simulator.functions();
  const named = all.filter(({ item }) => item.name === name);
  const [first] = named;
  if (!first) return { kind: 'absent', names: all.map(({ item }) => item.name) };
  const files = [...new Set(named.map(({ unit }) => unit.image.path))];
  if (files.length > 1) return { kind: 'ambiguous', files };
  const whole = named.filter(isRunnable);
  if (whole.length === 0) return { kind: 'in-part', why: simulator.run(first).verdict.why };
  // A series shows a function once for each patch to it, an #if once for each arm: the tape tells, or else what it breaks.
  const versions = whole.map((fn) => ({ fn, replayed: simulator.replay(fn, id.tape) })).reverse();
  const fitting = versions.filter(({ replayed }) => misfitOf(`${name}()`, replayed.run, id) === null);
  const meant = fitting.find(({ replayed }) => replayed.breaches.length > 0) ?? fitting[0];
  if (!meant) return { kind: 'other-code', why: misfitOf(`${name}()`, versions[0]!.replayed.run, id)! };
  const { fn, replayed } = meant;
  const contradiction = contradictionIn(replayed.run);
  if (contradiction !== null) return { kind: 'impossible', why: contradiction };
  const trace = simulator.trace(fn, replayed.run);
  return {
    kind: 'replayed',
    report: reportOf(replayed, designFacts(program), locator, { replayed: trace, scenarios: [] }),
  };
}

/** What the run of one function says of it. */
export function flowOf(
  { fn, verdict, runs }: SimulatedFunction,
  facts: DesignFacts,
  scenarios: readonly ScenarioVerdict[] = [],
): Flow {
  return {
    function: fn.item.name,
    file: fn.unit.image.path,
    role: roleOf(fn, facts),
    scenarios: [
      { id: ALONE, verdict: verdict.kind, explored: verdict.explored, runs, why: verdict.why },
      ...scenarios,
    ],
  };
}

function reportOf(
  simulated: SimulatedFunction,
  facts: DesignFacts,
  locator: Locator,
  {
    replayed,
    scenarios,
  }: { readonly replayed: Trace | null; readonly scenarios: readonly ScenarioVerdict[] },
): FlowReport {
  const flow = flowOf(simulated, facts, scenarios);
  const { unit, item } = simulated.fn;
  const name = locator.find({ unit, span: item.nameSpan });
  return {
    flow,
    scenario: flow.scenarios[0]!,
    region: name?.region ?? null,
    source: name?.source ?? null,
    breaches: simulated.breaches.flatMap((each) => breachOf(each, locator) ?? []),
    replayed,
  };
}

function breachOf(breach: BreachFact, locator: Locator): FlowBreach | null {
  const found = locator.find(breach.spot);
  if (!found) return null;
  const { monitor, words, confidence, assumptions, isIntroduced } = breach;
  const { title, severity } = MONITORS[monitor];
  return {
    ...{ monitor, title, severity, confidence, assumptions, isIntroduced },
    message: words,
    region: found.region,
    source: found.source,
    related: breach.related.flatMap((each): Related[] => {
      const place = locator.find(each.spot);
      return place ? [{ ...place, message: each.message }] : [];
    }),
    trace: breach.trace(),
  };
}
