/**
 * The thread that runs functions of open documents, beside the one that talks
 * to the editor. It has its own parser and its own view of the kernel trees.
 * While a job runs no message is read: that it is not wanted any more is seen
 * in memory that both threads share.
 */
import { parentPort, workerData } from 'node:worker_threads';
import type { Finding } from '../findings/index.js';
import { type SimulatedSoFar, SimulatedVersions } from '../review/index.js';
import { describeError } from './log.js';
import type { FromThread, ThreadData, ToThread } from './simulator-messages.js';
import { TreeOnDisk } from './tree-on-disk.js';

/** Between two looks at what was found so far. */
const STEP = 300;

const NOTHING_TO_RUN = { done: 0, total: 0, failures: [] };

type Start = ToThread & { kind: 'start' };

class SimulatorThread {
  private readonly documents = new Map<string, SimulatedVersions>();
  private readonly trees = new Map<string, TreeOnDisk>();
  private readonly buffers = new Map<string, string>();
  private readonly wanted: Int32Array;

  constructor(
    { wanted }: ThreadData,
    private readonly say: (message: FromThread) => void,
  ) {
    this.wanted = new Int32Array(wanted);
  }

  hear(message: ToThread): void {
    if (message.kind === 'forget') this.documents.delete(message.uri);
    else this.start(message);
  }

  private start(message: Start): void {
    const { id, job, buffers, closed } = message;
    for (const path of closed) this.buffers.delete(path);
    for (const { path, text } of buffers) this.buffers.set(path, text);
    const versions = this.documents.get(job.uri) ?? new SimulatedVersions();
    this.documents.set(job.uri, versions);
    if (job.isDoubtful) versions.doubt();
    try {
      this.run(message, versions);
    } catch (error) {
      // What was kept may be what it fell over.
      this.documents.delete(job.uri);
      this.say({ kind: 'failed', id, why: describeError(error) });
    }
  }

  private run({ id, job }: Start, versions: SimulatedVersions): void {
    const isCancelled = (): boolean => Atomics.load(this.wanted, 0) !== id;
    if (isCancelled()) return;
    const { part, tree, severities, messageLimit, scope } = job;
    const options = {
      tree: tree === null ? null : this.treeAt(tree),
      severities,
      messageLimit,
      isCancelled,
      ...(scope && { scope }),
    };
    let shown = performance.now();
    let latest: SimulatedSoFar | null = null;
    let isSaid = false;
    const say = (findings: readonly Finding[] | null, isLast: boolean): void => {
      const { done, total, failures } = latest ?? NOTHING_TO_RUN;
      const whys = failures.map(({ error }) => describeError(error));
      this.say({ kind: 'progress', id, progress: { done, total, findings, failures: whys, isLast } });
    };
    for (const stage of versions.run(part, options)) {
      if (isCancelled()) return;
      latest = stage;
      isSaid = stage.isWorthShowing || performance.now() - shown >= STEP;
      if (!isSaid) continue;
      say(stage.findings(), false);
      shown = performance.now();
    }
    if (!isCancelled()) say(isSaid ? null : (latest?.findings() ?? []), true);
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

const port = parentPort;
if (port) {
  const thread = new SimulatorThread(workerData as ThreadData, (message) => port.postMessage(message));
  port.on('message', (message: ToThread) => thread.hear(message));
}
