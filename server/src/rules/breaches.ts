/** From a breach that a run shows to an objection: the same for every rule that simulated runs speak for. */
import type { MonitorId } from '../sim/engine/index.js';
import type { BreachFact, Objection, RuleInput } from './rule.js';

/**
 * The objections of one rule to what its monitors saw. `guess`: how bad one is
 * that rests on guesses; that somebody else runs at the same time is no wild one.
 */
export function* breachesOf(
  input: RuleInput,
  monitors: readonly MonitorId[],
  advice: string,
  guess: 'hint' | 'info' = 'hint',
): Iterable<Objection> {
  for (const breach of input.breaches) {
    if (!monitors.includes(breach.monitor) || !isInScope(breach, input)) continue;
    yield {
      at: breach.spot,
      function: breach.function,
      message: `${sentenceOf(breach)}${scenarioOf(breach)}. ${advice}`,
      related: breach.related,
      confidence: breach.confidence,
      assumptions: breach.assumptions,
      trace: breach.trace,
      // What rests on guesses is no squiggle.
      ...(breach.severity ? { severity: breach.severity } : {}),
      ...(breach.confidence === 'possible' ? { severity: guess } : {}),
    };
  }
}

/**
 * `attach() takes …`, but `attach(): the object …`. What a scenario shows may
 * have whoever acts there as its subject: `bind of D3 to M1 fails …`.
 */
function sentenceOf({ function: name, words, scenario }: BreachFact): string {
  const isOfFunction = scenario === undefined ? !/^(?:the |`)/.test(words) : VERB.test(words);
  return `${name}()${isOfFunction ? '' : ':'} ${words}`;
}

/** `frees`, `answers`, but not `process`. */
const VERB = /^[a-z]*[^s\W]s /;

function scenarioOf({ scenario }: BreachFact): string {
  return scenario === undefined ? '' : ` (scenario ${scenario})`;
}

/** Of all that broke, what a scenario shows; or what functions show that are run alone. */
export function shownBy(input: RuleInput, by: 'scenarios' | 'functions'): RuleInput {
  const isMeant = ({ scenario }: BreachFact): boolean => (scenario !== undefined) === (by === 'scenarios');
  return { ...input, breaches: input.breaches.filter(isMeant) };
}

/** Of a patch, what it brings in; where that could not be told, what stands on a line that it adds. */
function isInScope({ spot, isIntroduced }: BreachFact, { isNew, scope }: RuleInput): boolean {
  return scope === 'all' ? isNew(spot) : (isIntroduced ?? isNew(spot));
}
