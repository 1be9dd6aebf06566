/**
 * How a run learns of its unknowns. A branch on an unknown that is not decided
 * by what is known is a choice; what the choice means is learned here, and a
 * run that contradicts itself is dropped.
 */
import { ErrorValue, type Relation, resolve, type Term, Unknown, type Value } from '../model/index.js';
import { BOOLEAN, boundsOf, fitted, mayEqual, sameness, settled, truthOf } from './knowledge.js';

/** Thrown by nobody: a run that learns something impossible is told to end. */
interface Learner {
  contradict(): void;
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
function unify(learner: Learner, left: Value, right: Value): void {
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

/** Learns a value that an unknown has not. */
export function exclude(learner: Learner, unknown: Unknown, value: bigint): void {
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
