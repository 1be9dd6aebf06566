/** Another process of this program, for one share of the runs. */
import { fork } from 'node:child_process';
import type { RunsOfShare, ShareOrder } from './io.js';

/** A helper that fails has run nothing: it is done by who asked. */
export function forked(program: string, args: readonly string[], order: ShareOrder): Promise<RunsOfShare> {
  return new Promise((done) => {
    const child = fork(program, args, {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child.on('message', (runs: RunsOfShare) => {
      done(runs);
      child.kill();
    });
    child.on('error', () => done([]));
    child.on('exit', () => done([]));
    child.send(order);
  });
}
