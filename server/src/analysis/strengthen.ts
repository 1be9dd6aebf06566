/**
 * One defect, one finding: what a scenario shows of a design that a rule has
 * objected to already is the proof of that objection, not another one.
 */
import type { Finding, Related } from '../findings/index.js';
import { RULES } from '../rules/index.js';
import type { FlowBreachFact } from './attach-flows.js';
import type { Locator } from './locate.js';

/** The rules whose objections a monitor proves, by its id. */
const PROVED = new Map<string, Set<string>>();
for (const { id, confirmedBy = [] } of RULES)
  for (const monitor of confirmedBy) PROVED.set(monitor, (PROVED.get(monitor) ?? new Set()).add(id));

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
