/**
 * What bodies mean, kept from one version of a program to the next: while the
 * body is the same text, and the code around it still answers alike whatever
 * was asked of it, nothing is worked out again.
 */
import type { FunctionItem } from '../syntax/index.js';
import { domainStructs } from './domains.js';
import type { KnownFunction, Program } from './program.js';
import { type Reading, readingOf } from './reading.js';
import { type Around, Scope } from './scope.js';
import type { Surroundings } from './surroundings.js';
import { Values } from './values.js';

/** What one body means, and whatever else was found out of it, by the one who did. */
export class Meaning {
  readonly scope: Scope;
  readonly values: Values;
  private readonly facts = new Map<unknown, unknown>();

  /** `surroundings`: those in which all of this is known to hold. */
  constructor(
    around: () => Around,
    reading: Reading,
    readonly domains: ReadonlySet<string>,
    readonly unitIndex: number,
    public surroundings: Surroundings,
  ) {
    this.scope = new Scope(around, reading);
    this.values = new Values(this.scope, reading, domains);
  }

  kept<T>(key: unknown, make: () => T): T {
    if (!this.facts.has(key)) this.facts.set(key, make());
    return this.facts.get(key) as T;
  }
}

/** One for all versions of a program. */
export class KeptBodies {
  private readonly meanings = new WeakMap<FunctionItem, Meaning>();

  /** `asked`: the version that somebody works on; whoever works on another one says so first. */
  constructor(private asked: Program) {}

  /** What a function of `program` means. */
  of({ unit, original }: KnownFunction, program: Program): Meaning {
    this.asked = program;
    const { surroundings } = program;
    const unitIndex = program.unitIndexOf(unit);
    const domains = surroundings.known(domainStructs, program);
    const known = this.meanings.get(original.item);
    if (known && known.unitIndex === unitIndex && known.domains === domains) {
      const holds = known.surroundings === surroundings || known.scope.stillHolds();
      if (holds) {
        known.surroundings = surroundings;
        return known;
      }
    }
    const around = (): Around => ({ program: this.asked, unit: this.asked.units[unitIndex]! });
    const meaning = new Meaning(around, readingOf(original), domains, unitIndex, surroundings);
    this.meanings.set(original.item, meaning);
    return meaning;
  }
}
