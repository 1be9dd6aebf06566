/** Addresses that are computed from others: of members, of elements, of what a member is part of. */
import { type Instruction, Scalar, UNKNOWN } from '../../ir/index.js';
import { Pointer, resolve, Undefined, Unknown, type Value, WHOLE } from '../model/index.js';
import { anything, materialise } from './access.js';
import type { Machine } from './machine.js';

/** The sum of a pointer and a known number of bytes, with the member's name. */
export function memberOf(machine: Machine, base: Value, each: Instruction): Value {
  const known = resolve(base);
  if (typeof known === 'bigint') return machine.derived(base, known + BigInt(Math.max(0, each.c)));
  if (known instanceof Unknown && !(known.sort === 'integer' && known.term))
    return fieldOf(materialise(machine, known), each);
  if (known instanceof Pointer) return fieldOf(known, each);
  return base;
}

function fieldOf(pointer: Pointer, each: Instruction): Pointer {
  const { object } = pointer;
  if (pointer.offset === 0 && pointer.region === WHOLE && !/^(?:struct|union) \w/.test(object.type))
    object.type = each.type;
  if (each.c >= 0) return pointer.moved(each.c, each.text);
  const region = object.region(pointer.region, pointer.offset, `${each.type}.${each.text}`);
  return new Pointer(object, region, 0, each.text);
}

/** The address of an element; at an index that is not known it is a place of its own. */
export function elementOf(machine: Machine, array: Value, at: Value, each: Instruction): Value {
  const base = resolve(array);
  const index = resolve(at);
  if (base instanceof Undefined) return base;
  // A member of which not even the type is at hand may be an array, and then zeroed memory says nothing of where it is.
  if (base === 0n && each.type === UNKNOWN.spelling)
    return anything(machine, Scalar.Pointer, 'an element of what may be an array');
  if (typeof base === 'bigint')
    return machine.derived(array, typeof index === 'bigint' ? base + index * BigInt(each.c) : base);
  if (!(base instanceof Pointer) && !(base instanceof Unknown)) return base;
  const pointer = base instanceof Pointer ? base : materialise(machine, base);
  if (typeof index === 'bigint' && each.c >= 0) return pointer.moved(Number(index) * each.c);
  const step = index instanceof Unknown ? `[${index.id}]` : `[${String(index)}]`;
  return new Pointer(
    pointer.object,
    pointer.object.region(pointer.region, pointer.offset, step),
    0,
    pointer.member,
  );
}

/** The address of what a member is part of. */
export function containerOf(machine: Machine, member: Value, each: Instruction): Value {
  const base = resolve(member);
  if (base instanceof Undefined) return base;
  if (typeof base === 'bigint')
    return machine.derived(member, BigInt.asUintN(64, base - BigInt(Math.max(0, each.c))));
  if (!(base instanceof Pointer) && !(base instanceof Unknown)) return base;
  // The first member of what could not be found is still an error pointer: whoever asks decides.
  if (base instanceof Unknown && base.sort === 'result' && each.c === 0) {
    base.pointee = each.type;
    return member;
  }
  const pointer = base instanceof Pointer ? base : materialise(machine, base);
  const { object } = pointer;
  if (each.c >= 0) {
    const moved = pointer.moved(-each.c, '');
    // What holds the whole of it is what the object is called after.
    if (object.lifetime === 'given' && moved.offset <= 0) object.type = each.type;
    return moved;
  }
  return containerByName(pointer, each.type, each.text);
}

/** What holds a node whose offset is not known; asked again, it is the same place. */
export function containerByName(
  { object, region, offset }: Pointer,
  record: string,
  member: string,
): Pointer {
  const name = `${record}.${member}`;
  if (region.parent && offset === 0 && region.step === name)
    return new Pointer(object, region.parent, region.at, '');
  return new Pointer(object, object.region(region, offset, `container ${name}`), 0, '');
}
