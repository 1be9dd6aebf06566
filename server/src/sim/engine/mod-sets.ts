/**
 * What a function that is not entered may have written: the members that it,
 * and what it calls, store to. Facts about those are forgotten, others stay.
 */
import { Op } from '../../ir/index.js';
import { PRIMITIVES } from '../kernel/index.js';
import { type MemoryObject, Pointer, resolve, type Value } from '../model/index.js';
import type { Code, Procedure } from './code.js';

/** What a function may do to what its caller has. */
export interface Effects {
  /** Names of the members written; `*` when something was written that has no name. */
  readonly members: ReadonlySet<string>;
  /** Kinds of references that it may put. */
  readonly puts: ReadonlySet<string>;
}

const known = new WeakMap<Procedure, Effects>();
const DEPTH = 6;
/** How far from the arguments an object may be to be written by a callee. */
const REACH = 3;

/** What a procedure and its callees may do. */
export function effectsOf(code: Code, procedure: Procedure): Effects {
  let effects = known.get(procedure);
  if (!effects) {
    const growing = { members: new Set<string>(), puts: new Set<string>() };
    collect(code, procedure, growing, new Set(), DEPTH);
    effects = growing;
    known.set(procedure, effects);
  }
  return effects;
}

function putBy(name: string): string | null {
  const effect = PRIMITIVES.get(name)?.effect;
  if (effect?.do === 'release') return effect.kind;
  return effect?.do === 'count' && effect.what.startsWith('put') ? 'reference' : null;
}

function collect(
  code: Code,
  procedure: Procedure,
  effects: { readonly members: Set<string>; readonly puts: Set<string> },
  seen: Set<Procedure>,
  depth: number,
): void {
  if (seen.has(procedure)) return;
  seen.add(procedure);
  const { members, puts } = effects;
  const fields = new Map<number, string>();
  for (const each of procedure.ir.code) {
    if (each.op === Op.FieldAddress) fields.set(each.dst, each.text);
    else if (each.op === Op.Store || each.op === Op.StoreBits || each.op === Op.Zero || each.op === Op.Copy)
      members.add(fields.get(each.a) ?? '*');
    else if (each.op === Op.Call)
      for (const arg of each.args) if (fields.has(arg)) members.add(fields.get(arg)!);
  }
  if (depth === 0) return;
  for (const name of procedure.calls) {
    const kind = putBy(name);
    if (kind !== null) puts.add(kind);
    const callee = code.procedure(name, procedure.path);
    if (callee) collect(code, callee, effects, seen, depth - 1);
  }
}

/** Forgets what such a function may have written in what its arguments lead to. */
export function forgetWritten(members: ReadonlySet<string>, args: readonly Value[]): void {
  const seen = new Set<MemoryObject>();
  let frontier = args;
  for (let depth = 0; depth < REACH; depth++) {
    const next: Value[] = [];
    for (const value of frontier) {
      const target = resolve(value);
      if (!(target instanceof Pointer) || seen.has(target.object)) continue;
      seen.add(target.object);
      next.push(...forgetIn(target.object, members, depth === 0 && members.has('*')));
    }
    frontier = next;
  }
}

/** Gives the pointers that the object holds. */
function forgetIn(object: MemoryObject, members: ReadonlySet<string>, isWhole: boolean): Value[] {
  const pointers: Value[] = [];
  for (const cell of [...object.cells.values()]) {
    const value = cell.value === null ? null : resolve(cell.value);
    if (value instanceof Pointer) pointers.push(value);
    if (!isWhole && !members.has(cell.member)) continue;
    if (value instanceof Pointer && !members.has(cell.member)) continue;
    object.cells.delete(cell.key);
    if (object.fillAt(cell.key) !== 'unknown') object.refill(cell.key, cell.width, 'unknown');
  }
  // What was never set has no cell that could be forgotten.
  const mayBeSet = members.size > 0 && object.fill === 'undefined';
  if ((isWhole && object.lifetime === 'stack') || mayBeSet) object.fill = 'unknown';
  return pointers;
}
