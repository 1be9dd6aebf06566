/**
 * What a run knows of its unknowns: equalities, intervals, excluded values,
 * order, whether a pointer is null. How it learns them is in learning.ts.
 */
import {
  ErrorValue,
  FunctionValue,
  Pointer,
  type Relation,
  resolve,
  type Term,
  Unknown,
  type Value,
} from '../model/index.js';

interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

const COMPARISONS = new Set(['equal', 'not-equal', 'less', 'less-equal', 'greater', 'greater-equal']);
/** Operations whose result is a truth value. */
export const BOOLEAN = new Set([...COMPARISONS, 'not', 'is-error']);
/** How far down terms are looked into. */
const DEPTH = 4;
/** What a step to a neighbour takes of that: there may be many. */
const NEIGHBOUR = 3;

/** Whether a value counts as true; null when it could be either. */
export function truthOf(value: Value, depth = DEPTH): boolean | null {
  const known = settled(value, depth);
  if (typeof known === 'bigint') return known !== 0n;
  if (!(known instanceof Unknown)) return true;
  const { term } = known;
  if (term && depth > 0) {
    const [left, right] = term.operands as readonly [Value, Value];
    const truth = COMPARISONS.has(term.operation) ? comparison(term.operation, left, right, depth - 1) : null;
    if (truth !== null) return truth;
    if (term.operation === 'is-error') return isErrorOf(left);
    if (term.operation === 'not') {
      const inner = truthOf(left, depth - 1);
      return inner === null ? null : !inner;
    }
  }
  if (known.excluded?.has(0n)) return true;
  const { low, high } = rangeOf(known, depth);
  if (low > 0n || high < 0n) return true;
  return low === 0n && high === 0n ? false : null;
}

/** Whether a value is an error pointer; null when it could be. */
export function isErrorOf(value: Value): boolean | null {
  const known = resolve(value);
  if (known instanceof ErrorValue) return true;
  if (known instanceof Unknown) return known.sort === 'result' ? known.isError : false;
  return false;
}

/** What a value is, counting what its operands turned out to be since it was computed. */
export function settled(value: Value, depth = DEPTH): Value {
  const known = resolve(value);
  if (!(known instanceof Unknown) || !known.term || depth <= 0) return known;
  const { operation, operands } = known.term;
  const calculate = EXACT[operation];
  if (!calculate) return known;
  const numbers = operands.map((operand) => settled(operand, depth - 1));
  if (!numbers.every((number) => typeof number === 'bigint')) return known;
  const [left, right] = numbers as [bigint, bigint];
  return fitted(known.term, calculate(left, right));
}

const EXACT: Readonly<Record<string, (left: bigint, right: bigint) => bigint>> = {
  add: (left, right) => left + right,
  subtract: (left, right) => left - right,
  multiply: (left, right) => left * right,
  and: (left, right) => left & right,
  or: (left, right) => left | right,
  xor: (left, right) => left ^ right,
  'shift-left': (left, right) => left << BigInt.asUintN(6, right),
  complement: (value) => ~value,
  convert: (value) => value,
};

export function fitted({ bits, isSigned }: Pick<Term, 'bits' | 'isSigned'>, value: bigint): bigint {
  return isSigned ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

/** The bounds of an unknown: those it was given, and those that follow from its operands and its neighbours by now. */
function rangeOf(unknown: Unknown, depth: number): Range {
  const { term, relations, sort } = unknown;
  if (sort !== 'integer' || depth <= 0 || (!term && !relations)) return unknown;
  let range: Range = unknown;
  if (term) range = common(range, derivedRange(term, depth - 1));
  for (const { kind, other, gap } of relations ?? []) {
    const bounds = kind === 'apart' ? null : boundsOf(resolve(other), depth - NEIGHBOUR);
    if (!bounds) continue;
    const { low, high } = range;
    range = common(
      range,
      kind === 'above' ? { low: bounds.low + gap, high } : { low, high: bounds.high - gap },
    );
  }
  return range;
}

function common(one: Range, other: Range | null): Range {
  if (!other || (other.low <= one.low && other.high >= one.high)) return one;
  return {
    low: one.low > other.low ? one.low : other.low,
    high: one.high < other.high ? one.high : other.high,
  };
}

function derivedRange(term: Term, depth: number): Range | null {
  const { operation, operands } = term;
  if (!DERIVED.has(operation)) return null;
  const a = boundsOf(resolve(operands[0]!), depth);
  if (!a) return null;
  if (operation === 'convert') return ifFits(term, a);
  const b = boundsOf(resolve(operands[1]!), depth);
  if (!b) return null;
  if (operation === 'add') return ifFits(term, { low: a.low + b.low, high: a.high + b.high });
  if (operation === 'subtract') return ifFits(term, { low: a.low - b.high, high: a.high - b.low });
  if (a.low < 0n || b.low < 0n) return null;
  return { low: 0n, high: a.high < b.high ? a.high : b.high };
}

const DERIVED = new Set(['convert', 'add', 'subtract', 'and']);

function ifFits(term: Term, range: Range): Range | null {
  return fitted(term, range.low) === range.low && fitted(term, range.high) === range.high ? range : null;
}

export function boundsOf(value: Value, depth = DEPTH): Range | null {
  if (typeof value === 'bigint') return { low: value, high: value };
  if (value instanceof Unknown && value.sort === 'integer') return rangeOf(value, depth);
  if (value instanceof ErrorValue && value.errno !== null) return { low: value.errno, high: value.errno };
  return null;
}

/** What a comparison gives; null when what is known does not decide it. */
export function comparison(operation: string, left: Value, right: Value, depth = DEPTH): boolean | null {
  const a = settled(left, depth);
  const b = settled(right, depth);
  if (a !== b && isSameNumber(a, b)) return comparison(operation, 0n, 0n);
  switch (operation) {
    case 'equal':
      return sameness(a, b);
    case 'not-equal': {
      const same = sameness(a, b);
      return same === null ? null : !same;
    }
    case 'less':
      return ordered(a, b, true);
    case 'less-equal':
      return ordered(a, b, false);
    case 'greater':
      return ordered(b, a, true);
    default:
      return ordered(b, a, false);
  }
}

/** Whether two values are one number that was made wider once or twice. */
function isSameNumber(a: Value, b: Value): boolean {
  if (!(a instanceof Unknown) || !(b instanceof Unknown)) return false;
  return unwidened(a) === unwidened(b);
}

function unwidened(value: Unknown): Unknown {
  let known = value;
  while (known.term?.operation === 'convert') {
    const source = resolve(known.term.operands[0]!);
    const isWhole =
      source instanceof Unknown &&
      source.sort === 'integer' &&
      ifFits(known.term, { low: source.low, high: source.high }) !== null;
    if (!isWhole) break;
    known = source;
  }
  return known;
}

export function sameness(a: Value, b: Value): boolean | null {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a === b;
  if (a instanceof Unknown && a === b) return true;
  if (a instanceof Pointer && b instanceof Pointer) return a.object === b.object && a.key === b.key;
  if (a instanceof Unknown && typeof b === 'bigint') return mayEqual(a, b) ? null : false;
  if (b instanceof Unknown && typeof a === 'bigint') return mayEqual(b, a) ? null : false;
  if (a instanceof Unknown || b instanceof Unknown) return isApart(a, b) ? false : null;
  if (a instanceof ErrorValue && b instanceof ErrorValue && (a.errno === null || b.errno === null))
    return null;
  if (a instanceof ErrorValue && b instanceof ErrorValue) return a.errno === b.errno;
  // A pointer to an object is no number, and no function.
  if (typeof a !== typeof b || a.constructor !== b.constructor) return false;
  return a instanceof FunctionValue && b instanceof FunctionValue ? a.name === b.name : null;
}

export function mayEqual(unknown: Unknown, value: bigint): boolean {
  const { low, high } = rangeOf(unknown, DEPTH);
  return value >= low && value <= high && !unknown.excluded?.has(value);
}

/** Whether two values, one of them unknown, were found to differ, or cannot meet. */
function isApart(a: Value, b: Value): boolean {
  if (related(a, b).some(({ kind, gap }) => kind === 'apart' || gap > 0n)) return true;
  const [left, right] = [boundsOf(a), boundsOf(b)];
  return left !== null && right !== null && (left.high < right.low || right.high < left.low);
}

/** What was learned of one value beside another, seen from the first. */
function related(a: Value, b: Value): Relation[] {
  if (!(a instanceof Unknown)) return [];
  return a.relations?.filter(({ other }) => resolve(other) === b) ?? [];
}

/** Whether `a < b` (`<=` when not strict). */
function ordered(a: Value, b: Value, isStrict: boolean): boolean | null {
  if (a instanceof Unknown && a === b) return !isStrict;
  if (a instanceof Pointer && b instanceof Pointer && a.object === b.object && a.region === b.region)
    return isStrict ? a.offset < b.offset : a.offset <= b.offset;
  for (const { kind, gap } of related(a, b)) {
    if (kind === 'below' && (gap > 0n || !isStrict)) return true;
    if (kind === 'above' && (gap > 0n || isStrict)) return false;
  }
  const [left, right] = [boundsOf(a), boundsOf(b)];
  if (!left || !right) return null;
  if (isStrict ? left.high < right.low : left.high <= right.low) return true;
  return (isStrict ? left.low >= right.high : left.low > right.high) ? false : null;
}

/** Whether one unknown stands in two places of a condition, as in `(mask - n + 1) & mask`. */
export function mentionsTwice(value: Value): boolean {
  const seen = new Set<Unknown>();
  const visit = (part: Value, depth: number): boolean => {
    const known = resolve(part);
    if (!(known instanceof Unknown) || depth > DEPTH) return false;
    if (!known.term) return seen.has(known) || !seen.add(known);
    return known.term.operands.some((operand) => visit(operand, depth + 1));
  };
  return visit(value, 0);
}
