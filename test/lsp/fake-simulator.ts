/** A simulator that finds what it is told to, when it is told to: the test decides how long things take. */
import type { Finding, RunAnswer, Trace } from '../../server/src/findings/index.js';
import type {
  SimulationJob,
  SimulationListener,
  SimulationProgress,
  Simulator,
  SimulatorQuestion,
} from '../../server/src/lsp/index.js';

export class FakeSimulator implements Simulator {
  readonly jobs: SimulationJob[] = [];
  readonly forgotten: string[] = [];
  /** How often a running job was put an end to. */
  cancelled = 0;
  isClosed = false;
  private listeners: SimulationListener[] = [];
  private isRunning = false;
  private waiting: (() => void)[] = [];

  start(job: SimulationJob, listener: SimulationListener): void {
    if (String(job.part.content).includes('@no-start')) throw new Error('did not start');
    this.jobs.push(job);
    this.listeners.push(listener);
    this.isRunning = true;
    for (const look of this.waiting.splice(0)) look();
  }

  /** What was asked for, each answered at once. */
  readonly questions: SimulatorQuestion[] = [];
  answer: RunAnswer | null = null;

  ask(question: SimulatorQuestion): Promise<RunAnswer | null> {
    this.questions.push(question);
    return Promise.resolve(this.answer);
  }

  cancel(): void {
    if (this.isRunning) this.cancelled++;
    this.isRunning = false;
  }

  forget(uri: string): void {
    this.forgotten.push(uri);
  }

  close(): void {
    this.isClosed = true;
  }

  /** Waits until so many jobs were started. */
  async started(count: number): Promise<SimulationJob> {
    while (this.jobs.length < count) await new Promise<void>((resolve) => this.waiting.push(resolve));
    return this.jobs[count - 1]!;
  }

  /** What a job shows (the latest when not said), whether it is still wanted or not. */
  shows(
    findings: readonly Finding[] | null,
    more: Partial<SimulationProgress> = {},
    job = this.jobs.length,
  ): void {
    const alone = { phase: 'functions', isAll: false, attach: null, drivers: null } as const;
    const progress = { ...alone, done: 1, total: 1, failures: [], isLast: true, ...more, findings };
    if (progress.isLast && job === this.jobs.length) this.isRunning = false;
    this.listeners[job - 1]!.progress(progress);
  }

  fails(why: string): void {
    this.isRunning = false;
    this.listeners.at(-1)!.failed(why);
  }
}

/** A leak on a line (from 1) of the document, with its steps when there are any. */
export function leakOn(line: number, path: string, more: Partial<Finding> = {}): Finding {
  return {
    rule: 'memory-leak',
    classes: ['resource-leak'],
    severity: 'warning',
    confidence: 'certain',
    message: 'toy() leaks.',
    region: { file: path, line, column: 1, endLine: line, endColumn: 3 },
    function: 'toy',
    source: { path, message: null, line, decodedLine: null },
    related: [],
    assumptions: [],
    trace: null,
    fix: null,
    tags: [],
    ...more,
  };
}

export function traceOf(file: string, lines: readonly number[]): Trace {
  const steps = lines.map((line, index) => ({
    n: index + 1,
    lane: 'toy',
    file,
    line,
    depth: 0,
    text: `step on ${line}`,
    changes: [],
    locks: [],
    isViolation: index === lines.length - 1,
  }));
  return { scenario: 'alone', tape: '', steps };
}
