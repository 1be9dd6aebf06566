/**
 * The open documents and their latest review: when each is reviewed again, and
 * run after that, and what is remembered of it. A review that fails leaves the one before it in
 * force. What is done with a result is left to whoever listens.
 */
import type { CancellationToken, TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { type Finding, inReadingOrder, isAtLeast, type RunAnswer } from '../findings/index.js';
import { committedText } from '../git/index.js';
import type { ProjectConfig } from '../project/index.js';
import { includesKernelHeader, type Settings } from '../protocol/index.js';
import { nameOf, pathOf, realPathOf } from './addresses.js';
import { type Admission, admit, changeOf, isC, LARGE_DOCUMENT } from './admission.js';
import type { OpenDocument } from './dependencies.js';
import type { Configuration } from './features/configuration.js';
import type { SimulationProgressBar } from './features/progress.js';
import { KernelTrees } from './kernel-trees.js';
import type { Log } from './log.js';
import type { ProjectFiles } from './project-files.js';
import { findTheSame, optionsFor, remarkOn, runsOf } from './review-options.js';
import type { Reviewed, ReviewListener } from './reviewed.js';
import { Simulations, type Wanted } from './simulations.js';
import type { OpenBuffer, SimulationProgress, Simulator, SimulatorQuestion } from './simulator.js';

/** Beside the reviewer's own bounds: no document may keep the editor waiting for longer. */
const LONGEST_REVIEW = 20_000;
/** An edit in one document is waited out for longer before others that read it are reviewed. */
const QUIET_FOR_OTHERS = 500;
/** However long its reviews take, a document is looked at again after this. */
const LONGEST_QUIET = 2000;

/** What runs say that have found nothing. */
const NOTHING_SHOWN = JSON.stringify([false, []]);

/** What is remembered of one open document. */
interface Open {
  timer: NodeJS.Timeout | undefined;
  /** Counts what asked for a review, and up to which of these the latest review reaches. */
  wanted: number;
  done: number;
  latest: Reviewed | null;
  /** Those that are read off the code of the latest version. */
  own: readonly Finding[];
  /** Those of the latest review. */
  settings: Settings | null;
  /** What runs of it have shown so far, as it was told. */
  simulated: string;
  /** Milliseconds that the latest review took. */
  took: number;
  /** Paths of the tree that the latest review asked for. */
  reads: ReadonlySet<string>;
  realPath: string | null;
  /** Of a C file of which only changes are wanted: as the last commit has it, null where none has; undefined: not asked yet. */
  committed: string | null | undefined;
  remarked: boolean;
}

export interface Surroundings {
  readonly documents: TextDocuments<TextDocument>;
  readonly configuration: Configuration;
  readonly projects: ProjectFiles;
  readonly openDocument: OpenDocument;
  readonly simulator: Simulator | null;
  readonly progressBar: SimulationProgressBar;
  readonly listener: ReviewListener;
  readonly log: Log;
  /** Milliseconds without an edit after which a document is reviewed. */
  readonly quiet: number;
}

export class Reviews {
  readonly trees = new KernelTrees((path) => this.textAt(path));
  /** Whether somebody vouches for what is open, so that its repositories may be asked. */
  mayRunGit = false;
  private readonly open = new Map<string, Open>();
  private readonly simulations: Simulations;
  private closing = false;

  constructor(private readonly around: Surroundings) {
    const { simulator, progressBar, log } = around;
    this.simulations = new Simulations(simulator, progressBar, log, {
      found: (wanted, progress) => this.simulated(wanted, progress),
      gaveUp: ({ uri, version }) => this.gaveUp(uri, version),
    });
  }

  /** The document was opened or edited. */
  edited(uri: string): void {
    this.simulations.drop(uri);
    const known = this.open.get(uri);
    const document = known ?? this.add(uri);
    // A document that takes long to review is left alone for longer, or typing would stall.
    const delay = known ? Math.min(Math.max(this.around.quiet, 2 * document.took), LONGEST_QUIET) : 0;
    this.schedule(uri, document, delay);
    if (known?.realPath) this.fileChanged(known.realPath, uri);
  }

  /** The document was saved: what is committed may have changed as well, since it was looked at. */
  saved(uri: string): void {
    const document = this.open.get(uri);
    if (document?.committed === undefined) return;
    document.committed = undefined;
    this.schedule(uri, document, 0);
  }

  closed(uri: string): void {
    const document = this.open.get(uri);
    if (!document) return;
    clearTimeout(document.timer);
    this.open.delete(uri);
    this.around.configuration.forget(uri);
    this.simulations.closed(uri);
    this.around.listener.closed(uri);
    if (document.realPath) this.fileChanged(document.realPath, uri);
  }

  /** Folders or projects changed: nothing that was said holds for certain. */
  allChanged(): void {
    for (const [uri, document] of this.open) {
      this.simulations.doubt(uri);
      document.committed = undefined;
      this.schedule(uri, document, 0);
    }
  }

  /** Settings changed: what they make a difference to is reviewed anew, the rest drawn anew. */
  async settingsChanged(): Promise<void> {
    for (const [uri, document] of [...this.open]) {
      const settings = await this.around.configuration.of(uri);
      if (this.open.get(uri) !== document) continue;
      if (document.latest && document.settings && findTheSame(document.settings, settings)) {
        this.around.listener.played(document.latest);
        continue;
      }
      this.simulations.doubt(uri);
      this.schedule(uri, document, 0);
    }
  }

  /** A file changed on the disk or in an editor: reviews that asked for it are done again. */
  fileChanged(file: string, by = ''): void {
    for (const [uri, document] of this.open) {
      if (uri !== by) this.simulations.doubt(uri);
      const path = uri === by ? null : (document.latest?.tree?.pathInTree(file) ?? null);
      if (path !== null && document.reads.has(path)) this.schedule(uri, document, QUIET_FOR_OTHERS);
    }
  }

  /** The review of the document as it stands now, done at once if it is due; null when there is none. */
  async current(uri: string, token?: CancellationToken): Promise<Reviewed | null> {
    if (token?.isCancellationRequested) return null;
    await this.review(uri);
    const document = this.open.get(uri);
    const latest = document?.latest ?? null;
    return latest?.version === this.around.documents.get(uri)?.version ? latest : null;
  }

  /** One run of a scenario of a document as it stands; null when it is not known. */
  runOf(question: SimulatorQuestion): Promise<RunAnswer | null> {
    return this.simulations.ask(question);
  }

  /** The latest review that went well, perhaps of an earlier version. */
  latest(uri: string): Reviewed | null {
    return this.open.get(uri)?.latest ?? null;
  }

  /** Nothing more is run of the document that runs now. */
  stopRuns(): void {
    this.simulations.giveUp();
  }

  /** How many documents are open, and how many of them are reviewed. */
  count(): { open: number; reviewed: number } {
    const all = [...this.open.values()];
    return { open: all.length, reviewed: all.filter((document) => document.latest).length };
  }

  /** Nothing is reviewed from here on. */
  close(): void {
    this.closing = true;
    for (const document of this.open.values()) clearTimeout(document.timer);
    this.simulations.close();
  }

  private add(uri: string): Open {
    const path = pathOf(uri);
    const document: Open = {
      timer: undefined,
      wanted: 0,
      done: 0,
      latest: null,
      own: [],
      settings: null,
      simulated: '',
      took: 0,
      reads: new Set(),
      realPath: path === null ? null : realPathOf(path),
      committed: undefined,
      remarked: false,
    };
    this.open.set(uri, document);
    return document;
  }

  private schedule(uri: string, document: Open, delay: number): void {
    if (this.closing) return;
    document.wanted++;
    clearTimeout(document.timer);
    document.timer = setTimeout(() => {
      this.review(uri).catch((error) => this.around.log.failure('reviewing', error));
    }, delay);
  }

  /**
   * Everything that waits comes before the text is taken, so that no review is
   * of a stale text. What comes in meanwhile supersedes this review: a timer
   * for the next one runs already.
   */
  private async review(uri: string): Promise<void> {
    const document = this.open.get(uri);
    const reaches = document?.wanted;
    const isDue = () => !this.closing && this.open.get(uri) === document && document?.wanted === reaches;
    if (!document || document.done === reaches) return;
    const settings = await this.around.configuration.of(uri);
    if (!(await this.readCommitted(uri, document, settings))) return;
    const text = this.around.documents.get(uri);
    if (!text || !isDue()) return;
    const admission = changeOf(admit(text, settings, this.trees), document.committed ?? null);
    if (admission.admitted) await this.around.listener.starting(uri);
    if (!isDue() || document.done === reaches) return;
    clearTimeout(document.timer);
    document.done = document.wanted;
    try {
      if (admission.admitted) this.run(text, document, admission, settings);
      else this.refuse(text, document, admission.reason);
    } catch (error) {
      this.around.listener.failed(uri, error);
    }
  }

  /** Asks git for what a C file is a change of, where only changes are wanted; false when the document is gone meanwhile. */
  private async readCommitted(uri: string, document: Open, { scope }: Settings): Promise<boolean> {
    const text = this.around.documents.get(uri);
    const isAsked = scope === 'changed' && this.mayRunGit && text !== undefined && isC(text);
    if (!isAsked) document.committed = undefined;
    else if (document.committed === undefined && document.realPath !== null)
      document.committed = await committedText(document.realPath);
    return this.open.get(uri) === document;
  }

  private run(
    text: TextDocument,
    document: Open,
    admission: Admission & { admitted: true },
    settings: Settings,
  ): void {
    const { uri, version } = text;
    const reads = new Set<string>();
    const started = performance.now();
    // Only the review is bounded: a hover asks the same reviewed document minutes later.
    let running = true;
    const isCancelled = () => running && performance.now() - started > LONGEST_REVIEW;
    const before = document.latest?.document;
    const project = this.projectFor(document, admission);
    const options = {
      ...{ ...optionsFor(admission, settings, reads), isCancelled },
      ...(project && { project }),
      ...(before && { before }),
    };
    const reviewed = this.around.openDocument(admission.part, options);
    running = false;
    document.took = performance.now() - started;
    document.reads = reads;
    const stray = reviewed.kind === 'c' && !isC(text) && !includesKernelHeader(text.getText());
    if (reviewed.kind === 'none' || stray) {
      this.refuse(text, document, sentence(reviewed.reason || 'not kernel C'));
      return;
    }
    const result: Reviewed = {
      uri,
      version,
      document: reviewed,
      tree: admission.tree,
      findings: reviewed.review.findings.filter((one) => isAtLeast(one.severity, settings.minimumSeverity)),
      remark: remarkOn(reviewed, admission, settings),
      milliseconds: document.took,
      runs: {
        state: settings.simulate && this.simulations.mayRun(uri) ? 'running' : 'off',
        attach: [],
        drivers: [],
      },
    };
    this.around.listener.reviewed(result);
    document.latest = result;
    document.own = result.findings;
    document.settings = settings;
    document.simulated = '';
    this.around.listener.played(result);
    this.remark(text, document);
    if (settings.simulate)
      this.simulations.want(runsOf(result, admission, settings, project, () => this.buffers()));
    else this.simulations.drop(uri);
  }

  private projectFor({ realPath }: Open, { tree }: Admission & { admitted: true }): ProjectConfig | null {
    return this.around.projects.of(realPath, tree?.root ?? null);
  }

  /** Takes what runs have shown, if it is of the text as it stands now. */
  private simulated({ uri, version, minimumSeverity }: Wanted, progress: SimulationProgress): void {
    const document = this.open.get(uri);
    if (!document?.latest || !this.isCurrent(uri, version)) return;
    const { findings, isAll, attach, drivers, isLast } = progress;
    const { runs } = document.latest;
    const state = isLast ? 'over' : 'running';
    document.latest = {
      ...document.latest,
      runs: { state, attach: attach ?? runs.attach, drivers: drivers ?? runs.drivers },
    };
    const shown = findings?.filter(({ severity }) => isAtLeast(severity, minimumSeverity)) ?? [];
    const said = JSON.stringify([isAll, shown]);
    if (findings && said !== document.simulated && !(document.simulated === '' && said === NOTHING_SHOWN)) {
      document.simulated = said;
      const all = isAll ? shown : inReadingOrder([...document.own, ...shown]);
      document.latest = { ...document.latest, findings: all };
      this.around.listener.simulated(document.latest);
    }
    if (attach || drivers || state !== runs.state) this.around.listener.played(document.latest);
  }

  /** Nothing more is run of that version; what was shown still holds. */
  private gaveUp(uri: string, version: number): void {
    const document = this.open.get(uri);
    if (!document?.latest || !this.isCurrent(uri, version)) return;
    document.latest = { ...document.latest, runs: { ...document.latest.runs, state: 'off' } };
    this.around.listener.played(document.latest);
  }

  private isCurrent(uri: string, version: number): boolean {
    return (
      this.open.get(uri)?.latest?.version === version && this.around.documents.get(uri)?.version === version
    );
  }

  private buffers(): OpenBuffer[] {
    return [...this.open].flatMap(([uri, { realPath }]) => {
      const text = realPath === null ? undefined : this.around.documents.get(uri);
      return text && realPath ? [{ path: realPath, version: text.version, text: text.getText() }] : [];
    });
  }

  private refuse(text: TextDocument, document: Open, reason: string): void {
    document.latest = null;
    this.simulations.drop(text.uri);
    this.around.listener.refused(text.uri, text.version, reason);
  }

  /** Says once per document what is unusual about it. */
  private remark(text: TextDocument, document: Open): void {
    if (document.remarked) return;
    document.remarked = true;
    if (text.getText().length > LARGE_DOCUMENT)
      this.around.log.info(`${nameOf(text.uri)} has more than 2 MB: it is read lazily, message by message.`);
    if (document.latest?.remark) this.around.log.info(`${nameOf(text.uri)}: ${document.latest.remark}`);
  }

  private textAt(realPath: string): string | undefined {
    for (const [uri, document] of this.open) {
      if (document.realPath === realPath) return this.around.documents.get(uri)?.getText();
    }
    return undefined;
  }
}

/** Reasons are shown to users, alone. */
function sentence(reason: string): string {
  return `${reason.charAt(0).toUpperCase()}${reason.slice(1)}${reason.endsWith('.') ? '' : '.'}`;
}
