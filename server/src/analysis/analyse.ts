/** Runs the rules over a program and says what they found in terms of the inputs. */
import type { Finding, Fix, Flow, Related, Severity } from '../findings/index.js';
import { type DesignFacts, designFacts, type Program, type Spot, type Unit } from '../iommu/index.js';
import { type BreachFact, type Objection, RULES, type Rule } from '../rules/index.js';
import { type AttachFlow, AttachFlows, type FlowBreachFact } from './attach-flows.js';
import { flowOf } from './flows.js';
import { Locator, type Origin } from './locate.js';
import { type SimulatedFunction, Simulator, type Surroundings } from './simulation.js';
import { strengthened } from './strengthen.js';

export interface AnalysisOptions {
  /** `changed`: only what a patch adds. */
  readonly scope: 'changed' | 'all';
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** Where the functions under review are run; left out, they are not. */
  readonly simulation?: Surroundings | null;
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
  const facts = designFacts(program);
  const locator = new Locator(origins);
  const { simulation = null, isCancelled = () => false } = options;
  options.enter?.('simulate');
  const simulator = simulation && new Simulator(program, simulation, locator);
  const simulated: SimulatedFunction[] = [];
  for (const fn of simulator?.functions() ?? []) {
    if (isCancelled()) break;
    simulated.push(simulator!.run(fn));
  }
  const attach = simulation && new AttachFlows(program, simulation, locator);
  const played: AttachFlow[] = [];
  for (const flow of attach?.play() ?? []) {
    played.push(flow);
    if (isCancelled()) break;
  }
  options.enter?.('rules');
  const breaches = simulated.flatMap((each) => each.breaches);
  const alone = findingsOf(facts, breaches, locator, options);
  const findings = withFlows(alone, played, locator, options);
  const scenarios = played.map(({ verdict }) => verdict);
  const flows = simulated.map((each) => flowOf(each, facts, attach?.calls(each.fn.item) ? scenarios : []));
  const runs = (simulator?.runs ?? 0) + scenarios.reduce((sum, each) => sum + each.runs, 0);
  return { findings, flows, facts, locator, runs, program };
}

/** Findings with what the scenarios prove of them, and what only the scenarios show. */
export function withFlows(
  findings: readonly Finding[],
  played: readonly AttachFlow[],
  locator: Locator,
  options: Pick<AnalysisOptions, 'scope' | 'severities'>,
): Finding[] {
  // What rests on a guess proves nothing, and is no finding.
  const breaches = played.flatMap((flow) =>
    flow.breaches.filter(({ confidence }) => confidence === 'certain'),
  );
  const { findings: proved, left } = strengthened(findings, breaches, locator);
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
  const more = findingsOf(NO_FACTS, first, locator, options).filter((each) => !isKnown(each));
  return [...proved, ...more];
}

/** Rules that read facts find nothing in these: what they find was asked before. */
export const NO_FACTS: DesignFacts = { structs: [], functions: [], tables: [], fileLocks: new Map() };

/** What the rules make of facts and breaches. */
export function findingsOf(
  facts: DesignFacts,
  breaches: readonly BreachFact[],
  locator: Locator,
  options: Pick<AnalysisOptions, 'scope' | 'severities'>,
): Finding[] {
  const isNew = (spot: Spot): boolean => {
    if (!spot.unit.isReviewed) return false;
    const lines = locator.linesOf(spot);
    return options.scope === 'all'
      ? lines.some((line) => line.rawLine !== null)
      : lines.some((line) => line.isAdded);
  };
  const isPatch = ({ unit }: Spot): boolean => unit.image.basis !== 'whole-file';
  return RULES.flatMap((rule) => {
    if (options.severities.get(rule.id) === 'off') return [];
    return [...rule.check({ facts, breaches, isNew, isPatch })].flatMap((objection) =>
      findingOf(rule, objection, locator, options),
    );
  });
}

function findingOf(
  rule: Rule,
  objection: Objection,
  locator: Locator,
  options: Pick<AnalysisOptions, 'severities'>,
): Finding[] {
  const found = locator.find(objection.at);
  if (!found?.source) return [];
  const severity = options.severities.get(rule.id) ?? objection.severity ?? rule.severity;
  if (severity === 'off') return [];
  return [
    {
      rule: rule.id,
      classes: rule.classes,
      severity,
      confidence: objection.confidence ?? rule.confidence,
      message: objection.message,
      region: found.region,
      function: objection.function ?? null,
      source: found.source,
      related: (objection.related ?? []).flatMap((each): Related[] => {
        const place = locator.find(each.spot);
        return place ? [{ ...place, message: each.message }] : [];
      }),
      assumptions: objection.assumptions ?? [],
      trace: objection.trace?.() ?? null,
      fix: fixOf(objection, locator),
      tags: objection.tags ?? [],
    },
  ];
}

function fixOf({ fix }: Objection, locator: Locator): Fix | null {
  if (!fix) return null;
  const edits = fix.edits.flatMap(({ spot, text }) => {
    const place = locator.find(spot);
    return place ? [{ ...place, text }] : [];
  });
  // Half a fix is no fix.
  return edits.length === fix.edits.length ? { title: fix.title, edits } : null;
}
