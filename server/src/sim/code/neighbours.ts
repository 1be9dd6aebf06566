/** The functions of one file, and the tables that name them. */
import type { CFile, Expression, FunctionItem } from '../../syntax/index.js';
import type { Neighbour, Procedure } from '../engine/index.js';

export function neighboursIn(
  file: CFile,
  slots: ReadonlyMap<string, readonly string[]>,
  procedureOf: (item: FunctionItem) => Procedure,
): readonly Neighbour[] {
  return file.items.flatMap((item): Neighbour[] => {
    if (item.kind !== 'function' || !item.bodySpan) return [];
    return [
      {
        name: item.name,
        isStatic: item.isStatic,
        isInit: item.attributes.some(({ name }) => /^__(?:\w+_)?init(?:_\w+)?$/.test(name)),
        slots: slots.get(item.name) ?? [],
        procedure: () => procedureOf(item),
      },
    ];
  });
}

/** By function, the members that the file's initialised tables put it into. */
export function slotsIn(file: CFile): ReadonlyMap<string, readonly string[]> {
  const slots = new Map<string, string[]>();
  const read = (value: Expression): void => {
    if (value.kind === 'unary' || value.kind === 'cast') read(value.operand);
    if (value.kind !== 'initializers') return;
    for (const { member, value: inner } of value.entries) {
      const named = inner.kind === 'unary' ? inner.operand : inner;
      if (named.kind === 'name') slots.set(named.name, [...(slots.get(named.name) ?? []), member]);
      else read(inner);
    }
  };
  for (const item of file.items) if (item.kind === 'variable' && item.initial) read(item.initial);
  return slots;
}
