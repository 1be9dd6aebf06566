/** What a function under review is in the IOMMU world. */
import type { DesignFacts, FunctionFact, Located } from '../iommu/index.js';
import type { FunctionItem } from '../syntax/index.js';

/** In words; null for most. */
export function roleOf({ unit, item }: Located<FunctionItem>, facts: DesignFacts): string | null {
  const fact = factsByName(facts)
    .get(item.name)
    ?.find(({ nameSpot }) => nameSpot.unit === unit && nameSpot.span.start === item.nameSpan.start);
  return fact?.role ?? null;
}

/** Asked once for each function of an input, which may be all of a folder. */
const byName = new WeakMap<DesignFacts, ReadonlyMap<string, readonly FunctionFact[]>>();

function factsByName(facts: DesignFacts): ReadonlyMap<string, readonly FunctionFact[]> {
  const known = byName.get(facts);
  if (known) return known;
  const named = new Map<string, FunctionFact[]>();
  for (const fact of facts.functions) {
    const { name } = fact;
    const others = named.get(name);
    if (others) others.push(fact);
    else named.set(name, [fact]);
  }
  byName.set(facts, named);
  return named;
}
