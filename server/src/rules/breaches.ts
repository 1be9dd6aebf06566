/** From a breach that a run shows to an objection: the same for every rule that simulated runs speak for. */
import { TWO_INSTANCES } from '../findings/index.js';
import type { MonitorId } from '../sim/engine/index.js';
import type { BreachFact, Objection, RuleInput } from './rule.js';

/**
 * The objections of one rule to what its monitors saw. `guess`: how bad one is
 * that rests on guesses; that somebody else runs at the same time is no wild one.
 * `atGuard`: the advice where a test let it through that was there to refuse it.
 */
export function* breachesOf(
  input: RuleInput,
  monitors: readonly MonitorId[],
  advice: string,
  guess: 'hint' | 'info' = 'hint',
  atGuard = advice,
): Iterable<Objection> {
  for (const breach of input.breaches) {
    if (!monitors.includes(breach.monitor) || !isInScope(breach, input)) continue;
    const { guard } = breach;
    const end = guard ? `: ${atGuard}` : `. ${advice}`;
    yield {
      at: guard?.spot ?? breach.spot,
      function: guard?.function ?? breach.function,
      message: `${sentenceOf(breach)}${scenarioOf(breach)}${end}`,
      related: [...(guard ? [{ spot: breach.spot, message: 'it goes wrong here' }] : []), ...breach.related],
      confidence: breach.confidence,
      assumptions: breach.assumptions,
      trace: breach.trace,
      // What rests on guesses is no squiggle.
      ...(breach.confidence === 'possible' ? { severity: guess } : {}),
      ...(breach.severity ? { severity: breach.severity } : {}),
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

/** Who shows what broke: scenarios that bind, functions that are run alone, or a driver's operation that is played on two instances. */
export type Shower = 'scenarios' | 'functions' | 'drivers';

/** Of all that broke, what one of them shows. */
export function shownBy(input: RuleInput, by: Shower): RuleInput {
  const isMeant = ({ scenario }: BreachFact): boolean => showerOf(scenario) === by;
  return { ...input, breaches: input.breaches.filter(isMeant) };
}

function showerOf(scenario: string | undefined): Shower {
  if (scenario === undefined) return 'functions';
  return scenario.startsWith(`${TWO_INSTANCES}/`) ? 'drivers' : 'scenarios';
}

/** Of a patch, what it brings in; where that could not be told, what stands on a line that it adds. */
function isInScope({ spot, isIntroduced }: BreachFact, { isNew, scope }: RuleInput): boolean {
  return scope === 'all' ? isNew(spot) : (isIntroduced ?? isNew(spot));
}
