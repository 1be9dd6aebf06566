/**
 * Entry of the extension. Activation only registers things; the server is
 * started by the first document that is our business, and by none other.
 */
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { AttachTraces } from './attach-traces.js';
import { CommentDrafts } from './comment-drafts.js';
import { CrashGuard } from './crash-guard.js';
import { DecodedPatches } from './decoded-patches.js';
import { tellFailure } from './failure-messages.js';
import { commentOnFinding, FindingComments } from './finding-comments.js';
import { followTrust, reviewCommits, reviewWorkingTree } from './git-commands.js';
import { toggleInlayHints } from './inlay-hints.js';
import { Journal } from './journal.js';
import { KernelTreeFinder } from './kernel-tree.js';
import { ACTIVATED_CONTEXT, CLIENT_NAME, Command } from './names.js';
import { ReadPatches } from './read-patches.js';
import { openReferenceDesign } from './reference-designs.js';
import { isRelevant } from './relevance.js';
import { composeReplies } from './reply-mails.js';
import { copyReport } from './report.js';
import { DraftComment, ReviewComments } from './review-comments.js';
import { ReviewServer } from './review-server.js';
import { RulePages } from './rule-pages.js';
import { warn } from './say.js';
import { openScaffold } from './scaffolds.js';
import {
  fetchSeries,
  openSampleSeries,
  openSeriesFolder,
  PatchedFileTexts,
  showFinding,
  showInPatch,
} from './series-commands.js';
import { SeriesComparisons } from './series-comparison.js';
import { SeriesView, seriesOf } from './series-view.js';
import { SimulatorPanels } from './simulator-panel.js';
import { StatusItem } from './status-item.js';

const PATCHES: vscode.DocumentSelector = [{ language: 'kernel-patch' }, { language: 'diff' }];

let running: ReviewServer | null = null;

export function activate(context: vscode.ExtensionContext): void {
  const channel = vscode.window.createOutputChannel(CLIENT_NAME, { log: true });
  const journal = new Journal(channel, [
    [context.extensionPath, '<extension>'],
    [homedir(), '~'],
  ]);
  const guard = new CrashGuard();
  const pages = new RulePages(context.extensionUri);
  const server = new ReviewServer({
    module: join(context.extensionPath, 'dist', 'server.js'),
    channel,
    journal,
    guard,
    pages,
  });
  running = server;
  const decoded = new DecodedPatches(server);
  const traces = new AttachTraces(server);
  const comments = new ReviewComments(
    new CommentDrafts(
      join(context.globalStorageUri.fsPath, 'comments'),
      (message) => void warn(`IOMMU Review: ${message}.`),
    ),
  );
  const series = seriesParts(server, context);
  const simulator = new SimulatorPanels(server, context.extensionUri);
  const version = String(context.extension.packageJSON.version);
  void vscode.commands.executeCommand('setContext', ACTIVATED_CONTEXT, true);
  context.subscriptions.push(
    channel,
    decoded,
    traces,
    comments,
    simulator,
    ...series.disposables,
    followTrust(server),
    vscode.languages.registerCodeActionsProvider(PATCHES, new FindingComments(), FindingComments.metadata),
    new StatusItem(server),
    server.onDecodedChanged((uri) => decoded.refresh(uri)),
    server.onFailed((failure) => void tellFailure(failure, context.extensionPath)),
    ...registerCommands({
      [Command.openDecodedPatch]: (uri) => decoded.open(uri),
      ...simulatorCommands(server, traces, simulator),
      [Command.restartServer]: () => server.restart(),
      [Command.showOutput]: () => channel.show(),
      [Command.copyReport]: () => copyReport(version, server, guard, journal),
      [Command.explainRule]: (id) => pages.explain(id),
      [Command.openScaffold]: (code) => openScaffold(code),
      ...series.commands,
      [Command.toggleInlayHints]: () => toggleInlayHints(),
      [Command.composeReply]: () => composeReplies(server, comments),
      ...commentCommands(comments),
    }),
    ...startWhenNeeded(server),
  );
}

export async function deactivate(): Promise<void> {
  await running?.stop();
  running = null;
}

/** The list of patches, what is done with them, and where they may come from. */
function seriesParts(
  server: ReviewServer,
  { extensionPath, globalStorageUri, workspaceState }: vscode.ExtensionContext,
): { disposables: vscode.Disposable[]; commands: Record<string, (...given: unknown[]) => unknown> } {
  const storage = globalStorageUri.fsPath;
  const keep = join(storage, 'series');
  const files = new PatchedFileTexts(server);
  const comparisons = new SeriesComparisons(server, workspaceState);
  return {
    disposables: [
      comparisons,
      new SeriesView(server, new ReadPatches(join(storage, 'read-patches.json')), comparisons),
      vscode.workspace.registerTextDocumentContentProvider(PatchedFileTexts.scheme, files),
    ],
    commands: {
      [Command.openSampleSeries]: () => openSampleSeries(extensionPath, keep),
      [Command.showInPatch]: (uri, range) => showInPatch(uri, range),
      [Command.compareFile]: (node) => files.compare(node),
      [Command.nextFinding]: () => showFinding(1),
      [Command.previousFinding]: () => showFinding(-1),
      [Command.openSeriesFolder]: () => openSeriesFolder(keep),
      [Command.fetchSeries]: () => fetchSeries(keep),
      [Command.reviewCommits]: () => reviewCommits(server, keep),
      [Command.reviewWorkingTree]: () => reviewWorkingTree(server, keep),
      [Command.compareSeries]: (node) => comparisons.compare(seriesOf(node)),
      [Command.endComparison]: (node) => endComparison(comparisons, node),
    },
  };
}

/** What shows runs of scenarios, and the designs that they are run on. */
function simulatorCommands(
  server: ReviewServer,
  traces: AttachTraces,
  simulator: SimulatorPanels,
): Record<string, (...given: unknown[]) => unknown> {
  return {
    [Command.openAttachTrace]: (uri, batch) => traces.open(uri, batch),
    [Command.openSimulator]: (uri, batch, operation) => simulator.open(uri, batch, operation),
    [Command.exportRunPicture]: () => simulator.exportPicture(),
    [Command.openReferenceDesign]: (id) => openReferenceDesign(server, id),
  };
}

/** What the comment boxes' buttons do. */
function commentCommands(comments: ReviewComments): Record<string, (...given: unknown[]) => unknown> {
  const onComment = (act: (comment: DraftComment) => void) => (comment: unknown) => {
    if (comment instanceof DraftComment) act(comment);
  };
  return {
    [Command.addComment]: (reply) => comments.add(reply as vscode.CommentReply),
    [Command.editComment]: onComment((comment) => comments.edit(comment)),
    [Command.saveComment]: onComment((comment) => comments.save(comment)),
    [Command.cancelComment]: onComment((comment) => comments.cancel(comment)),
    [Command.deleteComment]: onComment((comment) => comments.remove(comment)),
    [Command.deleteThread]: (thread) => comments.removeThread(thread as vscode.CommentThread),
    [Command.resolveThread]: (thread) => comments.resolve(thread as vscode.CommentThread, true),
    [Command.reopenThread]: (thread) => comments.resolve(thread as vscode.CommentThread, false),
    [Command.commentOnFinding]: (uri, line, text) => commentOnFinding(comments, uri, line, text),
  };
}

function registerCommands(commands: Record<string, (...given: unknown[]) => unknown>): vscode.Disposable[] {
  return Object.entries(commands).map(([name, run]) => vscode.commands.registerCommand(name, run));
}

/** Starts the server as soon as a document is open that is our business. */
function startWhenNeeded(server: ReviewServer): vscode.Disposable[] {
  const trees = new KernelTreeFinder();
  const consider = (document: vscode.TextDocument): void => {
    if (server.state !== 'idle') return;
    const path = document.uri.scheme === 'file' ? document.uri.fsPath : null;
    if (path === null && document.uri.scheme !== 'untitled') return;
    const candidate = { languageId: document.languageId, path, text: () => document.getText() };
    if (isRelevant(candidate, (each) => trees.isInTree(each))) void server.start();
  };
  vscode.workspace.textDocuments.forEach(consider);
  return [
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidChangeTextDocument(({ document }) => consider(document)),
    vscode.workspace.onDidChangeWorkspaceFolders(() => trees.forget()),
  ];
}

function endComparison(comparisons: SeriesComparisons, node: unknown): void {
  const uri = seriesOf(node);
  if (uri) comparisons.end(uri);
}
