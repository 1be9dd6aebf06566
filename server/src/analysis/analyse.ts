/** Runs the rules over a program and says what they found in terms of the inputs. */
import type { Finding, Flow } from '../findings/index.js';
import type { DesignFacts, Program, Unit } from '../iommu/index.js';
import { type AttachFlow, AttachFlows, type FlowBreachFact } from './attach-flows.js';
import { NO_CONTEXT, NO_FACTS, readCode } from './code-facts.js';
import { breachesOfDrivers, type DriverFlow, DriverFlows, driverVerdicts } from './driver-flows.js';
import { flowOf } from './flows.js';
import { Judge, type Judging } from './judge.js';
import { Locator, type Origin } from './locate.js';
import type { FunctionRuns } from './run-share.js';
import { type SimulatedFunction, Simulator, type Surroundings } from './simulation.js';
import { strengthened, toldOnce } from './strengthen.js';

export interface AnalysisOptions extends Judging {
  /** Where the functions under review are run; left out, they are not. */
  readonly simulation?: Surroundings | null;
  /** Functions that were run elsewhere, by their number among all. */
  readonly functionRuns?: FunctionRuns;
  readonly isCancelled?: () => boolean;
  /** Told which phase begins. */
  readonly enter?: (phase: 'rules' | 'simulate') => void;
}

export interface Analysis {
  /** In the order of the rules; see `review/` for the order in which people read them. */
  readonly findings: readonly Finding[];
  /** What running the functions under review said, in the order of the input. */
  readonly flows: readonly Flow[];
  readonly facts: DesignFacts;
  readonly locator: Locator;
  /** Objections that comments in the code allow. */
  readonly allowed: number;
  /** Simulated runs. */
  readonly runs: number;
  /** What was analysed, for the next version of it. */
  readonly program: Program;
}

/** All findings in the reviewed units of `program`. `origins` tells for each of them which input it came from. */
export function analyse(
  program: Program,
  origins: ReadonlyMap<Unit, Origin>,
  options: AnalysisOptions,
): Analysis {
  const { context = NO_CONTEXT } = options;
  const code = readCode(program, context);
  const { facts } = code;
  const locator = new Locator(origins, context.mails);
  const { simulation = null, isCancelled = () => false } = options;
  options.enter?.('simulate');
  const simulator = simulation && new Simulator(program, simulation, locator);
  const simulated: SimulatedFunction[] = [];
  for (const [index, fn] of (simulator?.functions() ?? []).entries()) {
    if (isCancelled()) break;
    const known = options.functionRuns?.get(index);
    simulated.push(known ? simulator!.told(fn, known) : simulator!.run(fn));
  }
  const attach = simulation && new AttachFlows(program, simulation, locator);
  const played: AttachFlow[] = [];
  for (const flow of attach?.play() ?? []) {
    played.push(flow);
    if (isCancelled()) break;
  }
  const drivers = simulation && new DriverFlows(program, simulation, locator);
  const driven: DriverFlow[] = [];
  for (const flow of drivers?.play() ?? []) {
    driven.push(flow);
    if (isCancelled()) break;
  }
  options.enter?.('rules');
  const breaches = simulated.flatMap((each) => each.breaches);
  const ofFlows = [...breachesOfFlows(played), ...breachesOfDrivers(driven)];
  const judge = new Judge(program, locator, options);
  const shown = withFlows(judge.findings(code, breaches), ofFlows, locator, judge);
  const isOver = simulation !== null && !isCancelled();
  const findings = [
    ...shown,
    ...judge.ofAllowances(code, [...breaches, ...breachesOfDrivers(driven)], isOver),
  ];
  const scenarios = played.map(({ verdict }) => verdict);
  const flows = simulated.map((each) =>
    flowOf(each, facts, [
      ...(attach?.calls(each.fn.item) ? scenarios : []),
      ...driverVerdicts(each.fn.item, driven),
    ]),
  );
  const runs =
    (simulator?.runs ?? 0) +
    scenarios.reduce((sum, each) => sum + each.runs, 0) +
    driven.reduce((sum, { report }) => sum + report.runs, 0);
  return { findings, flows, facts, locator, runs, program, allowed: judge.allowed };
}

/** What scenarios show. What rests on a guess proves nothing, and is no finding. */
export function breachesOfFlows(played: readonly AttachFlow[]): FlowBreachFact[] {
  return played.flatMap((flow) => flow.breaches.filter(({ confidence }) => confidence === 'certain'));
}

/** Findings with what runs and scenarios prove of them, and what only the scenarios show. */
export function withFlows(
  findings: readonly Finding[],
  breaches: readonly FlowBreachFact[],
  locator: Locator,
  judge: Judge,
): Finding[] {
  const { findings: proved, left } = strengthened(toldOnce(findings), breaches, locator);
  // The same in several scenarios is told once, by the first of them.
  const keyOf = ({ monitor, spot }: FlowBreachFact): string =>
    `${monitor} ${spot.unit.image.path}:${spot.span.start}`;
  const first = left.filter((each, at) => left.findIndex((other) => keyOf(other) === keyOf(each)) === at);
  const isKnown = (finding: Finding): boolean =>
    proved.some(
      ({ rule, region }) =>
        rule === finding.rule &&
        region?.file === finding.region?.file &&
        region?.line === finding.region?.line,
    );
  const more = first.length === 0 ? [] : judge.findings(NO_FACTS, first).filter((each) => !isKnown(each));
  return [...proved, ...more];
}
