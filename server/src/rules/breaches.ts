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
      message: `${sentenceOf(breach)}. ${advice}`,
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

/** `attach() takes …`, but `attach(): the object …`. */
function sentenceOf({ function: name, words }: BreachFact): string {
  return `${name}()${/^(?:the |`)/.test(words) ? ':' : ''} ${words}`;
}

/** Of a patch, what it brings in; where that could not be told, what stands on a line that it adds. */
function isInScope({ spot, isIntroduced }: BreachFact, { isNew }: RuleInput): boolean {
  return isIntroduced ?? isNew(spot);
}
