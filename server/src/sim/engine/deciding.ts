/** Conditions and results that the run must make up its mind about: by what is known, else by a choice that is learnt. */
import { ErrorValue, resolve, type Site, Unknown, type Value } from '../model/index.js';
import { quote } from './access.js';
import { cutShort } from './cuts.js';
import { isErrorOf, mentionsTwice, truthOf } from './knowledge.js';
import { assume } from './learning.js';
import type { Machine } from './machine.js';

const TRUE_FIRST = ['true', 'false'];
const FALSE_FIRST = ['false', 'true'];

/** Decides a condition: by what is known, else by a choice, which is then learned. */
export function decide(machine: Machine, value: Value, site: Site, plainest: boolean): boolean {
  const known = truthOf(value);
  if (known !== null) return known;
  // Whether such a condition can hold at all is beyond intervals.
  if (mentionsTwice(value)) cutShort(machine, 'condition', 'a condition on one unknown in two places');
  const { journal } = machine.hardware;
  const plain = journal?.plainest(machine, value, plainest) ?? plainest;
  const taken = machine.choose('unknown', plain ? TRUE_FIRST : FALSE_FIRST, site);
  const isTrue = plain === (taken === 0);
  journal?.answered(machine, isTrue);
  learn(machine, value, isTrue);
  return isTrue;
}

/** Learns that a condition holds, and remembers which decision said so. */
export function learn(machine: Machine, value: Value, isTrue: boolean): void {
  const tested = testedPointer(value);
  const input = inputEqualTo(machine, value, isTrue);
  assume(machine, value, isTrue);
  if (input) assume(machine, input, true);
  if (tested && tested.bound !== null && !tested.cause)
    tested.cause = machine.causeHere('tested', `${tested.words || 'it'} is found to be NULL`);
  machine.recorder?.decided(machine, isTrue);
}

/** Whether a result is an error pointer; asked of an unknown result, it is a choice. */
export function decideError(machine: Machine, value: Value, site: Site): boolean {
  const known = isErrorOf(value);
  if (known !== null) return known;
  const unknown = resolve(value) as Unknown;
  const words = unknown.words || quote(machine);
  const isError =
    machine.choose('unknown', [`${words} gives no error`, `${words} gives an error`], site) === 1;
  unknown.isError = isError;
  if (!isError) return false;
  const cause = machine.causeHere('tested', `${words} gives an error`);
  unknown.bound = new ErrorValue(null, false, cause);
  return true;
}

/** The pointer that a condition asks for null, if it does. */
function testedPointer(value: Value): Unknown | null {
  let known: Value | null = value;
  while (known instanceof Unknown && known.bound === null) {
    if (known.sort !== 'integer') return known;
    if (!known.term || !['not', 'equal', 'not-equal', 'convert'].includes(known.term.operation)) return null;
    known = known.term.operands[0] ?? null;
  }
  return null;
}

/** The function's own parameter, which is valid, that a condition finds in a place of memory: so is what is there. */
function inputEqualTo(machine: Machine, value: Value, isTrue: boolean): Unknown | null {
  if (!(value instanceof Unknown) || value.term?.operation !== (isTrue ? 'equal' : 'not-equal')) return null;
  const [one, other] = value.term.operands.map(resolve);
  if (!(one instanceof Unknown) || !(other instanceof Unknown)) return null;
  const input = isInput(machine, one) ? one : isInput(machine, other) ? other : null;
  return input?.sort === 'pointer' ? input : null;
}

function isInput({ ledger }: Machine, value: Unknown): boolean {
  return ledger.inputs.some((input) => resolve(input) === value);
}
