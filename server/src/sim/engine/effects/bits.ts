/** Bits in memory: set, cleared, tested, one by one or as a whole map. */
import { Op, Scalar } from '../../../ir/index.js';
import { type Pointer, resolve, Unknown, type Value } from '../../model/index.js';
import { checkAlive, follow, HIGHEST, readCell, touch, writeCell } from '../access.js';
import { binary } from '../arithmetic.js';
import { learn } from '../deciding.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, type PrimitiveCall } from './perform.js';

export function bits(machine: Machine, effect: EffectOf<'bits'>, call: PrimitiveCall): Value {
  const { what } = effect;
  const map = follow(machine, argument(call, effect.map), 'reaches');
  if (!map || !checkAlive(machine, map, 'reaches')) return 0n;
  if (what === 'zero' || what === 'fill' || what === 'forget') {
    if (map.object.isShared) touch(machine, map.object, map.key, true);
    map.object.refill(map.key, 8, what === 'zero' ? 'zero' : 'unknown');
    return 0n;
  }
  if (what === 'find-zero') return freeNumber(machine, call);
  const bit = resolve(argument(call, effect.bit));
  const word = typeof bit === 'bigint' ? Number(bit / 64n) : 0;
  const place = typeof bit === 'bigint' ? map.moved(word * 8) : map;
  if (typeof bit !== 'bigint') return unknownBit(machine, effect, call, { map, bit });
  const mask = 1n << (bit % 64n);
  const old = readCell(machine, place, Scalar.U64, '');
  const was = binary(
    machine,
    Op.NotEqual,
    Scalar.U64,
    binary(machine, Op.And, Scalar.U64, old, mask, Scalar.U64),
    0n,
    Scalar.I32,
  );
  const isSet =
    what === 'set' || what === 'test-and-set' || (what === 'assign' && resolve(argument(call, 2)) !== 0n);
  if (what !== 'test') {
    const next = isSet
      ? binary(machine, Op.Or, Scalar.U64, old, mask, Scalar.U64)
      : binary(machine, Op.And, Scalar.U64, old, ((1n << 64n) - 1n) ^ mask, Scalar.U64);
    writeCell(machine, place, 8, next);
  }
  return was;
}

/** What a search for a free number gives: the size of the map if there is none, and maps are not that large. */
function freeNumber(machine: Machine, call: PrimitiveCall): Value {
  const { name } = call.primitive;
  if (machine.options.areNumbersOut && machine.fails(`${name}()`, machine.site))
    return sizeOf(machine, unconverted(argument(call, 1)));
  const found = machine.unknown('integer', 0n, HIGHEST[Scalar.I32]!, `${name}()`);
  machine.ledger.free.add(found);
  return found;
}

/** The size of a map as a number: where it is not known, a small one from here on. */
function sizeOf(machine: Machine, size: Value): Value {
  if (!(size instanceof Unknown)) return size;
  learn(machine, binary(machine, Op.Equal, Scalar.U64, size, SOME, Scalar.I32), true);
  return SOME;
}

const SOME = 16n;

/** A bit of which only is known where its number came from. */
function unknownBit(
  machine: Machine,
  { what }: EffectOf<'bits'>,
  call: PrimitiveCall,
  { map, bit }: { readonly map: Pointer; readonly bit: Value },
): Value {
  const number = unconverted(bit);
  const isFree = machine.ledger.free.has(number);
  if (isFree && (what === 'set' || what === 'test-and-set')) {
    machine.ledger.free.delete(number);
    machine.acquire('number', map, call.primitive.name, number);
    return 0n;
  }
  if (what === 'clear' || what === 'test-and-clear')
    machine.ledger.releaseNumber(map, number, machine.outerSite);
  return what.startsWith('test') ? machine.unknown('integer', 0n, 1n, 'a bit') : 0n;
}

/** The number before it was made wider or narrower. */
function unconverted(value: Value): Value {
  let known = resolve(value);
  while (known instanceof Unknown && known.term?.operation === 'convert')
    known = resolve(known.term.operands[0]!);
  return known;
}
