/**
 * One defect, one finding: what a run or a scenario shows of a design that a rule has
 * objected to already is the proof of that objection, not another one.
 */
import { type Finding, isAtLeast, type Region, type Related } from '../findings/index.js';
import { RULES } from '../rules/index.js';
import type { FlowBreachFact } from './attach-flows.js';
import type { Locator } from './locate.js';

/** The rules whose objections a monitor proves, by its id. */
const PROVED = new Map<string, Set<string>>();
for (const { id, confirmedBy = [] } of RULES)
  for (const monitor of confirmedBy) PROVED.set(monitor, (PROVED.get(monitor) ?? new Set()).add(id));

/** The rules whose runs prove what one objects to, by its id. */
const PROVED_BY = new Map(RULES.map(({ id, provedBy = [] }) => [id, new Set(provedBy)]));

const PROVING = new Set([...PROVED_BY.values()].flatMap((rules) => [...rules]));

/** Whether a finding that a run shows may be the proof of what another rule objects to. */
export function mayProve({ rule }: Finding): boolean {
  return PROVING.has(rule);
}

/** Findings of which those that a run shows at a place that another names are the proof of that one. */
export function toldOnce(all: readonly Finding[]): readonly Finding[] {
  const findings = toldOfCallees(all);
  const proofs = new Map<Finding, Finding>();
  for (const run of findings.filter(({ trace }) => trace !== null)) {
    const proved = findings.find((finding) => finding.trace === null && isProvedByRun(finding, run));
    if (proved && !proofs.has(proved)) proofs.set(proved, run);
  }
  if (proofs.size === 0) return findings;
  const spent = new Set(proofs.values());
  return findings.flatMap((finding): Finding[] => {
    if (spent.has(finding)) return [];
    const run = proofs.get(finding);
    if (!run) return [finding];
    const severity = isAtLeast(run.severity, finding.severity) ? run.severity : finding.severity;
    const confidence = run.confidence === 'certain' ? 'certain' : finding.confidence;
    const assumptions = [...finding.assumptions, ...run.assumptions];
    return [{ ...finding, severity, confidence, assumptions, trace: run.trace }];
  });
}

/** Findings without those of callers: what a callee does wrong by itself is told of it, and not of all who call it. */
export function toldOfCallees(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => !isToldOfCallee(finding, findings));
}

/** Whether a run of another function alone shows the same at a place that a run of this one leads to. */
function isToldOfCallee(finding: Finding, all: readonly Finding[]): boolean {
  return (
    finding.trace !== null &&
    finding.related.some(({ region }) =>
      all.some(
        (other) =>
          other.trace !== null &&
          other.rule === finding.rule &&
          other.function !== finding.function &&
          isAtLeast(other.severity, finding.severity) &&
          isSamePlace(other.region, region) &&
          // Two that name one another are two sides of one thing: neither calls the other.
          !other.related.some((each) => isSamePlace(each.region, finding.region)),
      ),
    )
  );
}

function isSamePlace(one: Region | null, other: Region | null): boolean {
  return (
    one !== null &&
    other !== null &&
    one.file === other.file &&
    one.line === other.line &&
    one.column === other.column
  );
}

function isProvedByRun(finding: Finding, run: Finding): boolean {
  const { region } = run;
  if (finding.function !== run.function || !region || !PROVED_BY.get(finding.rule)?.has(run.rule))
    return false;
  return [finding, ...finding.related].some(
    (each) => each.region?.file === region.file && each.region.line === region.line,
  );
}

interface Strengthened {
  readonly findings: readonly Finding[];
  /** What no finding says yet. */
  readonly left: readonly FlowBreachFact[];
}

/** Gives findings the runs that prove them. Of several runs the first one counts. */
export function strengthened(
  findings: readonly Finding[],
  breaches: readonly FlowBreachFact[],
  locator: Locator,
): Strengthened {
  const proofs = new Map<Finding, FlowBreachFact>();
  const left: FlowBreachFact[] = [];
  for (const breach of breaches) {
    const proved = findings.filter((finding) => isProvedBy(finding, breach));
    for (const finding of proved) if (!proofs.has(finding)) proofs.set(finding, breach);
    if (proved.length === 0) left.push(breach);
  }
  return {
    left,
    findings: findings.map((finding) => {
      const proof = proofs.get(finding);
      return proof ? withProof(finding, proof, locator) : finding;
    }),
  };
}

/** The objection is to a function that the run came by. */
function isProvedBy({ rule, function: name }: Finding, breach: FlowBreachFact): boolean {
  return name !== null && breach.functions.has(name) && (PROVED.get(breach.monitor)?.has(rule) ?? false);
}

function withProof(finding: Finding, proof: FlowBreachFact, locator: Locator): Finding {
  const place = locator.find(proof.spot);
  const shown: Related[] = place
    ? [{ ...place, message: `a run of ${proof.scenario} shows it: ${proof.words}` }]
    : [];
  return {
    ...finding,
    related: [...finding.related, ...shown],
    trace: finding.trace ?? proof.trace(),
  };
}
