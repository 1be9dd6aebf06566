/** Objects of the simulated kernel against plain bytes: whatever is written, cut out and copied, in whatever widths. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Fill, MemoryObject, Pointer, WHOLE } from '../../server/src/sim/model/index.js';

const SIZE = 40;

/** A byte that was written, or what it is by its fill. */
type Byte = bigint | Fill;

function objectOf(fill: Fill): MemoryObject {
  return new MemoryObject(1, 'char', 'heap', SIZE, fill, null, 'object');
}

/** Two objects and what their bytes are. */
class Pair {
  readonly objects: readonly MemoryObject[];
  readonly bytes: readonly Byte[][];

  constructor(fills: readonly Fill[]) {
    this.objects = fills.map(objectOf);
    this.bytes = fills.map((fill) => Array.from({ length: SIZE }, () => fill));
  }

  check(): void {
    this.objects.forEach((object, index) => {
      for (let at = 0; at < SIZE; at++)
        for (const width of [1, 2, 4, 8])
          if (at + width <= SIZE) this.checkAt(object, this.bytes[index]!.slice(at, at + width), at);
      assertApart(object);
    });
  }

  private checkAt(object: MemoryObject, bytes: readonly Byte[], at: number): void {
    const width = bytes.length;
    assert.equal(object.assemble(at, width), numberOf(bytes), `${width} bytes at ${at}`);
    const cell = object.at(at, width);
    if (cell === 'mixed') assert.ok(object.overlapping(at, width).length > 0, `nothing mixed at ${at}`);
    else if (cell === null) {
      assert.equal(object.overlapping(at, width).length, 0);
      for (const [index, byte] of bytes.entries()) assert.equal(object.fillAt(at + index), byte);
    } else assert.equal(cell.value, numberOf(bytes), `the cell at ${at}`);
  }
}

/** No byte lies in two cells. */
function assertApart(object: MemoryObject): void {
  const seen = new Set<number>();
  for (const [key, cell] of object.cells) {
    assert.equal(cell.key, key);
    for (let at = key; at < key + cell.width; at++) {
      assert.ok(!seen.has(at), `byte ${at} lies in two cells`);
      seen.add(at);
    }
  }
}

/** Little-endian; null when a byte is not known. */
function numberOf(bytes: readonly Byte[]): bigint | null {
  let value = 0n;
  for (const byte of [...bytes].reverse()) {
    if (typeof byte !== 'bigint' && byte !== 'zero') return null;
    value = (value << 8n) | (byte === 'zero' ? 0n : byte);
  }
  return value;
}

type Action = (pair: Pair) => void;

const side = fc.nat(1);
const fill = fc.constantFrom<Fill>('zero', 'undefined', 'unknown');
const range = fc
  .tuple(fc.nat(SIZE - 1), fc.integer({ min: 1, max: SIZE }))
  .map(([start, width]) => ({ start, width: Math.min(width, SIZE - start) }));

const put: fc.Arbitrary<Action> = fc
  .tuple(side, fc.nat(SIZE - 1), fc.constantFrom(1, 2, 4, 8), fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }))
  .map(([which, at, width, number]) => (pair) => {
    const start = Math.min(at, SIZE - width);
    const value = BigInt.asUintN(8 * width, number);
    pair.objects[which]!.put(start, width, value, '');
    for (let index = 0; index < width; index++)
      pair.bytes[which]![start + index] = (value >> BigInt(8 * index)) & 255n;
  });

const clear: fc.Arbitrary<Action> = fc.tuple(side, range).map(([which, { start, width }]) => (pair) => {
  const object = pair.objects[which]!;
  object.clear(start, width);
  for (let at = start; at < start + width; at++) pair.bytes[which]![at] = object.fillAt(at);
});

const refill: fc.Arbitrary<Action> = fc
  .tuple(side, range, fill)
  .map(([which, { start, width }, what]) => (pair) => {
    pair.objects[which]!.refill(start, width, what);
    pair.bytes[which]!.fill(what, start, start + width);
  });

const empty: fc.Arbitrary<Action> = fc.tuple(side, fill).map(([which, what]) => (pair) => {
  pair.objects[which]!.refill(0, -1, what);
  pair.bytes[which]!.fill(what);
});

const copy: fc.Arbitrary<Action> = fc
  .tuple(side, side, range, fc.nat(SIZE - 1))
  .map(([to, from, { start, width }, at]) => (pair) => {
    const length = Math.min(width, SIZE - at);
    pair.objects[to]!.copyFrom(pair.objects[from]!, start, at, length);
    const bytes = pair.bytes[from]!.slice(start, start + length);
    pair.bytes[to]!.splice(at, bytes.length, ...bytes);
  });

const action = fc.oneof(
  { arbitrary: put, weight: 6 },
  { arbitrary: clear, weight: 2 },
  { arbitrary: refill, weight: 2 },
  { arbitrary: empty, weight: 1 },
  { arbitrary: copy, weight: 3 },
);

test('an object is its bytes, whatever is done to it', () => {
  fc.assert(
    fc.property(fc.tuple(fill, fill), fc.array(action, { maxLength: 25 }), (fills, actions) => {
      const pair = new Pair(fills);
      for (const each of actions) {
        each(pair);
        pair.check();
      }
    }),
    { numRuns: 150 },
  );
});

test('a record that is copied to and fro stays small', () => {
  const [one, other] = [objectOf('undefined'), objectOf('zero')];
  for (let round = 0; round < 200; round++) {
    other.copyFrom(one, 0, 0, SIZE);
    one.copyFrom(other, 0, 0, SIZE);
    one.put(round % SIZE, 1, 7n, '');
  }
  assert.ok(JSON.stringify(one, (_, value) => (typeof value === 'bigint' ? 0 : value)).length < 20_000);
  assert.equal(one.assemble(0, 8), 0x0707070707070707n);
});

test('a part of a pointer is not known, the rest of what was around it is', () => {
  const object = objectOf('zero');
  object.put(0, 8, new Pointer(objectOf('zero'), WHOLE, 0, ''), 'next');
  object.put(8, 4, 0x01020304n, 'count');
  object.put(6, 2, 5n, '');
  assert.equal(object.assemble(0, 4), null);
  assert.equal(object.assemble(6, 4), 0x03040005n);
  assert.deepEqual(
    [...object.cells.values()].filter(({ value }) => value === null).map(({ key, width }) => [key, width]),
    [0, 1, 2, 3, 4, 5].map((key) => [key, 1]),
  );
});

test('a wild offset stays within its object', () => {
  const object = objectOf('zero');
  const region = object.region(WHOLE, 8, '[i]');
  for (const bytes of [2 ** 62, -(2 ** 62), 2 ** 26, -(2 ** 26), Number.MAX_VALUE]) {
    const wild = new Pointer(object, WHOLE, 0, '').moved(bytes);
    object.put(wild.key, 8, 1n, '');
    object.put(new Pointer(object, region, 0, '').moved(bytes).key, 8, 2n, '');
    assert.equal(object.assemble(wild.key, 8), 1n);
    assert.deepEqual(object.overlapping(0, 8), []);
  }
});

test('what lies at an unknown index goes with its range, and is copied with it', () => {
  const [object, copy] = [objectOf('unknown'), objectOf('unknown')];
  const element = object.region(WHOLE, 8, '[i]');
  const member = object.region(element, 4, 'struct s.x');
  object.put(element.key, 4, 5n, '');
  object.put(member.key, 4, 6n, '');
  copy.copyFrom(object, 0, 0, SIZE);
  assert.equal(copy.assemble(copy.region(WHOLE, 8, '[i]').key, 4), 5n);
  assert.equal(object.fillAt(element.key), 'unknown');
  object.refill(0, SIZE, 'zero');
  for (const { key } of [element, member]) {
    assert.equal(object.at(key, 4), null);
    assert.equal(object.fillAt(key), 'zero');
  }
  object.put(0, 4, 1n, '');
  object.put(element.key, 4, 7n, '');
  object.put(8, 4, 2n, '');
  assert.equal(object.assemble(element.key, 4), 7n);
});

test('bits of a unit go when the unit is written, what is around a node stays', () => {
  const object = objectOf('unknown');
  const bits = object.region(WHOLE, 8, 'bits 3');
  const around = object.region(WHOLE, 8, 'container struct s.node');
  object.put(bits.key, 8, 1n, '');
  object.put(around.key, 8, 2n, '');
  object.put(8, 4, 9n, '');
  assert.equal(object.at(bits.key, 8), null);
  object.refill(0, SIZE, 'zero');
  assert.equal(object.assemble(around.key, 8), 2n);
});
