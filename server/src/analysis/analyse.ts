/** Runs the rules over a program and says what they found in terms of the inputs. */
import type { Finding, Fix, Flow, Related, Severity } from '../findings/index.js';
import { type DesignFacts, designFacts, type Program, type Spot, type Unit } from '../iommu/index.js';
import { type BreachFact, type Objection, RULES, type Rule } from '../rules/index.js';
import { flowOf } from './flows.js';
import { Locator, type Origin } from './locate.js';
import { type SimulatedFunction, Simulator, type Surroundings } from './simulation.js';

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
  options.enter?.('rules');
  const breaches = simulated.flatMap((each) => each.breaches);
  const findings = findingsOf(facts, breaches, locator, options);
  const flows = simulated.map((each) => flowOf(each, facts));
  return { findings, flows, facts, locator, runs: simulator?.runs ?? 0, program };
}

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
