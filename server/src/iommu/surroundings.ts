/**
 * What stands around the bodies of a program: its structs, variables, heads of
 * functions, headers. As long as edits leave all that as it is, it is the very
 * same object, and what depends on nothing else is kept by it. Nothing that is
 * kept may have offsets of the text or refer to one version.
 */
import type { Item, PlacedPiece } from '../syntax/index.js';
import type { Program, Unit } from './program.js';

/** Works something out of a program; `before` is what came of it in the surroundings that an edit replaced. */
type Reading<T> = (program: Program, before: T | undefined) => T;

/** By the function that reads them. */
type Facts = Map<unknown, unknown>;

export class Surroundings {
  private readonly facts: Facts = new Map();

  private constructor(private readonly factsBefore: Facts) {}

  /** Those of `program`, which may be the next version of `before`. */
  static of(program: Program, before: Program | undefined): Surroundings {
    if (!before) return new Surroundings(new Map());
    const { surroundings } = before;
    return areSame(before, program) ? surroundings : new Surroundings(surroundings.facts);
  }

  /** What `read` makes of a program that has these surroundings, made once; `read` is the key. */
  known<T>(read: Reading<T>, program: Program): T {
    if (!this.facts.has(read))
      this.facts.set(read, read(program, this.factsBefore.get(read) as T | undefined));
    return this.facts.get(read) as T;
  }
}

/** A set of names, or the one before when that has the same names: it can then be told by identity. */
export function steady(
  names: ReadonlySet<string>,
  before: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  return before && isSameSet(before, names) ? before : names;
}

export function isSameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const each of a) if (!b.has(each)) return false;
  return true;
}

function areSame(a: Program, b: Program): boolean {
  return (
    a.units.length === b.units.length && a.units.every((unit, index) => isSameUnit(unit, b.units[index]!))
  );
}

function isSameUnit(a: Unit, b: Unit): boolean {
  if (a.image.path !== b.image.path || a.patch !== b.patch || a.isReviewed !== b.isReviewed) return false;
  if (a.c === b.c) return true;
  // What stands in for something unseen is told for each version anew.
  if (a.image.standIns.length > 0 || b.image.standIns.length > 0) return false;
  const [before, after] = [a.c.pieces, b.c.pieces];
  return (
    before.length === after.length && before.every((piece, index) => isSameOutline(piece, after[index]!))
  );
}

/** Whether all that two pieces say, but for what stands between the braces of functions, is the same. */
function isSameOutline(a: PlacedPiece, b: PlacedPiece): boolean {
  if (a.piece === b.piece) return true;
  const textOf = ({ piece }: PlacedPiece, { start, end }: Item): string =>
    piece.text.slice(start - piece.base, end - piece.base);
  const [before, after] = [a.piece.items, b.piece.items];
  return (
    before.length === after.length &&
    before.every((item, index) => {
      const other = after[index]!;
      if (!isSameShape(item, other)) return false;
      return item.kind === 'function' || textOf(a, item) === textOf(b, other);
    })
  );
}

/** Whether two pieces of plain data differ in nothing but in where they stand. */
function isSameShape(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  if (names.length !== others.length || Array.isArray(a) !== Array.isArray(b)) return false;
  return names.every((name) => {
    if (name === 'errors') return true;
    const [one, other] = [(a as Record<string, unknown>)[name], (b as Record<string, unknown>)[name]];
    const isPlace = (name === 'start' || name === 'end') && typeof one === 'number';
    return isPlace ? typeof other === 'number' : isSameShape(one, other);
  });
}
