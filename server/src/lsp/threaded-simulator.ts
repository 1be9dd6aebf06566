/**
 * The simulating thread as the server sees it. It is started when there is
 * something to run, and once more after it died; what it dies of is the job.
 */
import { Worker } from 'node:worker_threads';
import { describeError } from './log.js';
import type { OpenBuffer, SimulationJob, SimulationListener, Simulator } from './simulator.js';
import type { FromThread, ThreadData, ToThread } from './simulator-messages.js';

/** A function takes a fraction of a second; a thread that says nothing for so long hangs. */
const LONGEST_SILENCE = 30_000;
/** Of memory, in MB: a job that needs more ends, and the server does not. */
const MOST_MEMORY = 1500;

interface Running {
  readonly id: number;
  readonly listener: SimulationListener;
  timer: NodeJS.Timeout;
}

export class ThreadedSimulator implements Simulator {
  private readonly wanted = new Int32Array(new SharedArrayBuffer(4));
  private worker: Worker | null = null;
  private running: Running | null = null;
  private lastId = 0;
  /** Versions of the buffers that the thread has, by path. */
  private sent = new Map<string, number>();

  /** `file`: what the thread runs. */
  constructor(private readonly file: string) {}

  start({ buffers, ...job }: SimulationJob, listener: SimulationListener): void {
    this.cancel();
    const id = ++this.lastId;
    this.worker ??= this.launch();
    this.running = { id, listener, timer: this.watch() };
    Atomics.store(this.wanted, 0, id);
    const closed = [...this.sent.keys()].filter((path) => !buffers.some((each) => each.path === path));
    for (const path of closed) this.sent.delete(path);
    this.tell({ kind: 'start', id, job, buffers: buffers.filter((each) => this.isNew(each)), closed });
  }

  cancel(): void {
    Atomics.store(this.wanted, 0, 0);
    clearTimeout(this.running?.timer);
    this.running = null;
  }

  forget(uri: string): void {
    if (this.worker) this.tell({ kind: 'forget', uri });
  }

  close(): void {
    this.cancel();
    this.end();
  }

  private isNew({ path, version }: OpenBuffer): boolean {
    if (this.sent.get(path) === version) return false;
    this.sent.set(path, version);
    return true;
  }

  private tell(message: ToThread): void {
    this.worker?.postMessage(message);
  }

  private launch(): Worker {
    const workerData: ThreadData = { wanted: this.wanted.buffer as SharedArrayBuffer };
    const worker = new Worker(this.file, {
      workerData,
      // The editor is spoken to over the output of the process: nothing else may be written there.
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY },
    });
    this.sent = new Map();
    worker.on('message', (message: FromThread) => this.hear(message));
    worker.on('error', (error) => this.died(worker, describeError(error)));
    worker.on('exit', (code) => this.died(worker, `the thread ended with exit code ${code}`));
    worker.unref();
    return worker;
  }

  private hear(message: FromThread): void {
    const { running } = this;
    if (running?.id !== message.id) return;
    clearTimeout(running.timer);
    const isOver = message.kind === 'failed' || message.progress.isLast;
    if (isOver) this.running = null;
    else running.timer = this.watch();
    if (message.kind === 'failed') running.listener.failed(message.why);
    else running.listener.progress(message.progress);
  }

  private died(worker: Worker, why: string): void {
    if (this.worker !== worker) return;
    this.worker = null;
    const { running } = this;
    this.cancel();
    running?.listener.failed(why);
  }

  /** A job that was cancelled and goes on all the same is seen by the one that waits behind it. */
  private watch(): NodeJS.Timeout {
    const timer = setTimeout(() => {
      const { worker } = this;
      if (worker) this.died(worker, `nothing was heard of it for ${LONGEST_SILENCE / 1000} s`);
      void worker?.terminate();
    }, LONGEST_SILENCE);
    timer.unref();
    return timer;
  }

  private end(): void {
    const { worker } = this;
    this.worker = null;
    void worker?.terminate();
  }
}
