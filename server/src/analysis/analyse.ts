/** Runs the rules over a program and says what they found in terms of the inputs. */
import type { Finding, Fix, Flow, Related, Severity } from '../findings/index.js';
import type { DesignFacts, Program, Spot, Unit } from '../iommu/index.js';
import { type BreachFact, type MailObjection, type Objection, RULES, type Rule } from '../rules/index.js';
import { type AttachFlow, AttachFlows, type FlowBreachFact } from './attach-flows.js';
import { type CodeFacts, type Context, NO_CONTEXT, NO_FACTS, readCode } from './code-facts.js';
import { flowOf } from './flows.js';
import { Locator, type Origin } from './locate.js';
import { type SimulatedFunction, Simulator, type Surroundings } from './simulation.js';
import { strengthened } from './strengthen.js';

export interface AnalysisOptions {
  /** `changed`: only what a patch adds. */
  readonly scope: 'changed' | 'all';
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** Left out: all that come with the project. */
  readonly rules?: readonly Rule[];
  /** What stands around the code, for rules that ask; left out, nothing does. */
  readonly context?: Context;
  /** Where the functions under review are run; left out, they are not. */
  readonly simulation?: Surroundings | null;
  readonly isCancelled?: () => boolean;
  /** Told which phase begins. */
  readonly enter?: (phase: 'rules' | 'simulate') => void;
}

/** What decides which objections are made, and how bad they are. */
type Judging = Pick<AnalysisOptions, 'scope' | 'severities' | 'rules'>;

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
  const { context = NO_CONTEXT } = options;
  const code = readCode(program, context);
  const { facts } = code;
  const locator = new Locator(origins, context.mails);
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
  const alone = findingsOf(code, breaches, locator, options);
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
  options: Judging,
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
  const more =
    first.length === 0 ? [] : findingsOf(NO_FACTS, first, locator, options).filter((each) => !isKnown(each));
  return [...proved, ...more];
}

/** What the rules make of facts and breaches. */
export function findingsOf(
  code: CodeFacts,
  breaches: readonly BreachFact[],
  locator: Locator,
  options: Judging,
): Finding[] {
  const isNew = (spot: Spot): boolean => {
    if (!spot.unit.isReviewed) return false;
    const lines = locator.linesOf(spot);
    return options.scope === 'all'
      ? lines.some((line) => line.rawLine !== null)
      : lines.some((line) => line.isAdded);
  };
  const isPatch = ({ unit }: Spot): boolean => unit.image.basis !== 'whole-file';
  return (options.rules ?? RULES).flatMap((rule) => {
    if (options.severities.get(rule.id) === 'off') return [];
    return [...rule.check({ ...code, breaches, isNew, isPatch })].flatMap((objection) =>
      findingOf(rule, objection, locator, options),
    );
  });
}

function findingOf(
  rule: Rule,
  objection: Objection | MailObjection,
  locator: Locator,
  options: Pick<AnalysisOptions, 'severities'>,
): Finding[] {
  const inCode = isInCode(objection) ? objection : null;
  const found = isInCode(objection) ? locator.find(objection.at) : locator.findInMail(objection.at);
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
      function: inCode?.function ?? null,
      source: found.source,
      related: (objection.related ?? []).flatMap((each): Related[] => {
        const place = locator.find(each.spot);
        return place ? [{ ...place, message: each.message }] : [];
      }),
      assumptions: objection.assumptions ?? [],
      trace: inCode?.trace?.() ?? null,
      fix: inCode && fixOf(inCode, locator),
      tags: objection.tags ?? [],
    },
  ];
}

function isInCode(objection: Objection | MailObjection): objection is Objection {
  return 'unit' in objection.at;
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
