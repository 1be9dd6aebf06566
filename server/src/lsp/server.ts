/**
 * The language server: which message goes to which feature. It holds no work
 * of its own; what is remembered between messages lies in `Reviews`,
 * `Configuration` and `DecodedViews`.
 */
import {
  CodeActionKind,
  type CodeActionParams,
  type CodeLensParams,
  type Connection,
  DidChangeConfigurationNotification,
  type DidChangeConfigurationParams,
  type DidChangeWatchedFilesParams,
  type DocumentSymbolParams,
  type HoverParams,
  type InitializeParams,
  type InitializeResult,
  type InlayHintParams,
  TextDocumentSyncKind,
  TextDocuments,
  WorkDoneProgressCancelNotification,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  DecodedClosedNotification,
  type DecodedDocumentParams,
  DecodedOpenedNotification,
  type DecodedPatchParams,
  DecodedPatchRequest,
  type DesignCodeParams,
  DesignCodeRequest,
  DesignsRequest,
  ReportRequest,
  SettingsSection,
} from '../protocol/index.js';
import { clientFacts } from './client-facts.js';
import type { ServerDependencies } from './dependencies.js';
import { attachLenses } from './features/attach.js';
import { codeActions } from './features/code-actions.js';
import { Configuration } from './features/configuration.js';
import { DecodedViews, decodedPatch } from './features/decoded.js';
import { designEntries, designText } from './features/designs.js';
import { rulePages } from './features/diagnostics.js';
import { hoverAt } from './features/hover.js';
import { InlayHints } from './features/inlay-hints.js';
import { SimulationProgressBar } from './features/progress.js';
import { report } from './features/report.js';
import { symbolsOf } from './features/symbols.js';
import { watchedFilesChanged, watchKernelFiles } from './features/watched-files.js';
import { Guard } from './guard.js';
import { Log } from './log.js';
import { answerOnCommits, answerOnPatches } from './patch-requests.js';
import { isProjectFile, ProjectFiles } from './project-files.js';
import { Publisher } from './publisher.js';
import { Reviews } from './reviews.js';
import { answerRuns } from './run-requests.js';
import type { Session } from './session.js';
import { WorkspaceFolders } from './workspace-folders.js';

const QUIET = 60;

/** Serves the editor at the other end of `connection` until it says goodbye; the log is for what happens outside. */
export function startServer(connection: Connection, dependencies: ServerDependencies): Log {
  const session = openSession(connection, dependencies);
  answerLifecycle(session);
  followDocuments(session);
  answerQuestions(session);
  answerOurMessages(session);
  answerRuns(session);
  answerOnPatches(session);
  answerOnCommits(session);
  session.documents.listen(connection);
  connection.listen();
  return session.log;
}

function openSession(connection: Connection, dependencies: ServerDependencies): Session {
  const log = new Log(connection.console);
  const documents = new TextDocuments(TextDocument);
  const opened = (uri: string) => documents.get(uri)?.getText();
  const projects = new ProjectFiles(connection, dependencies.readProject ?? null, opened);
  const configuration = new Configuration(connection, log, dependencies.ruleIds, () => projects.ruleIds);
  const decoded = new DecodedViews(connection);
  const hints = new InlayHints(connection, log);
  const publisher = new Publisher(connection, decoded, hints, log);
  const progressBar = new SimulationProgressBar(connection, dependencies.progressMilliseconds);
  const reviews = new Reviews({
    documents,
    configuration,
    projects,
    openDocument: dependencies.openDocument,
    simulator: dependencies.simulator ?? null,
    progressBar,
    listener: publisher,
    log,
    quiet: dependencies.quietMilliseconds ?? QUIET,
  });
  const client = clientFacts({});
  const guard = new Guard(log);
  return {
    connection,
    dependencies,
    log,
    guard,
    documents,
    configuration,
    decoded,
    hints,
    publisher,
    progressBar,
    projects,
    reviews,
    client,
  };
}

function answerLifecycle(session: Session): void {
  const { connection, dependencies, guard, configuration, publisher, progressBar, projects, reviews } =
    session;
  const folders = new WorkspaceFolders(reviews, projects);
  connection.onInitialize((params: InitializeParams) => {
    const client = clientFacts(params);
    session.client = client;
    configuration.initialize(client);
    reviews.mayRunGit = client.options.mayRunGit !== false;
    progressBar.initialize(client);
    session.hints.initialize(client);
    publisher.initialize(client, rulePages(client, dependencies.rulePages), reviews);
    folders.initialize(params);
    return capabilities(dependencies.version);
  });
  connection.onInitialized(
    guard.notification('initialized', async () => {
      const { client } = session;
      // Not before: the library listens for it itself from `initialize` on.
      connection.onNotification(WorkDoneProgressCancelNotification.type, ({ token }) => {
        if (progressBar.isShown(token)) reviews.stopRuns();
      });
      if (client.tellsFolders)
        connection.workspace.onDidChangeWorkspaceFolders((event) => folders.changed(event));
      if (client.registersConfiguration) {
        const section = { section: SettingsSection };
        await connection.client.register(DidChangeConfigurationNotification.type, section);
      }
      await watchKernelFiles(connection, client);
    }),
  );
  connection.onShutdown(() => {
    guard.close();
    reviews.close();
  });
}

function followDocuments(session: Session): void {
  const { connection, documents, configuration, hints, projects, reviews, guard } = session;
  const projectChanged = (uri: string): void => {
    projects.changed(uri);
    reviews.allChanged();
  };
  documents.onDidChangeContent(
    guard.notification('edit', ({ document: { uri } }) =>
      isProjectFile(uri) ? projectChanged(uri) : reviews.edited(uri),
    ),
  );
  documents.onDidSave(guard.notification('save', ({ document: { uri } }) => reviews.saved(uri)));
  documents.onDidClose(
    guard.notification('close', ({ document: { uri } }) =>
      isProjectFile(uri) ? projectChanged(uri) : reviews.closed(uri),
    ),
  );
  connection.onDidChangeConfiguration(
    guard.notification('configuration', async ({ settings }: DidChangeConfigurationParams) => {
      configuration.changed(settings);
      await reviews.settingsChanged();
      hints.refresh();
    }),
  );
  connection.onDidChangeWatchedFiles(
    guard.notification('watched files', (params: DidChangeWatchedFilesParams) =>
      watchedFilesChanged(params, reviews, projects),
    ),
  );
}

function answerQuestions(session: Session): void {
  const { connection, reviews, guard } = session;
  connection.onHover(
    guard.request('hover', null, async ({ textDocument, position }: HoverParams, token) => {
      const reviewed = await reviews.current(textDocument.uri, token);
      return reviewed && hoverAt(position, reviewed, session.client);
    }),
  );
  connection.onCodeLens(
    guard.request('code lenses', null, async ({ textDocument }: CodeLensParams, token) => {
      const { codeLens } = await session.configuration.of(textDocument.uri);
      const reviewed = codeLens ? await reviews.current(textDocument.uri, token) : null;
      return reviewed && attachLenses(reviewed, session.client);
    }),
  );
  connection.languages.inlayHint.on(
    guard.request('inlay hints', null, async ({ textDocument, range }: InlayHintParams, token) => {
      const { uri } = textDocument;
      if (!(await session.configuration.of(uri)).inlayHints) return null;
      const reviewed = await reviews.current(uri, token);
      const text = session.documents.get(uri);
      return reviewed && text ? session.hints.of(reviewed, text, range) : null;
    }),
  );
  connection.onDocumentSymbol(
    guard.request('document symbols', null, async ({ textDocument }: DocumentSymbolParams, token) => {
      const reviewed = await reviews.current(textDocument.uri, token);
      return reviewed && symbolsOf(reviewed, session.client);
    }),
  );
  connection.onCodeAction(
    guard.request('code actions', null, async (params: CodeActionParams, token) => {
      const reviewed = await reviews.current(params.textDocument.uri, token);
      return reviewed && codeActions(params, reviewed, session.client);
    }),
  );
}

function answerOurMessages(session: Session): void {
  const { connection, dependencies, decoded, publisher, reviews, log, guard } = session;
  connection.onRequest(
    DecodedPatchRequest,
    guard.request('decoded patch', null, async ({ uri }: DecodedPatchParams, token) => {
      const reviewed = await reviews.current(uri, token);
      return reviewed && decodedPatch(reviewed);
    }),
  );
  connection.onNotification(
    DecodedOpenedNotification,
    guard.notification('decoded opened', async (params: DecodedDocumentParams) => {
      if (decoded.opened(params)) publisher.again(await reviews.current(params.uri));
    }),
  );
  connection.onNotification(
    DecodedClosedNotification,
    guard.notification('decoded closed', (params: DecodedDocumentParams) => decoded.closed(params)),
  );
  connection.onRequest(
    DesignsRequest,
    guard.request('designs', [], () => designEntries()),
  );
  connection.onRequest(
    DesignCodeRequest,
    guard.request('design code', null, (params: DesignCodeParams) => designText(params)),
  );
  connection.onRequest(
    ReportRequest,
    guard.request('report', { markdown: '' }, () =>
      report(dependencies.version, session.client, reviews, log),
    ),
  );
}

function capabilities(version: string): InitializeResult {
  return {
    serverInfo: { name: 'iommu-review', version },
    capabilities: {
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        save: { includeText: false },
      },
      hoverProvider: true,
      codeLensProvider: {},
      inlayHintProvider: true,
      documentSymbolProvider: true,
      codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  };
}
