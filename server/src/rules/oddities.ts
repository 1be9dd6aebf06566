/** From an oddity in a function to an objection: the same for every rule that reads one kind of them. */
import type { OddityFact, OddityKind } from '../iommu/index.js';
import type { Objection, RuleInput } from './rule.js';

/** What is said of one, and how bad it is where that is not what the rule declares; null for nothing. */
type Said = string | Pick<Objection, 'message' | 'severity'> | null;

/**
 * The objections of one rule to one kind of oddity. `say` words one;
 * `fix` names the quick fix of those that say what should stand there.
 */
export function* odditiesIn(
  { facts, isNew }: RuleInput,
  kind: OddityKind,
  say: (oddity: OddityFact) => Said,
  fix?: string,
): Iterable<Objection> {
  for (const fn of facts.functions) {
    // A function that nobody touched has nothing new in it, and need not be read.
    if (!isNew(fn.spot)) continue;
    for (const oddity of fn.oddities.get(kind) ?? []) {
      const { spot, related, instead } = oddity;
      if (![spot, ...related.map((each) => each.spot)].some(isNew)) continue;
      const said = say(oddity);
      if (said === null) continue;
      yield {
        at: spot,
        function: fn.name,
        ...(typeof said === 'string' ? { message: said } : said),
        related,
        ...(fix && instead !== undefined ? { fix: { title: fix, edits: [{ spot, text: instead }] } } : {}),
      };
    }
  }
}
