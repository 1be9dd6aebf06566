/** Statements that print. */
import { calledName, type Statement } from '../../syntax/index.js';
import { LOG_CALLS } from '../log-calls.table.js';
import { callOf } from '../shapes.js';

/** Whether a statement does nothing but print. */
export function isMessage(statement: Statement): boolean {
  return rowOf(statement)?.kind === 'print';
}

/** At which level a statement prints: `err`, `warn`; null when it has none, or does not print. */
export function levelOf(statement: Statement): string | null {
  return rowOf(statement)?.level ?? null;
}

function rowOf(statement: Statement) {
  const call = callOf(statement);
  return call ? LOG_CALLS.get(calledName(call) ?? '') : undefined;
}
