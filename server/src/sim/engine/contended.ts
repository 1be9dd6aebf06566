/**
 * Which places tasks reach with nothing that orders them. Only there, and at
 * locks, counters, containers and calls that wait, does it matter who goes
 * first: everywhere else another order is the same run (CHESS: a program
 * without races need only be preempted where it synchronises). The places are
 * learnt while exploring; when one is added, the search begins anew.
 */
export class Contended {
  private readonly places: Set<string>;
  /** Those that this run has found: they count from the next one on, else a tape would not say what was asked. */
  private readonly found = new Set<string>();

  constructor(places: Iterable<string> = []) {
    this.places = new Set(places);
  }

  /** What is known by now. */
  copy(): Contended {
    return new Contended(this.places);
  }

  add(place: string): void {
    if (!this.places.has(place)) this.found.add(place);
  }

  has(place: string): boolean {
    return this.places.has(place);
  }

  /** Whether one was added since this was asked last. */
  takeNew(): boolean {
    const isNew = this.found.size > 0;
    for (const place of this.found) this.places.add(place);
    this.found.clear();
    return isNew;
  }
}

/** Stands for all places of an object. */
export const EVERYWHERE = -2;

/** A place by a name that is its own within a run. */
export function placeKey(object: number, key: number): string {
  return `${object}.${key}`;
}
