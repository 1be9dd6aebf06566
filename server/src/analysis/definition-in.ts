/** Which item of a file is the function of a name, and not only its prototype. */
import type { CFile, FunctionItem } from '../syntax/index.js';

/** The first that has a body, and is meant; null when none is. */
export function definitionIn(
  { items }: Pick<CFile, 'items'>,
  name: string,
  isMeant: (item: FunctionItem) => boolean = () => true,
): FunctionItem | null {
  const found = items.find(
    (each): each is FunctionItem =>
      each.kind === 'function' && each.name === name && each.bodySpan !== null && isMeant(each),
  );
  return found ?? null;
}
