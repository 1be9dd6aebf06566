/**
 * What a run knows of its unknowns, and how it learns: equalities, intervals,
 * excluded values, order, whether a pointer is null. A branch on an unknown
 * that is not decided by what is known is a choice; what the choice means is
 * learned, and a run that contradicts itself is dropped.
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

/** Thrown by nobody: a run that learns something impossible is told to end. */
export interface Learner {
  contradict(): void;
}

interface Range {
  readonly low: bigint;
  readonly high: bigint;
}

const COMPARISONS = new Set(['equal', 'not-equal', 'less', 'less-equal', 'greater', 'greater-equal']);
const BOOLEAN = new Set([...COMPARISONS, 'not', 'is-error']);
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
  complement: (value) => ~value,
  convert: (value) => value,
};

function fitted({ bits, isSigned }: Pick<Term, 'bits' | 'isSigned'>, value: bigint): bigint {
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

function boundsOf(value: Value, depth = DEPTH): Range | null {
  if (typeof value === 'bigint') return { low: value, high: value };
  if (value instanceof Unknown && value.sort === 'integer') return rangeOf(value, depth);
  if (value instanceof ErrorValue && value.errno !== null) return { low: value.errno, high: value.errno };
  return null;
}

/** What a comparison gives; null when what is known does not decide it. */
export function comparison(operation: string, left: Value, right: Value, depth = DEPTH): boolean | null {
  const a = settled(left, depth);
  const b = settled(right, depth);
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

function sameness(a: Value, b: Value): boolean | null {
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

function mayEqual(unknown: Unknown, value: bigint): boolean {
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

/** Takes it that a value is true, or false. */
export function assume(learner: Learner, value: Value, isTrue: boolean): void {
  const known = settled(value);
  if (!(known instanceof Unknown)) {
    if (truthOf(known) !== isTrue) learner.contradict();
    return;
  }
  const { term } = known;
  if (!term || !BOOLEAN.has(term.operation)) {
    if (isTrue) exclude(learner, known, 0n);
    else bind(learner, known, 0n);
    return;
  }
  if (truthOf(known) === !isTrue) {
    learner.contradict();
    return;
  }
  known.bound = isTrue ? 1n : 0n;
  assumeTerm(learner, term, isTrue);
}

function assumeTerm(learner: Learner, { operation, operands }: Term, isTrue: boolean): void {
  const [left, right] = operands as readonly [Value, Value];
  if (operation === 'not') assume(learner, left, !isTrue);
  else if (operation === 'is-error') assumeError(learner, left, isTrue);
  else if (operation === 'equal' || operation === 'not-equal') {
    if ((operation === 'equal') === isTrue) unify(learner, left, right);
    else separate(learner, left, right);
  } else assumeOrder(learner, operation, isTrue ? [left, right] : [right, left], isTrue);
}

/** `left < right` and its like; what is not so is the opposite of the operands in the other order. */
function assumeOrder(
  learner: Learner,
  operation: string,
  [left, right]: readonly [Value, Value],
  isTrue: boolean,
): void {
  const isStrict = (operation === 'less' || operation === 'greater') === isTrue;
  const isLess = operation === 'less' || operation === 'less-equal';
  order(learner, isLess ? left : right, isLess ? right : left, isStrict ? 1n : 0n);
}

function assumeError(learner: Learner, value: Value, isTrue: boolean): void {
  const known = resolve(value);
  if (known instanceof ErrorValue || !(known instanceof Unknown)) {
    if (known instanceof ErrorValue !== isTrue) learner.contradict();
    return;
  }
  if (known.isError !== null && known.isError !== isTrue) learner.contradict();
  known.isError = isTrue;
  if (isTrue) known.bound = new ErrorValue(null, false, known.cause);
}

/** Learns that two values are equal. */
export function unify(learner: Learner, left: Value, right: Value): void {
  const a = settled(left);
  const b = settled(right);
  if (a === b) return;
  // What was computed from something is the one to keep: what is learned of it later is learned of that too.
  if (a instanceof Unknown && !(b instanceof Unknown && a.term && !b.term)) bind(learner, a, b);
  else if (b instanceof Unknown) bind(learner, b, a);
  else if (sameness(a, b) === false) learner.contradict();
}

function separate(learner: Learner, left: Value, right: Value): void {
  const a = settled(left);
  const b = settled(right);
  if (sameness(a, b) === true) learner.contradict();
  else if (a instanceof Unknown && typeof b === 'bigint') exclude(learner, a, b);
  else if (b instanceof Unknown && typeof a === 'bigint') exclude(learner, b, a);
  else {
    relate(a, { kind: 'apart', other: b, gap: 0n });
    relate(b, { kind: 'apart', other: a, gap: 0n });
  }
}

function relate(value: Value, relation: Relation): void {
  if (!(value instanceof Unknown)) return;
  value.relations ??= [];
  value.relations.push(relation);
}

/** Learns what an unknown is. */
export function bind(learner: Learner, unknown: Unknown, value: Value): void {
  if (unknown === value) return;
  if (sameness(unknown, value) === false || (value instanceof ErrorValue && unknown.isError === false)) {
    learner.contradict();
    return;
  }
  // A value that is computed from itself cannot be followed: nothing is learned.
  if (value instanceof Unknown && mentions(value, unknown, new Set())) return;
  unknown.bound = value;
  if (value instanceof Unknown) inherit(learner, value, unknown);
  for (const relation of unknown.relations ?? []) apply(learner, value, relation);
  const { term } = unknown;
  if (!term || typeof value !== 'bigint') return;
  if (BOOLEAN.has(term.operation)) assumeTerm(learner, term, value !== 0n);
  else backwards(term, value, (operand, known) => unify(learner, operand, known));
}

function mentions(value: Value, wanted: Unknown, seen: Set<Unknown>): boolean {
  const known = resolve(value);
  if (known === wanted) return true;
  if (!(known instanceof Unknown) || !known.term || seen.has(known)) return false;
  seen.add(known);
  return known.term.operands.some((operand) => mentions(operand, wanted, seen));
}

/** What was known of one unknown holds of the other that it turned out to be. */
function inherit(learner: Learner, heir: Unknown, { low, high, excluded, isError, sort }: Unknown): void {
  if (isError !== null) heir.isError ??= isError;
  for (const value of excluded ?? []) exclude(learner, heir, value);
  if (sort === 'integer') narrow(learner, heir, low, high);
}

/** Holds a relation against what its unknown turned out to be. */
function apply(learner: Learner, value: Value, { kind, other, gap }: Relation): void {
  if (kind === 'apart') separate(learner, value, other);
  else if (kind === 'below') order(learner, value, other, gap);
  else order(learner, other, value, gap);
}

/** What the operand of a term must be when the term is known; only where that is certain. */
function backwards(term: Term, value: bigint, learn: (operand: Value, value: bigint) => void): void {
  const [left, right] = term.operands.map(resolve) as [Value, Value];
  const fit = (number: bigint): bigint => fitted(term, number);
  if (term.operation === 'add' && typeof right === 'bigint') learn(left, fit(value - right));
  else if (term.operation === 'add' && typeof left === 'bigint') learn(right, fit(value - left));
  else if (term.operation === 'subtract' && typeof right === 'bigint') learn(left, fit(value + right));
  else if (term.operation === 'subtract' && typeof left === 'bigint') learn(right, fit(left - value));
  else if (term.operation === 'xor' && typeof right === 'bigint') learn(left, fit(value ^ right));
  else if (term.operation === 'complement') learn(left, fit(~value));
  else if (term.operation === 'or' && value === 0n) {
    learn(left, 0n);
    learn(right, 0n);
  } else if (term.operation === 'convert') {
    const only = onlySource(term, left, value);
    if (only !== null) learn(left, only);
  }
}

/** The one value of an operand that a conversion makes into this; null when there are more, or none. */
function onlySource({ bits }: Term, operand: Value, value: bigint): bigint | null {
  const range = boundsOf(operand);
  if (!range) return null;
  const least = range.low + BigInt.asUintN(bits, value - range.low);
  return least <= range.high && least + (1n << BigInt(bits)) > range.high ? least : null;
}

function exclude(learner: Learner, unknown: Unknown, value: bigint): void {
  if (!mayEqual(unknown, value)) return;
  unknown.excluded ??= new Set();
  unknown.excluded.add(value);
  narrow(learner, unknown, unknown.low, unknown.high);
  const { term } = unknown;
  if (!term || BOOLEAN.has(term.operation)) return;
  const learn = (operand: Value, known: bigint): void => {
    const inner = resolve(operand);
    if (inner instanceof Unknown) exclude(learner, inner, known);
    else if (inner === known) learner.contradict();
  };
  // Some bit that is left is a bit of each part; that a sum of bits is not zero says nothing of either.
  if (term.operation === 'and' && value === 0n) for (const operand of term.operands) learn(operand, 0n);
  else if (term.operation !== 'or') backwards(term, value, learn);
}

/** Learns `left + gap <= right`. */
function order(learner: Learner, left: Value, right: Value, gap: bigint): void {
  const a = settled(left);
  const b = settled(right);
  const [low, high] = [boundsOf(a), boundsOf(b)];
  if (low && high && low.low + gap > high.high) {
    learner.contradict();
    return;
  }
  if (a instanceof Unknown && b instanceof Unknown) {
    relate(a, { kind: 'below', other: b, gap });
    relate(b, { kind: 'above', other: a, gap });
  }
  if (a instanceof Unknown && high) narrow(learner, a, a.low, high.high - gap);
  if (b instanceof Unknown && low) narrow(learner, b, low.low + gap, b.high);
}

function narrow(learner: Learner, unknown: Unknown, low: bigint, high: bigint): void {
  if (unknown.sort !== 'integer' || unknown.bound !== null) return;
  if (low > unknown.low) unknown.low = low;
  if (high < unknown.high) unknown.high = high;
  while (unknown.excluded?.has(unknown.low)) unknown.low++;
  while (unknown.excluded?.has(unknown.high)) unknown.high--;
  if (unknown.low > unknown.high) learner.contradict();
  else if (unknown.low === unknown.high) bind(learner, unknown, unknown.low);
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
