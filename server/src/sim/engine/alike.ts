/**
 * Objects of one make: two hardware instances of the same model, two devices
 * of the same kind. What is not known of one of them, its features for
 * instance, is the same in the others, so that only what the code itself did
 * tells them apart. Where one has a pointer to something of its own, the other
 * has a pointer to something that is alike.
 */
import type { Scalar } from '../../ir/index.js';
import { type MemoryObject, Pointer, resolve, Unknown, type Value } from '../model/index.js';
import { materialise } from './access.js';
import type { Machine } from './machine.js';

/** What was first read at a place, by the place, before anybody wrote there. */
type Make = Map<string, Value>;

export class Alike {
  private readonly makes = new Map<MemoryObject, Make>();

  join(one: MemoryObject, other: MemoryObject): void {
    const make = this.makes.get(one) ?? this.makes.get(other) ?? new Map<string, Value>();
    this.makes.set(one, make);
    this.makes.set(other, make);
  }

  /** What is read where nobody has written yet; `make` when no object of its make has been asked. */
  valueAt(machine: Machine, { object, key }: Pointer, kind: Scalar, make: () => Unknown): Value {
    if (this.makes.size === 0) return make();
    const known = this.makes.get(object);
    if (!known) return make();
    const place = `${key}:${kind}`;
    const first = known.get(place);
    if (first === undefined) {
      const made = make();
      known.set(place, made);
      return made;
    }
    return this.counterpart(machine, first, make);
  }

  /** Numbers, functions and NULL are the same; what a pointer leads to is the other one's own. */
  private counterpart(machine: Machine, first: Value, make: () => Unknown): Value {
    if (first instanceof Unknown && first.sort === 'integer') return first;
    const known = resolve(first);
    if (!(known instanceof Pointer) && !(known instanceof Unknown)) return first;
    const own = make();
    if (known instanceof Unknown) {
      if (known.excluded) own.excluded = new Set(known.excluded);
      return own;
    }
    // What turned out to be something else's is no part of the one.
    if (known.object.origin !== 0) this.join(known.object, materialise(machine, own).object);
    return own;
  }
}
