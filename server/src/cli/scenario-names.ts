/** Complaints about scenarios that were asked for by name, and about tapes of their runs. */
import { nearest, UsageError } from './usage-error.js';

/** `where`: what has no scenario of that name. */
export function noScenario(where: string, name: string, names: readonly string[]): UsageError {
  const meant = nearest(name, names) ?? names.find((other) => name !== '' && other.includes(name));
  return new UsageError(
    `${where}: no scenario '${name}'`,
    meant ? `Did you mean '${meant}'?` : thereAre(names),
  );
}

/** Rows, where there are some: their variants would make it long. */
export function thereAre(names: readonly string[]): string {
  const rows = names.filter((each) => !each.includes('/'));
  return `There are ${(rows.length > 0 ? rows : names).join(', ')}.`;
}

/** For what can only be of one scenario. */
export function severalScenarios(what: string, name: string, ids: readonly string[]): UsageError {
  return new UsageError(
    `${what} one scenario, and ${name} has ${ids.length}`,
    `Give one of them: --scenario ${ids.join(', ')}.`,
  );
}

/** `fresh`: the command that gives the tapes of the code as it is. */
export function tapeComplaint(
  tape: string,
  refusal:
    | { readonly kind: 'malformed' }
    | { readonly kind: 'other-code' | 'impossible'; readonly why: string },
  fresh: string,
): UsageError {
  switch (refusal.kind) {
    case 'malformed':
      return new UsageError(`--tape ${tape}: not a tape`, 'A trace gives its tape, as in --tape 0.1~ab12.');
    case 'other-code':
      return new UsageError(`--tape ${tape}: the tape was recorded on other code: ${refusal.why}`, fresh);
    case 'impossible':
      return new UsageError(`--tape ${tape}: ${refusal.why}`, fresh);
  }
}
