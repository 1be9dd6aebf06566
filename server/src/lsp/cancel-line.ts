/**
 * How the simulating process hears in the midst of a run that its job is not
 * wanted any more. Messages are read between two steps only, and a scenario is
 * one step of seconds: so a thread that does nothing else listens at a pipe.
 */
import type { ChildProcess } from 'node:child_process';
import type { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';

/** Behind the three usual ones and the one for messages. */
const PIPE = 4;

/** What a process is forked with: the output of the server belongs to the editor. */
export const STDIO = ['ignore', 'ignore', 'ignore', 'ipc', 'pipe'] as const;

/** The end of who wants jobs. */
export class CancelLine {
  private readonly pipe: Writable | null;

  constructor(child: ChildProcess) {
    const pipe = child.stdio[PIPE];
    this.pipe = pipe && 'write' in pipe ? pipe : null;
    // A process that is gone needs not be told.
    this.pipe?.on('error', () => undefined);
    if (this.pipe && 'unref' in this.pipe && typeof this.pipe.unref === 'function') this.pipe.unref();
  }

  /** No job up to this one is wanted. */
  over(id: number): void {
    if (this.pipe?.writable) this.pipe.write(`${id}\n`);
  }
}

const LISTENER = `
const { workerData } = require('node:worker_threads');
const { Socket } = require('node:net');
let rest = '';
const pipe = new Socket({ fd: workerData.fd, readable: true, writable: false });
pipe.setEncoding('utf8');
pipe.on('error', () => undefined);
pipe.on('data', (text) => {
  const lines = (rest + text).split('\\n');
  rest = lines.pop();
  if (lines.length > 0) Atomics.store(workerData.over, 0, Number(lines.at(-1)));
});
`;

/** The end of the process that runs them; to be asked at any time. */
export class CancelListener {
  private readonly over = new Int32Array(new SharedArrayBuffer(4));

  constructor() {
    const worker = new Worker(LISTENER, { eval: true, workerData: { fd: PIPE, over: this.over } });
    // Without it a job ends a step later, and nothing is lost.
    worker.on('error', () => undefined);
    worker.unref();
  }

  isOver(id: number): boolean {
    return Atomics.load(this.over, 0) >= id;
  }
}
