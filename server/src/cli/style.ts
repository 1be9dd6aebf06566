/** Whether the terminal wants colours, and how wide it is. */
import { coloured, type Paint, plain } from '../review/index.js';
import type { Io } from './io.js';

/** FORCE_COLOR and NO_COLOR as other tools read them; otherwise colours on a terminal that is not dumb. */
export function wantsColour({ env, columns }: Pick<Io, 'env' | 'columns'>): boolean {
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  if (env.NO_COLOR) return false;
  return columns !== null && env.TERM !== 'dumb';
}

export function paintFor(io: Pick<Io, 'env' | 'columns'>): Paint {
  return wantsColour(io) ? coloured : plain;
}

/** Width for running text: the terminal's up to what reads well; a page's where there is no terminal. */
export function textWidth({ columns }: Pick<Io, 'columns'>): number {
  return Math.max(40, Math.min(columns ?? 100, 100));
}
