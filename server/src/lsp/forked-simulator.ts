/**
 * The simulating process as the server sees it. It is started when there is
 * something to run, and once more after it died; what it dies of is the job.
 * A job that is not wanted any more is told so twice, by a message, which it
 * reads between two steps, and on the line that it hears in the midst of one
 * (cancel-line.ts). A thread would do but for its end: one that is stopped in
 * the midst of the parser's native code takes the whole server with it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import type { RunAnswer } from '../findings/index.js';
import { CancelLine, STDIO } from './cancel-line.js';
import { describeError } from './log.js';
import type {
  OpenBuffer,
  SimulationJob,
  SimulationListener,
  Simulator,
  SimulatorQuestion,
} from './simulator.js';
import type { FromProcess, ToProcess } from './simulator-messages.js';

/** A function takes a fraction of a second, a scenario at most seconds; a process that says nothing for so long hangs. */
const LONGEST_SILENCE = 30_000;
/** Of memory, in MB: a job that needs more ends, and the server does not. */
const MOST_MEMORY = 1500;

interface Running {
  readonly id: number;
  readonly listener: SimulationListener;
  timer: NodeJS.Timeout;
}

export class ForkedSimulator implements Simulator {
  private child: ChildProcess | null = null;
  private line: CancelLine | null = null;
  private running: Running | null = null;
  private lastId = 0;
  private lastQuestion = 0;
  /** Who waits for answers, by question. */
  private readonly asked = new Map<number, (answer: RunAnswer | null) => void>();
  /** Versions of the buffers that the process has, by path. */
  private sent = new Map<string, number>();

  /** `file`: what the process runs. */
  constructor(private readonly file: string) {}

  start({ buffers, ...job }: SimulationJob, listener: SimulationListener): void {
    this.stop();
    const id = ++this.lastId;
    this.child ??= this.launch();
    this.line?.over(id - 1);
    this.running = { id, listener, timer: this.watch() };
    const closed = [...this.sent.keys()].filter((path) => !buffers.some((each) => each.path === path));
    for (const path of closed) this.sent.delete(path);
    this.tell({ kind: 'start', id, job, buffers: buffers.filter((each) => this.isNew(each)), closed });
  }

  ask(question: SimulatorQuestion): Promise<RunAnswer | null> {
    if (!this.child?.connected) return Promise.resolve(null);
    const id = ++this.lastQuestion;
    const answer = new Promise<RunAnswer | null>((resolve) => this.asked.set(id, resolve));
    this.tell({ kind: 'ask', id, question });
    return answer;
  }

  cancel(): void {
    if (this.running) this.tell({ kind: 'cancel' });
    this.line?.over(this.lastId);
    this.stop();
  }

  private stop(): void {
    clearTimeout(this.running?.timer);
    this.running = null;
  }

  forget(uri: string): void {
    this.tell({ kind: 'forget', uri });
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

  private tell(message: ToProcess): void {
    if (this.child?.connected) this.child.send(message);
  }

  private launch(): ChildProcess {
    const child = fork(this.file, [], {
      serialization: 'advanced',
      stdio: [...STDIO],
      execArgv: [`--max-old-space-size=${MOST_MEMORY}`],
    });
    this.sent = new Map();
    this.line = new CancelLine(child);
    child.on('message', (message: FromProcess) => this.hear(message));
    child.on('error', (error) => this.died(child, describeError(error)));
    child.on('exit', (code, signal) =>
      this.died(child, `the simulating process ended with ${signal ?? `exit code ${code}`}`),
    );
    child.unref();
    child.channel?.unref();
    return child;
  }

  private hear(message: FromProcess): void {
    if (message.kind === 'answer') {
      this.asked.get(message.id)?.(message.answer);
      this.asked.delete(message.id);
      return;
    }
    const { running } = this;
    if (running?.id !== message.id) return;
    clearTimeout(running.timer);
    const isOver = message.kind === 'failed' || message.progress.isLast;
    if (isOver) this.running = null;
    else running.timer = this.watch();
    if (message.kind === 'failed') running.listener.failed(message.why);
    else running.listener.progress(message.progress);
  }

  private died(child: ChildProcess, why: string): void {
    if (this.child !== child) return;
    this.child = null;
    this.leaveUnanswered();
    const { running } = this;
    this.stop();
    running?.listener.failed(why);
  }

  private leaveUnanswered(): void {
    for (const resolve of this.asked.values()) resolve(null);
    this.asked.clear();
  }

  /** A job that was cancelled and goes on all the same is seen by the one that waits behind it. */
  private watch(): NodeJS.Timeout {
    const timer = setTimeout(() => {
      const { child } = this;
      if (child) this.died(child, `nothing was heard of it for ${LONGEST_SILENCE / 1000} s`);
      child?.kill('SIGKILL');
    }, LONGEST_SILENCE);
    timer.unref();
    return timer;
  }

  private end(): void {
    const { child } = this;
    this.child = null;
    this.leaveUnanswered();
    child?.kill();
  }
}
