/**
 * Which open document is run next. What was edited last comes first; an edit
 * puts an end to the run of its document, and nothing that was found in
 * another version is ever handed on.
 */
import type { RunAnswer, Severity } from '../findings/index.js';
import { nameOf } from './addresses.js';
import type { SimulationProgressBar } from './features/progress.js';
import type { Log } from './log.js';
import type { SimulationJob, SimulationProgress, Simulator, SimulatorQuestion } from './simulator.js';

/** A document that its runs died of so often is left alone until it is opened again. */
const MOST_FAILURES = 3;

/** What is to be run, and how it is made at the moment when its turn comes. */
export interface Wanted {
  readonly uri: string;
  readonly version: number;
  /** What is weaker is not shown. */
  readonly minimumSeverity: Severity;
  readonly job: (isDoubtful: boolean) => SimulationJob;
}

/** Told of what comes of it. */
export interface SimulationsListener {
  found(wanted: Wanted, progress: SimulationProgress): void;
  /** Nothing more will be found, for a failure of the simulation itself. */
  gaveUp(wanted: Wanted): void;
}

export class Simulations {
  /** Latest last. */
  private readonly waiting = new Map<string, Wanted>();
  private running: Wanted | null = null;
  /** Documents beside which files may have changed. */
  private readonly doubtful = new Set<string>();
  private readonly failures = new Map<string, string[]>();

  constructor(
    private readonly simulator: Simulator | null,
    private readonly bar: SimulationProgressBar,
    private readonly log: Log,
    private readonly listener: SimulationsListener,
  ) {}

  /** Whether a document is run at all, when it is wanted. */
  mayRun(uri: string): boolean {
    return this.simulator !== null && (this.failures.get(uri)?.length ?? 0) < MOST_FAILURES;
  }

  /** Runs a document; whatever runs now has to wait. */
  want(wanted: Wanted): void {
    if (!this.mayRun(wanted.uri)) return;
    const { running } = this;
    this.stop();
    if (running && running.uri !== wanted.uri) this.waiting.set(running.uri, running);
    this.waiting.delete(wanted.uri);
    this.waiting.set(wanted.uri, wanted);
    this.next();
  }

  /** One run of a scenario of a document; null when nothing is known of that version. */
  ask(question: SimulatorQuestion): Promise<RunAnswer | null> {
    return this.simulator?.ask(question) ?? Promise.resolve(null);
  }

  /** What is known of the document does not hold any more. */
  drop(uri: string): void {
    this.waiting.delete(uri);
    if (this.running?.uri !== uri) return;
    this.stop();
    this.next();
  }

  /** The user does not want to wait for what runs now; an edit runs it again. */
  giveUp(): void {
    const { running } = this;
    if (!running) return;
    this.stop();
    this.listener.gaveUp(running);
    this.next();
  }

  /** Something beside the document may have changed. */
  doubt(uri: string): void {
    this.doubtful.add(uri);
  }

  closed(uri: string): void {
    this.drop(uri);
    this.doubtful.delete(uri);
    this.failures.delete(uri);
    this.simulator?.forget(uri);
  }

  close(): void {
    this.waiting.clear();
    this.stop();
    this.simulator?.close();
  }

  private stop(): void {
    if (!this.running) return;
    this.running = null;
    this.simulator?.cancel();
    this.bar.end();
  }

  private next(): void {
    const wanted = [...this.waiting.values()].at(-1);
    if (!wanted || !this.simulator) return;
    this.waiting.delete(wanted.uri);
    this.running = wanted;
    this.bar.begin(nameOf(wanted.uri));
    try {
      this.simulator.start(wanted.job(this.doubtful.delete(wanted.uri)), {
        progress: (progress) => this.heard(wanted, progress),
        failed: (why) => this.failed(wanted, why),
      });
    } catch (error) {
      this.failed(wanted, String(error));
    }
  }

  private heard(wanted: Wanted, progress: SimulationProgress): void {
    if (this.running !== wanted) return;
    for (const failure of progress.failures) this.write(wanted.uri, failure);
    this.bar.report(progress);
    try {
      this.listener.found(wanted, progress);
    } catch (error) {
      this.log.failure(`simulating ${nameOf(wanted.uri)}`, error);
    }
    if (progress.isLast) this.over();
  }

  private failed(wanted: Wanted, why: string): void {
    if (this.running !== wanted) return;
    this.write(wanted.uri, why);
    const known = this.failures.get(wanted.uri) ?? [];
    this.failures.set(wanted.uri, [...known, why]);
    this.listener.gaveUp(wanted);
    this.over();
  }

  private readonly written = new Set<string>();

  /** The same failure comes back with every key that is pressed. */
  private write(uri: string, why: string): void {
    const line = `simulating ${nameOf(uri)}: ${why}`;
    if (this.written.has(line)) return;
    this.written.add(line);
    this.log.error(line);
  }

  private over(): void {
    this.running = null;
    this.bar.end();
    this.next();
  }
}
