/** Cursors over xarrays: `struct xa_state` as it lies in memory, with the array, the index, and where it stands. */
import { type Instruction, Scalar } from '../../../ir/index.js';
import { PRIMITIVES } from '../../kernel/index.js';
import { identity, type Pointer, RESERVED, resolve, type Value } from '../../model/index.js';
import { checkAlive, follow, readCell, touch, writeCell } from '../access.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, type PrimitiveCall, placeOf } from './perform.js';
import { containerAt, entryAfter } from './storage.js';
import { lookUp, positionAt, putEntry } from './xarrays.js';

/** `xa_node` of a cursor that has not walked yet, and of one that has. include/linux/xarray.h: XAS_RESTART, 6.12. */
const RESTART = 3n;
const WALKED = 0n;

/** What `xa_node` is for an error number. include/linux/xarray.h: XA_ERROR, 6.12. */
const errorNode = (errno: bigint): bigint => (BigInt.asUintN(62, errno) << 2n) | 2n;
const errorOf = (node: Value): bigint => {
  if (typeof node !== 'bigint' || (node & 3n) !== 2n) return 0n;
  const errno = BigInt.asIntN(62, node >> 2n);
  return errno < 0n && errno >= -4095n ? errno : 0n;
};

type Cursor = EffectOf<'cursor'>;

export function cursor(machine: Machine, effect: Cursor, call: PrimitiveCall): Value {
  const state = new State(machine, call);
  const given = (at: number | undefined): Value => argument(call, at);
  switch (effect.what) {
    case 'declare':
      state.forget();
      state.write('xa', given(1));
      state.write('xa_index', given(effect.index));
      state.write('xa_node', RESTART);
      return 0n;
    case 'set':
      state.write('xa_index', given(effect.index));
      state.write('xa_node', RESTART);
      return 0n;
    case 'reset':
      state.write('xa_node', RESTART);
      return 0n;
    case 'set-error':
      state.write('xa_node', errorNode(BigInt.asIntN(32, numberOf(given(effect.index)))));
      return 0n;
    case 'error':
      return errorOf(resolve(state.read('xa_node')));
    case 'is-reserved':
      return resolve(given(effect.entry)) === RESERVED ? 1n : 0n;
    case 'load':
      return state.load(call);
    case 'next':
    case 'prev':
      if (resolve(state.read('xa_node')) !== RESTART) state.step(effect.what === 'next' ? 1n : -1n);
      return state.load(call);
    case 'find':
      return state.find(call, given(effect.index));
    default:
      return state.store(call, given(effect.entry));
  }
}

/** A store that fails says so in its state alone. */
export function noteFailure(machine: Machine, call: PrimitiveCall, errno: number): void {
  new State(machine, call).write('xa_node', errorNode(-BigInt(errno)));
}

/** What `xas_for_each()` finds next, for a loop that is no call. */
export function findNext(machine: Machine, state: Value, last: Value, each: Instruction): Value {
  const call = { primitive: FIND, args: [state, last], each, isIgnored: false };
  return cursor(machine, { do: 'cursor', what: 'find', index: 1 }, call);
}

const FIND = PRIMITIVES.get('xas_find')!;

function numberOf(value: Value): bigint {
  const known = resolve(value);
  return typeof known === 'bigint' ? known : 0n;
}

type Member = 'xa' | 'xa_index' | 'xa_node';

class State {
  constructor(
    private readonly machine: Machine,
    private readonly call: PrimitiveCall,
  ) {}

  private place(member: Member): Pointer | null {
    const operand = { argument: 0, record: 'struct xa_state', member };
    const place = placeOf(this.machine, this.call, operand, 'reaches');
    return place && checkAlive(this.machine, place, 'reaches') ? place : null;
  }

  /** Nothing is known of it but what is written from here on. */
  forget(): void {
    const place = follow(this.machine, argument(this.call, 0), 'writes');
    if (place?.object.lifetime === 'stack') place.object.refill(place.key, -1, 'unknown');
  }

  read(member: Member): Value {
    const place = this.place(member);
    if (!place) return 0n;
    const kind = member === 'xa' ? Scalar.Pointer : Scalar.U64;
    return readCell(this.machine, place, kind, member === 'xa' ? 'struct xarray' : '');
  }

  write(member: Member, value: Value): void {
    const place = this.place(member);
    if (place) writeCell(this.machine, place, 8, value);
  }

  array(): Pointer | null {
    const array = follow(this.machine, this.read('xa'), 'walks');
    return array && checkAlive(this.machine, array, 'walks') ? array : null;
  }

  step(by: bigint): void {
    const index = resolve(this.read('xa_index'));
    const next =
      typeof index === 'bigint'
        ? BigInt.asUintN(64, index + by)
        : this.machine.unknown('integer', 0n, MOST, 'an index');
    this.write('xa_index', next);
  }

  /** The entry as it stands there: a reservation shows. */
  private entryAt(array: Pointer, call: PrimitiveCall): Value {
    const index = this.read('xa_index');
    const container = containerAt(this.machine, array);
    const value = lookUp(this.machine, array, container, index, call);
    return resolve(value) === 0n && container.entries.has(identity(index)) ? RESERVED : value;
  }

  load(call: PrimitiveCall): Value {
    const array = this.array();
    if (!array) return 0n;
    touch(this.machine, array.object, array.key, false);
    this.machine.races.acquire(this.machine.task, array.object, array.key);
    this.write('xa_node', WALKED);
    return this.entryAt(array, call);
  }

  /** The next entry up to an index; of the state, where it was found. */
  find(call: PrimitiveCall, last: Value): Value {
    const array = this.array();
    if (!array) return 0n;
    const isAfter = resolve(this.read('xa_node')) !== RESTART;
    this.write('xa_node', WALKED);
    const from = resolve(this.read('xa_index'));
    const entry = entryAfter(this.machine, array, positionAt(from, isAfter), call.each.type);
    const [at, end] = [entry && resolve(entry.index), resolve(last)];
    const isBeyond = typeof at === 'bigint' && typeof end === 'bigint' && at > end;
    if (!entry || isBeyond) return 0n;
    this.write('xa_index', entry.index);
    return entry.value;
  }

  /** What fails leaves its error in the state. */
  store(call: PrimitiveCall, entry: Value): Value {
    const array = this.array();
    if (!array) return 0n;
    touch(this.machine, array.object, array.key, true);
    const old = this.entryAt(array, call);
    putEntry(this.machine, array, this.read('xa_index'), entry);
    this.machine.races.release(this.machine.task, array.object, array.key);
    return old;
  }
}

const MOST = (1n << 64n) - 1n;
