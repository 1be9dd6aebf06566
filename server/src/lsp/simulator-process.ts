/**
 * The process that runs functions of open documents, beside the one that talks
 * to the editor. It has its own parser and its own view of the kernel trees.
 * Between two functions or scenarios it reads what it is told, and between two
 * runs it hears when a job is not wanted any more.
 */
import { setImmediate as messagesRead } from 'node:timers/promises';
import type { Finding, RunAnswer } from '../findings/index.js';
import type { ProjectConfig } from '../project/index.js';
import { type SimulatedSoFar, SimulatedVersions } from '../review/index.js';
import { CancelListener } from './cancel-line.js';
import { describeError } from './log.js';
import type { SimulatorQuestion } from './simulator.js';
import type { FromProcess, ToProcess } from './simulator-messages.js';
import { TreeOnDisk } from './tree-on-disk.js';

/** Between two looks at what was found so far. */
const STEP = 300;
/** In milliseconds: exploring a scenario for somebody who looks on. */
const LONGEST_ANSWER = 5000;

const NOTHING_TO_RUN = { phase: 'functions', done: 0, total: 0, isAll: false, failures: [] } as const;

type Start = ToProcess & { kind: 'start' };

class SimulatorProcess {
  private readonly documents = new Map<string, SimulatedVersions>();
  /** Of each document, the version that was begun last. */
  private readonly versions = new Map<string, number>();
  private readonly trees = new Map<string, TreeOnDisk>();
  private readonly buffers = new Map<string, string>();
  private project: { readonly said: string; readonly config: ProjectConfig } | null = null;
  /** The job that goes on as soon as messages are read. */
  private wanted = 0;
  /** The job that began last. */
  private latest = 0;
  private jobs: Promise<void> = Promise.resolve();

  constructor(
    private readonly say: (message: FromProcess) => void,
    private readonly cancels: CancelListener,
  ) {}

  hear(message: ToProcess): void {
    switch (message.kind) {
      case 'forget':
        this.documents.delete(message.uri);
        this.versions.delete(message.uri);
        return;
      case 'ask':
        this.say({ kind: 'answer', id: message.id, answer: this.answer(message.question) });
        return;
      case 'cancel':
        this.wanted = 0;
        return;
      case 'start':
        this.wanted = message.id;
        this.latest = message.id;
        this.jobs = this.jobs.then(() => this.start(message));
    }
  }

  private answer({ uri, version, batch, run }: SimulatorQuestion): RunAnswer | null {
    if (this.versions.get(uri) !== version) return null;
    try {
      return this.documents.get(uri)?.answer(batch, run, this.patience()) ?? null;
    } catch (error) {
      return { kind: 'none', why: `the simulation itself failed: ${describeError(error)}` };
    }
  }

  /** Whoever looks on waits for runs so long, unless an edit comes. */
  private patience(): () => boolean {
    const { latest, cancels } = this;
    const wasOver = cancels.isOver(latest);
    const end = performance.now() + LONGEST_ANSWER;
    return () => performance.now() > end || (!wasOver && cancels.isOver(latest));
  }

  private async start(message: Start): Promise<void> {
    const { id, job, buffers, closed } = message;
    for (const path of closed) this.buffers.delete(path);
    for (const { path, text } of buffers) this.buffers.set(path, text);
    const versions = this.documents.get(job.uri) ?? new SimulatedVersions();
    this.documents.set(job.uri, versions);
    if (job.isDoubtful) versions.doubt();
    try {
      await this.run(message, versions);
    } catch (error) {
      // What was kept may be what it fell over.
      this.documents.delete(job.uri);
      this.say({ kind: 'failed', id, why: describeError(error) });
    }
  }

  private async run({ id, job }: Start, versions: SimulatedVersions): Promise<void> {
    const isCancelled = (): boolean => this.wanted !== id || this.cancels.isOver(id);
    if (isCancelled()) return;
    this.versions.set(job.uri, job.version);
    const { part, tree, severities, messageLimit, scope } = job;
    const project = this.projectOf(job);
    const options = {
      tree: tree === null ? null : this.treeAt(tree),
      severities,
      messageLimit,
      isCancelled,
      ...(scope && { scope }),
      ...(project && { project }),
    };
    let shown = performance.now();
    let latest: SimulatedSoFar | null = null;
    let isSaid = false;
    const say = (findings: readonly Finding[] | null, isLast: boolean): void => {
      const { phase, done, total, isAll, failures } = latest ?? NOTHING_TO_RUN;
      const attach = findings && (latest?.attach() ?? []);
      const drivers = findings && (latest?.drivers() ?? []);
      const whys = failures.map(({ error }) => describeError(error));
      const progress = { phase, done, total, findings, isAll, attach, drivers, failures: whys, isLast };
      this.say({ kind: 'progress', id, progress });
    };
    for (const stage of versions.run(part, options)) {
      await messagesRead();
      if (isCancelled()) return;
      latest = stage;
      isSaid = stage.isWorthShowing || performance.now() - shown >= STEP;
      if (!isSaid) continue;
      say(stage.findings(), false);
      shown = performance.now();
    }
    if (!isCancelled()) say(isSaid ? null : (latest?.findings() ?? []), true);
  }

  /** The same object as long as it says the same: what is run is kept by it. */
  private projectOf({ project }: Start['job']): ProjectConfig | null {
    if (!project) return null;
    const said = JSON.stringify(project);
    if (this.project?.said !== said) this.project = { said, config: project };
    return this.project.config;
  }

  private treeAt(root: string): TreeOnDisk {
    let tree = this.trees.get(root);
    if (!tree) {
      tree = new TreeOnDisk(root, (path) => this.buffers.get(path));
      this.trees.set(root, tree);
    }
    return tree;
  }
}

const { send } = process;
if (send) {
  const simulator = new SimulatorProcess((message) => send.call(process, message), new CancelListener());
  process.on('message', (message: ToProcess) => simulator.hear(message));
  // Nobody listens any more.
  process.on('disconnect', () => process.exit());
}
