/**
 * Which places tasks reach with nothing that orders them. Only there, and at
 * locks, counters, containers and calls that wait, does it matter who goes
 * first: everywhere else another order is the same run (CHESS: a program
 * without races need only be preempted where it synchronises). The places are
 * learnt while exploring; when one is added, the search begins anew.
 */
export class Contended {
  /** Keys of places by the number of their object: each load and store asks. */
  private readonly places = new Map<number, Set<number>>();
  /** Those that this run has found: they count from the next one on, else a tape would not say what was asked. */
  private found: { readonly object: number; readonly key: number }[] = [];

  /** What is known by now. */
  copy(): Contended {
    const copy = new Contended();
    for (const [object, keys] of this.places) copy.places.set(object, new Set(keys));
    return copy;
  }

  add(object: number, key: number): void {
    if (!this.places.get(object)?.has(key)) this.found.push({ object, key });
  }

  /** Whether the place is one of them, by itself or because all of its object are. */
  has(object: number, key: number): boolean {
    const keys = this.places.get(object);
    return keys !== undefined && (keys.has(key) || keys.has(EVERYWHERE));
  }

  /** Whether one was added since this was asked last. */
  takeNew(): boolean {
    const isNew = this.found.length > 0;
    for (const { object, key } of this.found) {
      const keys = this.places.get(object);
      if (keys) keys.add(key);
      else this.places.set(object, new Set([key]));
    }
    this.found = [];
    return isNew;
  }
}

/** Stands for all places of an object. */
export const EVERYWHERE = -2;

/** A place by a name that is its own within a run. */
export function placeKey(object: number, key: number): string {
  return `${object}.${key}`;
}
