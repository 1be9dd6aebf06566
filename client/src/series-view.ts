/**
 * The side bar's list of the patches that are open: each with its files and
 * its findings, and a box to tick when it has been read.
 */
import * as vscode from 'vscode';
import {
  type Series,
  type SeriesFile,
  type SeriesParams,
  type SeriesPatch,
  SeriesRequest,
} from '../../server/src/protocol/index.js';
import {
  type ComparedNode,
  type ComparisonNode,
  comparedItem,
  comparedOf,
  comparisonItem,
  type StandingNode,
  standingItem,
  standingsOf,
} from './comparison-nodes.js';
import { findingRow, openAt } from './finding-items.js';
import { DIAGNOSTIC_SOURCE, SERIES_VIEW } from './names.js';
import { isPatchDocument } from './patch-documents.js';
import type { ReadPatches } from './read-patches.js';
import type { ReviewServer } from './review-server.js';
import type { SeriesComparisons } from './series-comparison.js';

/** Many findings arrive at once; the list is drawn once for all of them. */
const QUIET_MILLISECONDS = 150;

/** A document with patches in it. */
interface SeriesNode {
  readonly kind: 'series';
  readonly uri: vscode.Uri;
  readonly series: Series;
}

interface PatchNode {
  readonly kind: 'patch';
  readonly of: SeriesNode;
  readonly patch: SeriesPatch;
}

export interface FileNode {
  readonly kind: 'file';
  readonly of: PatchNode;
  readonly file: SeriesFile;
}

interface FindingNode {
  readonly kind: 'finding';
  readonly of: FileNode | PatchNode;
  readonly diagnostic: vscode.Diagnostic;
}

type Node = SeriesNode | PatchNode | FileNode | FindingNode | ComparisonNode | StandingNode | ComparedNode;

export class SeriesView implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  readonly #server: ReviewServer;
  readonly #read: ReadPatches;
  readonly #comparisons: SeriesComparisons;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #view: vscode.TreeView<Node>;
  readonly #disposables: vscode.Disposable[] = [this.#changed];
  #timer: NodeJS.Timeout | null = null;

  constructor(server: ReviewServer, read: ReadPatches, comparisons: SeriesComparisons) {
    this.#server = server;
    this.#read = read;
    this.#comparisons = comparisons;
    this.#view = vscode.window.createTreeView(SERIES_VIEW, {
      treeDataProvider: this,
      showCollapseAll: true,
      manageCheckboxStateManually: true,
    });
    this.#disposables.push(
      this.#view,
      this.#view.onDidChangeCheckboxState(({ items }) => this.#tick(items)),
      vscode.languages.onDidChangeDiagnostics(() => this.#soon()),
      vscode.workspace.onDidOpenTextDocument(() => this.#soon()),
      vscode.workspace.onDidCloseTextDocument(() => this.#soon()),
      server.onStatus(() => this.#soon()),
      comparisons.onDidChange(() => this.#soon()),
    );
  }

  async getChildren(parent?: Node): Promise<Node[]> {
    if (!parent) return this.#roots();
    switch (parent.kind) {
      case 'series':
        return [
          ...(await this.#comparison(parent)),
          ...parent.series.patches.map((patch): PatchNode => ({ kind: 'patch', of: parent, patch })),
        ];
      case 'patch':
        return [
          ...findingsIn(parent).filter((node) => node.of === parent),
          ...parent.patch.files.map((file): FileNode => ({ kind: 'file', of: parent, file })),
        ];
      case 'file':
        return findingsIn(parent.of).filter(
          (node) => node.of.kind === 'file' && node.of.file === parent.file,
        );
      case 'comparison':
        return standingsOf(parent);
      case 'standing':
        return comparedOf(parent);
      case 'finding':
      case 'compared':
        return [];
    }
  }

  getTreeItem(node: Node): vscode.TreeItem {
    switch (node.kind) {
      case 'series':
        return seriesItem(node);
      case 'patch':
        return patchItem(node, this.#read.has(keyOf(node)));
      case 'file':
        return fileItem(node);
      case 'finding':
        return findingItem(node);
      case 'comparison':
        return comparisonItem(node);
      case 'standing':
        return standingItem(node);
      case 'compared':
        return comparedItem(node);
    }
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #roots(): Promise<SeriesNode[]> {
    const documents = vscode.workspace.textDocuments.filter(isPatchDocument);
    const asked = documents.map(async ({ uri }): Promise<SeriesNode[]> => {
      const params: SeriesParams = { uri: uri.toString() };
      const series = await this.#server.ask<Series>(SeriesRequest, params);
      return series && series.patches.length > 0 ? [{ kind: 'series', uri, series }] : [];
    });
    return (await Promise.all(asked)).flat();
  }

  async #comparison({ uri }: SeriesNode): Promise<ComparisonNode[]> {
    const compared = await this.#comparisons.of(uri);
    return compared ? [compared] : [];
  }

  #soon(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#changed.fire(undefined), QUIET_MILLISECONDS);
  }

  #tick(items: readonly (readonly [Node, vscode.TreeItemCheckboxState])[]): void {
    for (const [node, state] of items)
      if (node.kind === 'patch') this.#read.tick(keyOf(node), state === vscode.TreeItemCheckboxState.Checked);
    this.#changed.fire(undefined);
  }
}

/** A mail is the same wherever it lies; a bare diff is what its file says. */
function keyOf({ of, patch }: PatchNode): string {
  return patch.message ?? `${of.uri.toString()}:${patch.firstLine}`;
}

/** The findings on the lines of a patch, each with its file; of the message itself with the patch. */
function findingsIn(patch: PatchNode): FindingNode[] {
  const { firstLine, lastLine, files } = patch.patch;
  return diagnosticsOf(patch.of.uri)
    .filter(({ range }) => firstLine <= range.start.line + 1 && range.start.line + 1 <= lastLine)
    .map((diagnostic): FindingNode => {
      const file = files.filter(({ line }) => line <= diagnostic.range.start.line + 1).at(-1);
      return { kind: 'finding', diagnostic, of: file ? { kind: 'file', of: patch, file } : patch };
    });
}

function diagnosticsOf(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === DIAGNOSTIC_SOURCE)
    .sort((one, other) => one.range.start.line - other.range.start.line);
}

function counted(count: number): string {
  return count === 0 ? '' : count === 1 ? '1 finding' : `${count} findings`;
}

function seriesItem({ uri, series }: SeriesNode): vscode.TreeItem {
  const { patches, tree } = series;
  const first = patches[0]!;
  const cover = patches.find(({ index }) => index === 0);
  const title = cover?.title || (patches.length === 1 && first.title);
  // Several versions of one series may be open.
  const version = title && first.version > 1 ? `v${first.version} ` : '';
  const item = new vscode.TreeItem(
    title ? `${version}${title}` : uri.path.slice(uri.path.lastIndexOf('/') + 1),
    vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = uri.toString();
  item.description = counted(diagnosticsOf(uri).length);
  item.iconPath = new vscode.ThemeIcon('mail');
  item.contextValue = 'series';
  const files = patches.flatMap((patch) => patch.files);
  const failed = files.filter(({ isApplied }) => isApplied === false).length;
  const base =
    tree === null
      ? 'No kernel tree around it: hunks are read alone.'
      : failed === 0
        ? `Applied in memory to ${tree}.`
        : `Applied in memory to ${tree}, but for ${failed} of ${files.length} files, whose hunks are read alone.`;
  item.tooltip = `${uri.fsPath}\n${base}`;
  return item;
}

function patchItem(node: PatchNode, isRead: boolean): vscode.TreeItem {
  const { patch, of } = node;
  const number = patch.index === null || patch.total === null ? '' : `${patch.index}/${patch.total} `;
  const item = new vscode.TreeItem(
    `${number}${patch.title || 'a diff without a subject'}`,
    patch.files.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = `${of.uri.toString()}:${patch.firstLine}`;
  item.description = counted(findingsIn(node).length);
  item.tooltip = patch.author;
  item.contextValue = 'patch';
  item.checkboxState = {
    state: isRead ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
    tooltip: isRead ? 'Read' : 'Not read yet',
  };
  item.command = openAt(of.uri, patch.firstLine - 1);
  return item;
}

function fileItem(node: FileNode): vscode.TreeItem {
  const { file, of } = node;
  const findings = findingsIn(of).filter((each) => each.of.kind === 'file' && each.of.file === file);
  const slash = file.path.lastIndexOf('/');
  const item = new vscode.TreeItem(
    file.path.slice(slash + 1),
    findings.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = `${of.of.uri.toString()}:${file.line}`;
  const folder = file.path.slice(0, Math.max(0, slash));
  item.description = [`+${file.added} −${file.removed}`, counted(findings.length), folder]
    .filter(Boolean)
    .join(' · ');
  item.tooltip = [file.path, file.status, ...file.problems].join('\n');
  item.iconPath = new vscode.ThemeIcon(file.isApplied === false ? 'warning' : 'file-code');
  item.contextValue = 'file';
  item.command = openAt(of.of.uri, file.line - 1);
  return item;
}

function findingItem({ diagnostic, of }: FindingNode): vscode.TreeItem {
  const patch = of.kind === 'file' ? of.of : of;
  const { range, severity, message } = diagnostic;
  const item = findingRow({ uri: patch.of.uri, range, severity, message });
  item.contextValue = 'finding';
  return item;
}

/** The document of a row, where a command was given one. */
export function seriesOf(node: unknown): vscode.Uri | undefined {
  const { kind, uri } = (node ?? {}) as Partial<SeriesNode | ComparisonNode>;
  return kind === 'series' || kind === 'comparison' ? uri : undefined;
}
