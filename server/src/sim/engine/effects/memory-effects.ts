/** Allocation, freeing, and bytes that are set or copied. */
import { type Fill, type MemoryObject, Pointer, resolve, type Value, WHOLE } from '../../model/index.js';
import { checkAlive, follow, nameOf, quote, touch, writeCell } from '../access.js';
import { letEscape } from '../escapes.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, freshResult, type PrimitiveCall } from './perform.js';
import { checkDomainFreed } from './simulated.js';

export function alloc(machine: Machine, effect: EffectOf<'alloc'>, call: PrimitiveCall): Value {
  const { primitive, each } = call;
  const object = machine.heap.make(machine.task.number, {
    type: each.type,
    lifetime: effect.lifetime,
    size: sizeOf(effect.size, call),
    fill: fillOf(effect, call),
    madeAt: machine.outerSite,
    words: target(machine) || `${primitive.name}()`,
  });
  const pointer = new Pointer(object, WHOLE, 0, '');
  const { ledger, within } = machine;
  ledger.made.set(object, machine.choices.length);
  if (within) ledger.madeWithin.set(object, within);
  machine.recorder?.made(machine, object);
  if (effect.copies !== undefined) {
    const from = resolve(argument(call, effect.copies));
    if (from instanceof Pointer && object.size > 0) object.copyFrom(from.object, from.key, 0, object.size);
  }
  if (effect.into === undefined) return pointer;
  const into = follow(machine, argument(call, effect.into), 'writes');
  if (into) writeCell(machine, into, 8, pointer);
  return 0n;
}

/** `__GFP_ZERO` makes any allocation one of zeroes. include/linux/gfp_types.h, 6.12. */
function fillOf({ fill }: EffectOf<'alloc'>, { primitive, args }: PrimitiveCall): Fill {
  const { context } = primitive;
  const gfp = typeof context === 'object' ? resolve(args[context.gfp] ?? 0n) : 0n;
  return typeof gfp === 'bigint' && (gfp & 0x100n) !== 0n && fill === 'undefined' ? 'zero' : fill;
}

function sizeOf(factors: readonly number[], call: PrimitiveCall): number {
  if (factors.length === 0) return -1;
  let size = 1n;
  for (const factor of factors) {
    const value = resolve(argument(call, factor));
    if (typeof value !== 'bigint') return -1;
    size *= value;
  }
  return size < 1n << 30n ? Number(size) : -1;
}

/** What the result is assigned to, as the code writes it: `domain = kzalloc(…)`. */
function target(machine: Machine): string {
  const { frame } = machine;
  const { start } = machine.site;
  const before = frame.procedure.source.slice(Math.max(0, start - 80), start);
  return /([\w>.[\]-]+)\s*(?:__\w+(?:\([^()]*\))?\s*)?=\s*$/.exec(before)?.[1]?.replace(/^-?>/, '') ?? '';
}

export function freeEffect(machine: Machine, effect: EffectOf<'free'>, call: PrimitiveCall): Value {
  const value = argument(call, effect.what);
  const known = resolve(value);
  if (known === 0n) return 0n;
  const place = follow(machine, value, `${call.primitive.name}()`);
  if (place) free(machine, place, call.primitive.name, false, effect.lifetime === 'managed');
  return 0n;
}

/** Frees what a pointer points to, with every check that belongs to it. */
export function free(machine: Machine, place: Pointer, by: string, later = false, isManaged = false): void {
  const { object } = place;
  if (object.state !== 'live') {
    // The first to free it might have come between any two steps of this task: a run that ends here does not show that.
    machine.races.reachedWhole(machine, object);
    const related = object.freedAt ? [{ site: object.freedAt, words: 'it was freed here' }] : [];
    machine.fatal('DF', `${by}() frees ${nameOf(object)} a second time`, related);
    return;
  }
  if (!(isManaged && object.lifetime === 'managed') && !isFreeable(machine, place, by)) return;
  const counted = machine.options.world === 'open' ? machine.ledger.counted.get(object) : undefined;
  if (counted) {
    const related = [{ site: counted, words: 'it is counted since' }];
    machine.report('DF', `${by}() frees ${nameOf(object)}, which only its last put may free`, related);
  }
  const closed = machine.ledger.closed.get(object);
  if (closed) {
    const related = [{ site: closed, words: 'the last reference of the file is put here' }];
    machine.report(
      'DF',
      `${by}() frees ${nameOf(object)}, which the release function of its file frees`,
      related,
    );
  }
  checkDomainFreed(machine, object);
  machine.races.freed(machine, object);
  touch(machine, object, -1, true);
  object.state = later ? 'dying' : 'freed';
  object.freedAt = machine.outerSite;
  machine.recorder?.freed(machine, object);
  if (later) machine.afterGracePeriod(object);
}

function isFreeable(machine: Machine, { object, offset, region }: Pointer, by: string): boolean {
  if (object.lifetime === 'static' || object.lifetime === 'stack') {
    machine.fatal('DF', `${by}() frees ${nameOf(object)}, which was never allocated`);
    return false;
  }
  if (object.lifetime === 'managed') {
    machine.fatal('DF', `${by}() frees ${nameOf(object)}, which its device frees`);
    return false;
  }
  // Of what was there before, only the types tell where it begins: silence.
  if (object.lifetime !== 'given' && (offset !== 0 || region !== WHOLE)) {
    machine.fatal(
      'DF',
      `${by}() frees \`${quote(machine)}\`, a member of ${nameOf(object)}, not its beginning`,
    );
    return false;
  }
  return true;
}

export function resize(machine: Machine, effect: EffectOf<'resize'>, call: PrimitiveCall): Value {
  const old = resolve(argument(call, effect.what));
  const made = alloc(
    machine,
    { do: 'alloc', lifetime: 'heap', fill: 'undefined', size: effect.size },
    call,
  ) as Pointer;
  if (!(old instanceof Pointer)) return made;
  if (!checkAlive(machine, old, 'resizes')) return made;
  moveContents(old.object, made.object);
  free(machine, old, call.primitive.name);
  return made;
}

function moveContents(from: MemoryObject, to: MemoryObject): void {
  for (const cell of from.cells.values()) to.put(cell.key, cell.width, cell.value ?? 0n, cell.member);
  to.fill = from.fill;
}

export function fillBytes(machine: Machine, effect: EffectOf<'fill'>, call: PrimitiveCall): Value {
  const destination = argument(call, effect.to);
  const to = follow(machine, destination, 'writes');
  if (!to || !checkAlive(machine, to, 'writes')) return destination;
  const value = resolve(argument(call, effect.value));
  const size = resolve(argument(call, effect.size));
  const { object } = to;
  machine.races.reachedWhole(machine, object);
  if (object.isShared) touch(machine, object, to.key, true);
  const width = typeof size === 'bigint' && size < 1n << 24n ? Number(size) : -1;
  if (value === 0n || typeof value !== 'bigint' || width < 0 || width > 4096) {
    object.refill(to.key, width < 0 && to.key !== 0 ? 1 << 20 : width, value === 0n ? 'zero' : 'unknown');
    return destination;
  }
  object.clear(to.key, width);
  for (let at = 0; at < width; at++) object.put(to.key + at, 1, value & 255n, '');
  return destination;
}

export function copyBytes(machine: Machine, effect: EffectOf<'copy'>, call: PrimitiveCall): Value {
  const destination = argument(call, effect.to);
  const to = follow(machine, destination, 'writes');
  const from = to && follow(machine, argument(call, effect.from), 'reads');
  if (!to || !from || !checkAlive(machine, to, 'writes') || !checkAlive(machine, from, 'reads'))
    return destination;
  const size = resolve(argument(call, effect.size));
  machine.races.reachedWhole(machine, from.object);
  machine.races.reachedWhole(machine, to.object);
  if (to.object.isShared) touch(machine, to.object, to.key, true);
  if (typeof size === 'bigint' && size < 1n << 24n)
    to.object.copyFrom(from.object, from.key, to.key, Number(size));
  else to.object.refill(to.key, -1, 'unknown');
  return destination;
}

/** The callee wrote something there, nobody knows what. */
export function forget(machine: Machine, effect: EffectOf<'forget'>, call: PrimitiveCall): Value {
  for (const index of effect.args) {
    const place = resolve(argument(call, index));
    if (!(place instanceof Pointer)) continue;
    if (!checkAlive(machine, place, 'writes')) return 0n;
    if (place.object.isShared) touch(machine, place.object, place.key, true);
    place.object.refill(place.key, place.object.lifetime === 'stack' && place.key === 0 ? -1 : 8, 'unknown');
    letEscape(place);
  }
  return freshResult(machine, call);
}
