/** Error pointers. include/linux/err.h and xarray.h, 6.12. */
import { ErrorValue, resolve, Unknown, type Value } from '../../model/index.js';
import { decide, decideError } from '../deciding.js';
import type { Machine } from '../machine.js';
import { argument, type EffectOf, type PrimitiveCall } from './perform.js';

export function error(machine: Machine, { what }: EffectOf<'error'>, call: PrimitiveCall): Value {
  const value = argument(call, 0);
  const known = resolve(value);
  switch (what) {
    case 'make':
      return made(machine, known);
    case 'cast':
      return value;
    case 'is':
    case 'xa-is':
    case 'is-value':
      if (known === 0n) machine.ledger.noteAsked(originOf(value));
      if (known instanceof ErrorValue) machine.ledger.handled.add(known);
      return decideError(machine, known, machine.site) ? 1n : 0n;
    case 'is-or-null':
      if (known === 0n || decideError(machine, known, machine.site)) return 1n;
      return decide(machine, known, machine.site, true) ? 0n : 1n;
    case 'xa-number':
      return known instanceof ErrorValue ? numberOf(machine, known) : 0n;
    case 'number':
      return numberOf(machine, known);
    case 'number-or-zero':
      return decideError(machine, known, machine.site) ? numberOf(machine, resolve(value)) : 0n;
  }
}

/** The value behind the names that it has gone by. */
function originOf(value: Value): Value {
  let known = value;
  while (known instanceof Unknown && known.bound instanceof Unknown) known = known.bound;
  return known;
}

/** ERR_PTR(): of 0 it is NULL, and of what is no error number an address, which IS_ERR() takes for a pointer. */
function made(machine: Machine, known: Value): Value {
  if (typeof known === 'bigint' && !isErrorNumber(BigInt.asIntN(64, known))) return known;
  const last = machine.choices.at(-1);
  const isFailure = last?.kind === 'fault' && last.taken > 0;
  const words = isFailure ? last.meanings[1]! : `${machine.frame.procedure.name}() gives an error`;
  const cause = last ? machine.causeHere(last.kind === 'fault' ? 'fault' : 'tested', words) : null;
  return new ErrorValue(typeof known === 'bigint' ? BigInt.asIntN(64, known) : null, false, cause);
}

/** From -MAX_ERRNO up to -1. */
function isErrorNumber(number: bigint): boolean {
  return number < 0n && number >= -4095n;
}

/** PTR_ERR(): the number in an error pointer, negative if not known. */
function numberOf(machine: Machine, known: Value): Value {
  if (known instanceof ErrorValue) return known.errno ?? machine.unknown('integer', -4095n, -1n, 'the error');
  if (known === 0n) return 0n;
  return machine.unknown('integer', -4095n, -1n, 'PTR_ERR() of a pointer that is no error');
}
