/** What callers rely on in how a function is declared: what it gives and takes, in words that can be compared. */
import { type FunctionItem, spellingOf } from '../syntax/index.js';
import type { CallShape } from './facts.js';

export function callShapeOf({ returns, parameters }: FunctionItem): CallShape {
  const isNothing =
    parameters.length === 1 && parameters[0]!.name === '' && spelled(parameters[0]!.type) === 'void';
  return {
    returns: spelled(returns),
    parameters: isNothing ? [] : parameters.map(({ name, type }) => ({ name, type: spelled(type) })),
  };
}

/** Whether calls of the one compile as calls of the other: names of parameters are nobody's business. */
export function isSameCallShape(one: CallShape, other: CallShape): boolean {
  return (
    one.returns === other.returns &&
    one.parameters.length === other.parameters.length &&
    one.parameters.every(({ type }, at) => type === other.parameters[at]!.type)
  );
}

function spelled(type: FunctionItem['returns']): string {
  if (type.isFunctionPointer)
    return `${spellingOf(type)} (*)(${(type.parameters ?? []).map((each) => spelled(each.type)).join(', ')})`;
  return spellingOf({ base: type.base, pointers: type.pointers + (type.isArray ? 1 : 0) });
}
