/** Atomic read-modify-write on cells. */
import { Op, Scalar } from '../../../ir/index.js';
import { type Pointer, resolve, type Value } from '../../model/index.js';
import { checkAlive, follow, HIGHEST, readCell, writeCell } from '../access.js';
import { binary } from '../arithmetic.js';
import { decide } from '../deciding.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, type PrimitiveCall } from './perform.js';

const KINDS: Readonly<Record<number, Scalar>> = {
  1: Scalar.U8,
  2: Scalar.U16,
  4: Scalar.I32,
  8: Scalar.I64,
};

export function atomic(machine: Machine, effect: EffectOf<'atomic'>, call: PrimitiveCall): Value {
  const place = follow(machine, argument(call, effect.place), 'reaches');
  if (!place || !checkAlive(machine, place, 'reaches')) return 0n;
  const result = call.each.kind;
  // Of cmpxchg() and xchg() the type of the result is that of the place.
  const kind = effect.width === 0 ? (result === Scalar.Void ? Scalar.Pointer : result) : KINDS[effect.width]!;
  const width = effect.width === 0 ? widthOfKind(kind) : effect.width;
  const old = resolve(readCell(machine, place, kind, call.each.type));
  const value = effect.value === undefined ? BigInt(effect.by ?? 1) : resolve(argument(call, effect.value));
  switch (effect.what) {
    case 'read':
      return old;
    case 'set':
      writeCell(machine, place, width, value);
      return 0n;
    case 'exchange':
      writeCell(machine, place, width, value);
      return old;
    case 'add': {
      const amount =
        effect.value === undefined || effect.by !== -1
          ? value
          : binary(machine, Op.Subtract, kind, 0n, value, kind);
      const sum = binary(machine, Op.Add, kind, old, amount, kind);
      writeCell(machine, place, width, sum);
      if (effect.gives !== 'nothing') order(machine, place);
      return given(machine, effect, kind, old, sum);
    }
    default:
      return compareExchange(machine, effect, call, { place, kind, width, old, value });
  }
}

/** What changes a counter and tells of it comes after all who did so before. */
function order({ races, task }: Machine, { object, key }: Pointer): void {
  races.acquire(task, object, key);
  races.release(task, object, key);
}

function widthOfKind(kind: Scalar): number {
  return kind === Scalar.Pointer || kind === Scalar.Unknown
    ? 8
    : HIGHEST[kind]! > 0xffffffffn
      ? 8
      : HIGHEST[kind]! > 0xffffn
        ? 4
        : HIGHEST[kind]! > 0xffn
          ? 2
          : 1;
}

function given(machine: Machine, { gives }: EffectOf<'atomic'>, kind: Scalar, old: Value, sum: Value): Value {
  switch (gives) {
    case 'old':
      return old;
    case 'new':
      return sum;
    case 'is-zero':
      return binary(machine, Op.Equal, kind, sum, 0n, Scalar.I32);
    case 'is-not-zero':
      return binary(machine, Op.NotEqual, kind, sum, 0n, Scalar.I32);
    case 'is-negative':
      return binary(machine, Op.Less, kind, sum, 0n, Scalar.I32);
    default:
      return 0n;
  }
}

interface Exchange {
  readonly place: NonNullable<ReturnType<typeof follow>>;
  readonly kind: Scalar;
  readonly width: number;
  readonly old: Value;
  readonly value: Value;
}

/** cmpxchg() gives the old value; try_cmpxchg() whether it was as expected, and writes the old one where that stood. */
function compareExchange(
  machine: Machine,
  effect: EffectOf<'atomic'>,
  call: PrimitiveCall,
  { place, kind, width, old, value }: Exchange,
): Value {
  const isTry = effect.what === 'try-compare-exchange';
  const given = argument(call, effect.expected);
  const expectedAt = isTry ? follow(machine, given, 'reads') : null;
  const expected = expectedAt ? readCell(machine, expectedAt, kind, '') : given;
  const isEqual = decide(
    machine,
    binary(machine, Op.Equal, kind, old, expected, Scalar.I32),
    machine.site,
    true,
  );
  if (isEqual) writeCell(machine, place, width, value);
  if (!isTry) return old;
  if (!isEqual && expectedAt) writeCell(machine, expectedAt, width, old);
  return isEqual ? 1n : 0n;
}
