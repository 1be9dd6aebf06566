/**
 * An editor at the other end of a real connection, over streams in memory:
 * the one helper through which the tests of the language server speak to it.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  type Connection,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentContentChangeEvent,
  WorkDoneProgress,
} from 'vscode-languageserver/node';
import {
  type OpenDocument,
  type ReadProject,
  type Simulator,
  startServer,
} from '../../server/src/lsp/index.js';
import {
  DecodedChangedNotification,
  ReviewingNotification,
  StatusNotification,
  type StatusParams,
} from '../../server/src/protocol/index.js';
import { type Call, fakeReviewer } from './fake-reviewer.js';

/** Longer than the server waits for quiet, by a margin for a busy machine. */
const LONG = 10_000;
export const QUIET = 15;

/** What VS Code can do, as far as it matters here. */
export const FULL: ClientCapabilities = {
  window: { workDoneProgress: true },
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
  },
  textDocument: {
    hover: { contentFormat: ['markdown'] },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } }, disabledSupport: true },
    publishDiagnostics: {
      relatedInformation: true,
      tagSupport: { valueSet: [1, 2] },
      codeDescriptionSupport: true,
      dataSupport: true,
    },
  },
};

export interface EditorOptions {
  readonly readProject?: ReadProject;
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
  readonly folders?: readonly string[];
  /** What the editor answers when it is asked for its configuration. */
  readonly settings?: object | null;
  readonly openDocument?: OpenDocument;
  readonly rulePages?: string;
  readonly quietMilliseconds?: number;
  readonly simulator?: Simulator;
  readonly progressMilliseconds?: number;
}

export class Editor {
  /** Everything that was published, in order. */
  readonly published: PublishDiagnosticsParams[] = [];
  readonly statuses: StatusParams[] = [];
  readonly logged: string[] = [];
  readonly shown: string[] = [];
  readonly registered: string[] = [];
  /** What was said of work in progress, in words, after the token that it was announced with. */
  readonly progress: string[] = [];
  readonly other: { readonly method: string; readonly params: unknown }[] = [];
  settings: object | null;
  private readonly waiting = new Set<() => void>();

  constructor(
    readonly connection: ProtocolConnection,
    readonly calls: readonly Call[],
    settings: object | null,
  ) {
    this.settings = settings;
    connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) =>
      this.note(() => this.published.push(params)),
    );
    connection.onNotification(StatusNotification, (params: StatusParams) =>
      this.note(() => this.statuses.push(params)),
    );
    connection.onNotification('window/logMessage', ({ message }: { message: string }) =>
      this.note(() => this.logged.push(message)),
    );
    connection.onNotification('window/showMessage', ({ message }: { message: string }) =>
      this.note(() => this.shown.push(message)),
    );
    for (const method of [ReviewingNotification, DecodedChangedNotification])
      connection.onNotification(method, (params: unknown) =>
        this.note(() => this.other.push({ method, params })),
      );
    connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => this.settings),
    );
    connection.onRequest('window/workDoneProgress/create', ({ token }: { token: string }) => {
      this.note(() => this.progress.push('create'));
      connection.onProgress(WorkDoneProgress.type, token, (value) =>
        this.note(() =>
          this.progress.push(
            [value.kind, 'title' in value ? value.title : '', 'message' in value ? value.message : '']
              .filter(Boolean)
              .join(': '),
          ),
        ),
      );
      return null;
    });
    connection.onRequest('client/registerCapability', (params: { registrations: { method: string }[] }) =>
      this.note(() => this.registered.push(...params.registrations.map(({ method }) => method))),
    );
  }

  open(uri: string, text: string, languageId = 'c', version = 1): void {
    this.tell('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  change(uri: string, version: number, ...changes: (string | TextDocumentContentChangeEvent)[]): void {
    const contentChanges = changes.map((change) => (typeof change === 'string' ? { text: change } : change));
    this.tell('textDocument/didChange', { textDocument: { uri, version }, contentChanges });
  }

  close(uri: string): void {
    this.tell('textDocument/didClose', { textDocument: { uri } });
  }

  tell(method: string, params: object): void {
    void this.connection.sendNotification(method, params);
  }

  ask<R>(method: string, params: object): Promise<R> {
    return this.connection.sendRequest<R>(method, params);
  }

  hover(uri: string, line = 0): Promise<{ contents: { kind: string; value: string } } | null> {
    return this.ask('textDocument/hover', { textDocument: { uri }, position: { line, character: 0 } });
  }

  /** The diagnostics of a version of a document, when they are published. */
  async diagnostics(uri: string, version?: number): Promise<Diagnostic[]> {
    const isWanted = (one: PublishDiagnosticsParams) =>
      one.uri === uri && (version === undefined || one.version === version);
    await this.until(() => this.published.some(isWanted), `diagnostics of ${uri}`);
    return this.published.findLast(isWanted)!.diagnostics;
  }

  /** The latest status of a document, when there is one. */
  async status(uri: string): Promise<StatusParams> {
    await this.until(() => this.statuses.some((one) => one.uri === uri), `status of ${uri}`);
    return this.statuses.findLast((one) => one.uri === uri)!;
  }

  /** Rules in the latest diagnostics of a document, or null when none were ever published. */
  rules(uri: string): unknown[] | null {
    const latest = this.published.findLast((one) => one.uri === uri);
    return latest ? latest.diagnostics.map(({ code }) => code) : null;
  }

  /** Waits until what the server sends makes `holds` true. */
  until(holds: () => boolean, what: string, patience = LONG): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.waiting.delete(look);
        reject(new Error(`never came: ${what}`));
      }, patience);
      const look = () => {
        if (!holds()) return;
        clearTimeout(timer);
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Waits until everything said so far was dealt with, and whatever it set off after some quiet. */
  async settled(): Promise<void> {
    await this.ask('iommuReview/report', {});
    await new Promise((resolve) => setTimeout(resolve, 8 * QUIET));
    await this.ask('iommuReview/report', {});
  }

  private note(happen: () => void): void {
    happen();
    for (const look of [...this.waiting]) look();
  }
}

/** Two connections back to back. */
export function connected(): { server: Connection; client: ProtocolConnection; end: () => void } {
  const up = new PassThrough();
  const down = new PassThrough();
  // Readers and writers rather than streams: over streams, the library ends the process with the connection.
  const server = createConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
  const client = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
  const end = () => {
    client.dispose();
    server.dispose();
    up.destroy();
    down.destroy();
  };
  return { server, client, end };
}

/** Starts a server and an editor that has said hello to it; both are gone when the test is over. */
export async function startEditor(
  test: TestContext,
  options: EditorOptions = {},
): Promise<Editor & { readonly hello: InitializeResult }> {
  const { server, client, end } = connected();
  const fake = fakeReviewer();
  startServer(server, {
    openDocument: options.openDocument ?? fake.openDocument,
    ruleIds: ['bad', 'worse', 'fix', 'related', 'bus-iommu-ops'],
    ...(options.readProject && { readProject: options.readProject }),
    version: '1.2.3',
    rulePages: options.rulePages ?? null,
    quietMilliseconds: options.quietMilliseconds ?? QUIET,
    ...(options.simulator && { simulator: options.simulator }),
    ...(options.progressMilliseconds !== undefined && { progressMilliseconds: options.progressMilliseconds }),
  });
  const editor = new Editor(client, fake.calls, options.settings ?? null);
  client.listen();
  const hello = await editor.ask<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    clientInfo: { name: 'test editor', version: '7' },
    capabilities: options.capabilities ?? FULL,
    workspaceFolders: options.folders?.map((path) => ({ uri: pathToFileURL(path).href, name: 'x' })) ?? null,
    initializationOptions: options.initializationOptions ?? { commands: ['iommuReview.explainRule'] },
  });
  editor.tell('initialized', {});
  test.after(async () => {
    await editor.ask('shutdown', {}).catch(() => undefined);
    end();
  });
  return Object.assign(editor, { hello });
}

/** A folder with these files, gone when the test is over; `iommu.h` where it makes a kernel tree. */
export function folderWith(test: TestContext, files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'iommu-review-'));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

export const MARK = 'include/linux/iommu.h';

export function uriOf(...path: string[]): string {
  return pathToFileURL(join(...path)).href;
}
