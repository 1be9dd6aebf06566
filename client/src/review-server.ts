/**
 * The language server's life: started when a document needs it, started anew
 * when it dies, given up on when that does not help. One language client per
 * life, because a client that failed to start cannot be used again.
 */
import * as vscode from 'vscode';
import type { DocumentSelector, LanguageClientOptions } from 'vscode-languageclient/node';
import {
  ClientCommand,
  DecodedChangedNotification,
  type DecodedPatchParams,
  EXIT_PARSER_MISSING,
  type InitializationOptions,
  ReviewingNotification,
  type ReviewingParams,
  StatusNotification,
  type StatusParams,
} from '../../server/src/protocol/index.js';
import type { CrashGuard } from './crash-guard.js';
import type { Journal } from './journal.js';
import { createMiddleware } from './middleware.js';
import { CLIENT_ID, CLIENT_NAME, DIAGNOSTIC_SOURCE } from './names.js';
import type { QuietClient } from './quiet-client.js';
import type { RulePages } from './rule-pages.js';
import type { ServerExit, ServerProcess } from './server-process.js';
import { currentSettings } from './settings.js';

type Library = typeof import('./language-client.js');

export type ServerState = 'idle' | 'starting' | 'running' | 'failed';

/** What ended a life of the server that nobody had asked to end. */
export interface ServerFailure {
  readonly kind: 'crashed' | 'gave-up' | 'parser-missing';
  /** The document that it died of, or null. */
  readonly suspect: string | null;
}

const SELECTOR: DocumentSelector = ['file', 'untitled'].flatMap((scheme) => [
  { scheme, language: 'c' },
  { scheme, language: 'cpp', pattern: '**/*.h' },
  { scheme, language: 'kernel-patch' },
  { scheme, language: 'diff' },
  { scheme, pattern: '**/.iommu-review.json' },
]);

export interface ReviewServerOptions {
  readonly module: string;
  readonly channel: vscode.LogOutputChannel;
  readonly journal: Journal;
  readonly guard: CrashGuard;
  readonly pages: RulePages;
}

export class ReviewServer implements vscode.Disposable {
  readonly #options: ReviewServerOptions;
  readonly #started = new vscode.EventEmitter<void>();
  readonly #stateChanged = new vscode.EventEmitter<ServerState>();
  readonly #failed = new vscode.EventEmitter<ServerFailure>();
  readonly #status = new vscode.EventEmitter<StatusParams>();
  readonly #reviewing = new vscode.EventEmitter<string>();
  readonly #decodedChanged = new vscode.EventEmitter<string>();
  readonly onStarted = this.#started.event;
  readonly onStateChanged = this.#stateChanged.event;
  readonly onFailed = this.#failed.event;
  readonly onStatus = this.#status.event;
  readonly onReviewing = this.#reviewing.event;
  readonly onDecodedChanged = this.#decodedChanged.event;
  #state: ServerState = 'idle';
  #client: QuietClient | null = null;
  #process: ServerProcess | null = null;
  /** How often it was started or stopped. */
  #turns = 0;
  #starting: Promise<void> = Promise.resolve();

  constructor(options: ReviewServerOptions) {
    this.#options = options;
  }

  get state(): ServerState {
    return this.#state;
  }

  /** Starts the server unless it runs, is about to, or has been given up on; done when that is settled. */
  start(): Promise<void> {
    if (this.#state === 'idle') {
      this.#setState('starting');
      this.#starting = this.#start();
    }
    return this.#starting;
  }

  async #start(): Promise<void> {
    const { journal } = this.#options;
    const turn = ++this.#turns;
    const library = await import('./language-client.js');
    if (turn !== this.#turns) return;
    const options = this.#clientOptions(library);
    const client = new library.QuietClient(CLIENT_ID, CLIENT_NAME, () => this.#launch(library), options);
    this.#client = client;
    this.#listen(client);
    try {
      await client.start();
    } catch {
      // Either the process has ended or it does not answer properly and has to; `#ended` deals with both.
      if (this.#client === client) await this.#process?.seeOff();
      return;
    }
    if (this.#client !== client) return;
    this.#setState('running');
    journal.note('The server runs.');
    this.#started.fire();
  }

  /** Stops the server if it runs, forgets what it died of, and starts it. */
  async restart(): Promise<void> {
    await this.stop();
    this.#options.guard.forgive();
    await this.start();
  }

  async stop(): Promise<void> {
    this.#turns++;
    const [client, child] = [this.#client, this.#process];
    this.#client = null;
    this.#process = null;
    this.#setState('idle');
    try {
      await client?.dispose();
    } catch {
      // A client in the middle of its start cannot say goodbye; the process is seen off all the same.
    }
    await child?.seeOff();
  }

  /** Sends a request; null when the server does not run or cannot answer. Starts it when it was not needed so far. */
  async ask<R>(method: string, params?: object): Promise<R | null> {
    await this.start();
    const client = this.#client;
    if (this.#state !== 'running' || !client) return null;
    try {
      return (await client.sendRequest<R | null>(method, params ?? {})) ?? null;
    } catch {
      return null;
    }
  }

  /** Sends a notification, if there is anybody to read it. */
  tell(method: string, params: object): void {
    if (this.#state !== 'running' || !this.#client) return;
    void this.#client.sendNotification(method, params).catch(() => undefined);
  }

  async dispose(): Promise<void> {
    await this.stop();
    for (const emitter of [this.#started, this.#stateChanged, this.#failed, this.#status, this.#reviewing]) {
      emitter.dispose();
    }
    this.#decodedChanged.dispose();
  }

  async #launch({ ServerProcess }: Library): Promise<ServerProcess['transports']> {
    const { module, journal } = this.#options;
    const child = new ServerProcess(module, (line) => journal.serverSaid(line));
    this.#process = child;
    void child.ended.then((exit) => this.#ended(child, exit));
    return child.transports;
  }

  #clientOptions({ CloseAction, ErrorAction, RevealOutputChannelOn }: Library): LanguageClientOptions {
    const { channel, guard, pages } = this.#options;
    return {
      documentSelector: SELECTOR,
      diagnosticCollectionName: DIAGNOSTIC_SOURCE,
      outputChannel: channel,
      traceOutputChannel: channel,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      initializationOptions: (): InitializationOptions => ({
        settings: currentSettings(),
        commands: Object.values(ClientCommand),
        mayRunGit: vscode.workspace.isTrusted,
        rulePages: `${pages.folder.toString()}/`,
      }),
      initializationFailedHandler: () => false,
      // What a dead server means is decided in `#ended`, which knows how it ended.
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: () => ({ action: CloseAction.DoNotRestart, handled: true }),
      },
      markdown: { isTrusted: { enabledCommands: Object.values(ClientCommand) }, supportHtml: true },
      middleware: createMiddleware(guard, pages),
    };
  }

  #listen(client: QuietClient): void {
    const { guard } = this.#options;
    client.onNotification(ReviewingNotification, ({ uri }: ReviewingParams) => {
      guard.reviewStarted(uri);
      this.#reviewing.fire(uri);
    });
    client.onNotification(StatusNotification, (status: StatusParams) => {
      guard.reviewEnded(status.uri);
      this.#status.fire(status);
    });
    client.onNotification(DecodedChangedNotification, ({ uri }: DecodedPatchParams) =>
      this.#decodedChanged.fire(uri),
    );
  }

  async #ended(child: ServerProcess, { code, signal }: ServerExit): Promise<void> {
    // A process that was asked to leave is no longer ours.
    if (this.#process !== child) return;
    const { guard, journal } = this.#options;
    const client = this.#client;
    this.#client = null;
    this.#process = null;
    journal.note(`The server ended with ${signal ? `signal ${signal}` : `exit code ${code}`}.`);
    await client?.dispose().catch(() => undefined);
    if (code === EXIT_PARSER_MISSING) {
      this.#setState('failed');
      this.#failed.fire({ kind: 'parser-missing', suspect: null });
      return;
    }
    const { restart, suspect } = guard.crashed();
    if (suspect) journal.note('The document it was reading is kept out from now on', suspect);
    this.#setState(restart ? 'idle' : 'failed');
    this.#failed.fire({ kind: restart ? 'crashed' : 'gave-up', suspect });
    if (restart) await this.start();
  }

  #setState(state: ServerState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}
