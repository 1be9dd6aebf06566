/** The functions of one file, and the tables that name them. */
import {
  type CFile,
  type Comment,
  commentsIn,
  type Expression,
  type FunctionItem,
} from '../../syntax/index.js';
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
        isToldOfLocks: () => saysLocks(item, file),
        procedure: () => procedureOf(item),
      },
    ];
  });
}

const ABOUT_LOCKS = /^__(?:releases|acquires|must_hold|cond_acquires)/;
const LOCK_WORDS = /\b(?:held|holds?|holding|(?:un)?lock(?:s|ed|ing)?|releases?|drops?)\b/i;

/** Whether what stands above a function, or beside its head, is of locks. */
function saysLocks({ attributes, start }: FunctionItem, file: CFile): boolean {
  if (attributes.some(({ name }) => ABOUT_LOCKS.test(name))) return true;
  const above = commentsOf(file).findLast(({ end }) => end <= start);
  if (!above || file.text.slice(above.end, start).trim() !== '') return false;
  return above.lines.some(({ text }) => LOCK_WORDS.test(text));
}

const comments = new WeakMap<CFile, readonly Comment[]>();

function commentsOf(file: CFile): readonly Comment[] {
  let known = comments.get(file);
  if (!known) {
    known = commentsIn(file.text);
    comments.set(file, known);
  }
  return known;
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
