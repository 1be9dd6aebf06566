/** Tables of operations of the reviewed files: which slots they fill, and where. */
import type { Expression } from '../syntax/index.js';
import type { TableFact } from './facts.js';
import type { Program } from './program.js';

/** Every table of a struct of operations, nested ones by themselves. */
export function tableFacts(program: Program): readonly TableFact[] {
  return program.allVariables().flatMap(({ unit, item }): TableFact[] => {
    if (!unit.isReviewed || !/^struct \w*ops\w*$/.test(item.type.base) || item.type.pointers > 0) return [];
    const spot = { unit, span: item.nameSpan };
    const read = (type: string, value: Expression | null): TableFact[] => {
      if (value?.kind !== 'initializers') return [];
      const slots = value.entries.map(({ member, start, end }) => ({
        name: member,
        spot: { unit, span: { start, end } },
      }));
      const inner = value.entries.flatMap((entry) => {
        const nested =
          entry.value.kind === 'unary' || entry.value.kind === 'cast' ? entry.value.operand : entry.value;
        return nested.kind === 'initializers' ? read(nested.type?.base ?? '', nested) : [];
      });
      return [{ type, name: item.name, spot, slots, isWhole: item.missing.length === 0 }, ...inner];
    };
    return read(item.type.base, item.initial);
  });
}
