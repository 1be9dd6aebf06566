/** Initialisers: `{ … }` in all its forms, written member by member into a place that was zeroed first. */
import type { Expression, Initializer } from '../syntax/index.js';
import type { Env } from './environment.js';
import { Op } from './instructions.js';
import { readString } from './literals.js';
import { lowerValue, typeOfExpression } from './lower-expressions.js';
import type { Lowering, Place } from './lowering.js';
import { Scalar } from './scalars.js';
import { findVariable } from './scopes.js';
import { LONG, type Type, UNKNOWN } from './types.js';

type List = Extract<Expression, { kind: 'initializers' }>;

/** How many entries of a list were used, when inner braces are left out. */
interface Cursor {
  readonly entries: readonly Initializer[];
  at: number;
}

/** A longer `[first ... last] =` would flood the code. */
const MOST_ELEMENTS = 4096n;

/** Gives a place its initial value. */
export function initialize(to: Lowering, place: Place, initial: Expression): void {
  to.at(initial);
  const macro = listOfMacro(to, initial);
  if (macro) {
    to.within(macro.env, () => initialize(to, place, macro.list));
    return;
  }
  if (initial.kind !== 'initializers' || initial.type) {
    if (initial.kind === 'literal' && place.type.kind === 'array') fillString(to, place, initial.text, true);
    else to.store(place, lowerValue(to, initial));
    return;
  }
  if (place.type.kind !== 'array' && place.type.kind !== 'record') {
    scalar(to, place, initial);
    return;
  }
  const { type } = place;
  const address = to.addressOf(place);
  to.builder.emit(Op.Zero, { a: address, type: type.spelling, c: type.size });
  braced(to, to.memory(address, type), initial);
}

/** `ATOMIC_INIT(0)`: a macro whose body is a list. */
function listOfMacro(to: Lowering, initial: Expression): { list: Expression; env: Env } | null {
  const callee = initial.kind === 'call' ? initial.callee : initial;
  if (callee.kind !== 'name' || findVariable(to.scope, callee.name)) return null;
  const macro = to.world.macros.find(callee.name, to.env);
  if (!macro || (macro.parameters !== null) !== (initial.kind === 'call')) return null;
  const args = initial.kind === 'call' ? initial.args : [];
  const opened = to.world.macros.open(
    macro,
    args.map((expression) => ({ expression, env: to.env })),
    to.env,
  );
  const { snippet } = opened;
  if (snippet.kind !== 'expression' || snippet.expression.kind !== 'initializers') return null;
  return { list: snippet.expression, env: to.entered(opened.env, macro, initial) };
}

/** `int x = { 3 };`, and a list for something of unknown type, or for a struct that is declared elsewhere. */
function scalar(to: Lowering, place: Place, { entries }: List): void {
  const [first] = entries;
  const isDesignated = entries.every(({ designators }) => designators[0]?.kind === 'member');
  const isRecord = place.type.kind === 'record';
  const isUnknown = isRecord || place.type.kind === 'unknown';
  if (isUnknown && isDesignated && (isRecord || first)) unknownRecord(to, place, entries);
  else if (isUnknown && (isRecord || entries.length > 1)) {
    const values = entries.map((entry) => lowerAny(to, entry.value));
    const made = to.opaque('an initialiser list for an unknown type', values);
    if (!isRecord) to.store(place, made);
  } else if (first) to.store(place, lowerValue(to, first.value));
  else
    to.store(place, to.constant(0n, place.type.scalar === Scalar.Unknown ? Scalar.I32 : place.type.scalar));
}

/** `{ .a = 1 }` for something of which only the members' names are known. */
function unknownRecord(to: Lowering, place: Place, entries: readonly Initializer[]): void {
  const a = to.addressOf(place);
  to.builder.emit(Op.Zero, { a, type: place.type.spelling });
  for (const entry of entries)
    inner(to, follow(to, to.memory(a, place.type), entry.designators), entry.value);
}

function lowerAny(to: Lowering, value: Expression): number {
  if (value.kind !== 'initializers' || value.type) return lowerValue(to, value).register;
  for (const entry of value.entries) lowerAny(to, entry.value);
  return to.constant(0n, Scalar.I32).register;
}

function braced(to: Lowering, place: Place, list: List): void {
  const [only] = list.entries;
  if (place.type.kind === 'array' && list.entries.length === 1 && only?.value.kind === 'literal') {
    if (fillString(to, place, only.value.text, false)) return;
  }
  members(to, place, { entries: list.entries, at: 0 }, true);
}

/** Fills a record or array from the cursor on; without braces of its own it stops when it is full. */
function members(to: Lowering, place: Place, cursor: Cursor, isBraced: boolean): void {
  const { type } = place;
  let next = 0;
  while (cursor.at < cursor.entries.length) {
    const entry = cursor.entries[cursor.at]!;
    if (entry.designators.length > 0) {
      if (!isBraced) return;
      next = designated(to, place, entry) + 1;
      cursor.at++;
      continue;
    }
    const made = isBraced ? to.world.madeEntries(entry, to.env) : null;
    if (made) {
      const env = to.entered(made.env, made.macro, entry.value);
      to.within(env, () => members(to, place, { entries: made.entries, at: 0 }, true));
      cursor.at++;
      continue;
    }
    const part = partAt(to, place, next++);
    if (part) positional(to, part, cursor);
    else if (isBraced) {
      surplus(to, type, entry);
      cursor.at++;
    } else return;
    if (type.kind === 'record' && type.isUnion && !isBraced) return;
  }
}

/** An entry for which there is no member: of a record of which nothing is known, or one too many. */
function surplus(to: Lowering, type: Type, entry: Initializer): void {
  if (type.kind === 'record' && !type.item)
    to.opaque(`a positional initialiser for unknown ${type.spelling}`, [lowerAny(to, entry.value)]);
}

/** The part of an aggregate by position. Bitfields that only pad are no members and take no initialiser. */
function partAt(to: Lowering, place: Place, index: number): Place | null {
  const { type } = place;
  if (type.kind === 'array') {
    if (type.length >= 0 && index >= type.length) return null;
    return to.element(place.address, type.element, { register: indexOf(to, index), type: LONG });
  }
  const member = type.kind === 'record' ? type.members[index] : undefined;
  if (!member || type.kind !== 'record') return null;
  if (member.name !== '') return to.member(place.address, type, member.name);
  const parts = { a: place.address, type: type.spelling, text: '', c: member.offset };
  return to.memory(to.builder.define(Op.FieldAddress, Scalar.Pointer, parts), member.type);
}

function indexOf(to: Lowering, index: number): number {
  return to.constant(BigInt(index), Scalar.I64).register;
}

function positional(to: Lowering, part: Place, cursor: Cursor): void {
  const { value } = cursor.entries[cursor.at]!;
  const macro = listOfMacro(to, value);
  if (macro) {
    cursor.at++;
    to.within(macro.env, () => inner(to, part, macro.list));
  } else if (value.kind === 'initializers' && !value.type) {
    cursor.at++;
    inner(to, part, value);
  } else if (isAggregate(part.type) && !isWhole(to, part.type, value)) {
    const before = cursor.at;
    members(to, part, cursor, false);
    // A member without members (an empty struct) takes nothing.
    if (cursor.at === before) cursor.at++;
  } else {
    cursor.at++;
    inner(to, part, value);
  }
}

function inner(to: Lowering, part: Place, value: Expression): void {
  const macro = listOfMacro(to, value);
  if (macro) to.within(macro.env, () => inner(to, part, macro.list));
  else if (value.kind === 'initializers' && !value.type) {
    if (isAggregate(part.type)) braced(to, part, value);
    else scalar(to, part, value);
  } else if (value.kind === 'literal' && part.type.kind === 'array') fillString(to, part, value.text, false);
  else to.store(part, lowerValue(to, value));
}

function isAggregate(type: Type): boolean {
  return type.kind === 'array' || (type.kind === 'record' && type.item !== null);
}

/** Whether the value fills the aggregate as a whole. */
function isWhole(to: Lowering, type: Type, value: Expression): boolean {
  if (type.kind === 'array') return value.kind === 'literal' && readString(value.text) !== null;
  return typeOfExpression(to, value).scalar === Scalar.Record;
}

/** `.a.b[3] = value`; gives the position after which positional entries go on. */
function designated(to: Lowering, place: Place, entry: Initializer): number {
  const [first] = entry.designators;
  if (first?.kind === 'index') {
    const low = to.world.constants.evaluate(first.first, to.env);
    const high = first.last ? to.world.constants.evaluate(first.last, to.env) : low;
    if (!low || !high) {
      const target = place.type.kind === 'array' ? place.type.element : UNKNOWN;
      const element = to.element(place.address, target, to.promote(lowerValue(to, first.first)));
      inner(to, follow(to, element, entry.designators.slice(1)), entry.value);
      return 0;
    }
    const last = Number(high.value);
    if (high.value - low.value > MOST_ELEMENTS) {
      to.opaque('a very long range of initialised elements', [lowerAny(to, entry.value)]);
      return last;
    }
    for (let at = Number(low.value); at <= last; at++) {
      const element = partAt(to, place, at);
      if (element) inner(to, follow(to, element, entry.designators.slice(1)), entry.value);
    }
    return last;
  }
  inner(to, follow(to, place, entry.designators), entry.value);
  const name = first?.kind === 'member' ? first.name : '';
  return place.type.kind === 'record' ? positionOf(place.type, name) : 0;
}

function positionOf(type: Extract<Type, { kind: 'record' }>, name: string): number {
  return type.members.findIndex(
    (each) =>
      each.name === name ||
      (each.name === '' && each.type.kind === 'record' && each.type.find(name) !== null),
  );
}

function follow(to: Lowering, place: Place, designators: Initializer['designators']): Place {
  let now = place;
  for (const designator of designators) {
    if (designator.kind === 'member') {
      now = to.member(now.address, now.type, to.memberName(designator.name));
    } else {
      const at = to.world.constants.evaluate(designator.first, to.env);
      now = partAt(to, now, at ? Number(at.value) : 0) ?? now;
    }
  }
  return now;
}

/** Copies a string into an array of characters; false when the text is none. */
function fillString(to: Lowering, place: Place, text: string, isFresh: boolean): boolean {
  const content = readString(text);
  if (content === null || place.type.kind !== 'array') return false;
  const { type } = place;
  const a = to.addressOf(place);
  if (isFresh) to.builder.emit(Op.Zero, { a, type: type.spelling, c: type.size });
  const b = to.builder.define(Op.String, Scalar.Pointer, { text: content });
  const length = type.length < 0 ? content.length + 1 : Math.min(type.length, content.length + 1);
  to.builder.emit(Op.Copy, { a, b, type: `i8[${length}]`, c: length });
  return true;
}
