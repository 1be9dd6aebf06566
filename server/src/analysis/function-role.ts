/** What a function under review is in the IOMMU world. */
import type { DesignFacts, Located } from '../iommu/index.js';
import type { FunctionItem } from '../syntax/index.js';

/** In words; null for most. */
export function roleOf({ unit, item }: Located<FunctionItem>, { functions }: DesignFacts): string | null {
  const fact = functions.find(
    ({ name, nameSpot }) =>
      name === item.name && nameSpot.unit === unit && nameSpot.span.start === item.nameSpan.start,
  );
  return fact?.role ?? null;
}
