/** Tables of operations of the reviewed files: which slots they fill, and where. */
import type { Expression, VariableItem } from '../syntax/index.js';
import type { TableFact } from './facts.js';
import type { Located, Program } from './program.js';

/** Every table of a struct of operations, nested ones by themselves. */
export function tableFacts(program: Program): readonly TableFact[] {
  return program.allVariables().flatMap(({ unit, item }): TableFact[] => {
    if (!unit.isReviewed || !/^struct \w*ops\w*$/.test(item.type.base) || item.type.pointers > 0) return [];
    const spot = { unit, span: item.nameSpan };
    const read = (type: string, value: Expression | null): TableFact[] => {
      if (value?.kind !== 'initializers') return [];
      const slots = value.entries.map(({ member, value: given, start, end }) => ({
        name: member,
        function: given.kind === 'name' ? given.name : null,
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

/** A function that a table has in a slot, its own or one of a table inside. */
export interface SlotEntry {
  /** Of the table that has the slot, with its keyword; '' where a table inside does not say it. */
  readonly type: string;
  readonly slot: string;
  readonly function: string;
  /** The variable that all of it is. */
  readonly table: Located<VariableItem>;
}

/** Those of all tables at hand, reviewed or not. */
export function slotEntries(program: Program): readonly SlotEntry[] {
  return program.surroundings.known(readSlotEntries, program);
}

function readSlotEntries(program: Program): readonly SlotEntry[] {
  return program.allVariables().flatMap((table) => {
    const read = (type: string, value: Expression | null): SlotEntry[] => {
      if (value?.kind !== 'initializers') return [];
      return value.entries.flatMap(({ member, value: given }) => {
        const inner = given.kind === 'unary' || given.kind === 'cast' ? given.operand : given;
        if (inner.kind === 'initializers') return read(inner.type?.base ?? '', inner);
        return inner.kind === 'name' ? [{ type, slot: member, function: inner.name, table }] : [];
      });
    };
    return table.item.type.pointers === 0 ? read(table.item.type.base, table.item.initial) : [];
  });
}

/** By which functions of a file are known in such maps. */
export const functionKey = (path: string, name: string): string => `${path}:${name}`;
