/** The processes that help with a large input: how they are started, and what one of them does. */
import { availableParallelism } from 'node:os';
import type { Helpers, Io, RunsOfShare, ShareOrder } from './io.js';

/** In place of a command: the order comes by message. */
const HELP_OUT = '--help-out';
/** Each holds all of the input. */
const MOST = 3;
/** Bytes of C: a fraction of all drivers. */
const WORTH = 300_000;

/** Those of this very program; fewer where there are fewer processors. */
export function helperProcesses(program: string | undefined): Helpers | null {
  if (program === undefined) return null;
  const most = Math.min(MOST, availableParallelism() - 1);
  return { most, worth: WORTH, run: (order) => started(program, order) };
}

/** What forks is not loaded by all who need nobody. */
async function started(program: string, order: ShareOrder): Promise<RunsOfShare> {
  const { forked } = await import('./forked-share.js');
  return forked(program, [HELP_OUT], order);
}

export const isHelper = (argv: readonly string[]): boolean =>
  argv[0] === HELP_OUT && process.send !== undefined;

/** Waits for its one order, carries it out and ends. */
export function helpOut(io: Io): void {
  // Who started it is gone.
  process.on('disconnect', () => process.exit());
  process.once('message', (order: ShareOrder) => {
    carryOut(order, io).then(
      (runs) => process.send?.(runs),
      () => process.exit(1),
    );
  });
}

/** What it takes brings a parser, which a start of this program is not to wait for. */
async function carryOut(order: ShareOrder, io: Io): Promise<RunsOfShare> {
  const { runOrder } = await import('./shares.js');
  return runOrder(order, io);
}
