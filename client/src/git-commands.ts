/**
 * Commits of the repository that is open, and what is not committed yet,
 * opened as the series that they would be. The server asks git, and not in a
 * workspace that nobody vouches for.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import * as vscode from 'vscode';
import {
  type GitHistory,
  type GitHistoryParams,
  GitHistoryRequest,
  type GitPatches,
  type GitPatchesParams,
  GitPatchesRequest,
  type GitTrouble,
  TrustGrantedNotification,
} from '../../server/src/protocol/index.js';
import { documentInFront } from './active-document.js';
import type { ReviewServer } from './review-server.js';
import { inform } from './say.js';
import { showSeries } from './series-commands.js';

/** More than an editor reads at once. */
const MANY_COMMITS = 200;

/** Asks where the series begins and opens it. `keep`: folder of ours, outside of any kernel tree. */
export async function reviewCommits(server: ReviewServer, keep: string): Promise<void> {
  const history = await ask<GitHistory>(server, GitHistoryRequest, foldersInQuestion());
  if (!history) return;
  const range = await askForRange(history);
  if (range === null) return;
  const name = `${basename(history.root)} ${range.includes('..') ? range : `${range}..HEAD`}`;
  await open(server, { root: history.root, range, path: join(keep, `${fileName(name)}.mbox`) });
}

/** Opens what the files that git knows have and the last commit has not. */
export async function reviewWorkingTree(server: ReviewServer, keep: string): Promise<void> {
  const history = await ask<GitHistory>(server, GitHistoryRequest, foldersInQuestion());
  if (!history) return;
  const path = join(keep, `${fileName(basename(history.root))} not committed.patch`);
  const opened = await open(server, { root: history.root, range: null, path });
  if (!opened || opened.untracked === 0) return;
  const files = opened.untracked === 1 ? 'One C file is' : `${opened.untracked} C files are`;
  void inform(
    `IOMMU Review: ${files} left out, because git has never been told of it. “git add --intent-to-add” does that.`,
  );
}

/** Lets the server run git from the moment on that somebody trusts the workspace. */
export function followTrust(server: ReviewServer): vscode.Disposable {
  return vscode.workspace.onDidGrantWorkspaceTrust(() => server.tell(TrustGrantedNotification, {}));
}

async function open(
  server: ReviewServer,
  wanted: { readonly root: string; readonly range: string | null; readonly path: string },
): Promise<GitPatches | null> {
  const uri = vscode.Uri.file(wanted.path);
  const params: GitPatchesParams = { root: wanted.root, range: wanted.range, uri: uri.toString() };
  const patches = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: 'IOMMU Review: git writes the patches' },
    () => ask<GitPatches>(server, GitPatchesRequest, params),
  );
  if (!patches) return null;
  mkdirSync(dirname(wanted.path), { recursive: true });
  writeFileSync(wanted.path, patches.text, 'latin1');
  await vscode.window.showTextDocument(uri, { preview: false });
  await showSeries();
  return patches;
}

/** Null when git has nothing to say, which the user has been told then. */
async function ask<T extends GitHistory | GitPatches>(
  server: ReviewServer,
  request: string,
  params: object,
): Promise<T | null> {
  const answer = await server.ask<T | GitTrouble>(request, params);
  if (answer && answer.kind !== 'trouble') return answer;
  const words = answer ? `${answer.words}.` : 'the server does not answer; its output may say why.';
  const remedy = answer ? (REMEDIES[answer.why] ?? '') : '';
  void inform(`IOMMU Review: ${words}${remedy}`);
  return null;
}

const REMEDIES: Readonly<Partial<Record<GitTrouble['why'], string>>> = {
  'not-installed': ' Install it, or open the series as a file.',
  'no-repository': ' Open the folder of a kernel tree, or the series as a file.',
  'not-trusted': ' Trust the workspace, or open the series as a file.',
};

/** The folder of the file in front, where it lies in the workspace, those of others that are open, then the folders of the workspace. */
function foldersInQuestion(): GitHistoryParams {
  const open = [documentInFront(), ...vscode.workspace.textDocuments].flatMap((document) => {
    const uri = document?.uri;
    const isInside = uri?.scheme === 'file' && vscode.workspace.getWorkspaceFolder(uri) !== undefined;
    return isInside ? [vscode.Uri.file(dirname(uri.fsPath))] : [];
  });
  const folders = vscode.workspace.workspaceFolders?.map((folder) => folder.uri) ?? [];
  return { folders: [...new Set([...open, ...folders].map(String))] };
}

interface Choice extends vscode.QuickPickItem {
  /** What git is told; undefined for a heading. */
  readonly range?: string;
}

/** What the user picks or types; null for neither. */
function askForRange(history: GitHistory): Promise<string | null> {
  const pick = vscode.window.createQuickPick<Choice>();
  const known = choicesOf(history);
  pick.title = `Review commits of ${basename(history.root)}`;
  pick.placeholder = 'Everything behind a base, from a commit on, or a range as base..topic';
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.items = known;
  return new Promise((resolve) => {
    pick.onDidChangeValue((value) => {
      const words = value.trim();
      const typed: Choice = {
        label: `$(git-commit) ${words}`,
        description: 'as typed',
        range: words,
        alwaysShow: true,
      };
      pick.items = words === '' ? known : [...known, typed];
    });
    pick.onDidAccept(() => {
      resolve(pick.selectedItems[0]?.range ?? null);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(null);
      pick.dispose();
    });
    pick.show();
  });
}

function choicesOf({ bases, commits }: GitHistory): Choice[] {
  const heading = (label: string): Choice => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const kinds = { upstream: 'what this branch is based on', tag: 'the last tag' };
  return [
    ...(bases.length > 0 ? [heading('since a base')] : []),
    ...bases.map(
      (base): Choice => ({
        label: `$(git-branch) ${base.name}..HEAD`,
        description: `${countOf(base.commits)} since ${kinds[base.kind]}${base.commits > MANY_COMMITS ? `; the first ${MANY_COMMITS} are reviewed` : ''}`,
        range: base.name,
      }),
    ),
    ...(commits.length > 0 ? [heading('from a commit on')] : []),
    ...commits.map(
      ({ id, subject, author, age }): Choice => ({
        label: `$(git-commit) ${subject}`,
        description: `${id.slice(0, 12)} · ${author}, ${age}`,
        range: `${id}^`,
      }),
    ),
  ];
}

const countOf = (commits: number): string => `${commits} ${commits === 1 ? 'commit' : 'commits'}`;

/** A name that every file system takes, with the ids of commits in short. */
function fileName(words: string): string {
  return words
    .replace(/\b([0-9a-f]{12})[0-9a-f]{28}\b/g, '$1')
    .replace(/[^\w .^~@+-]+/g, '-')
    .slice(0, 100);
}
