/** What is done with a series: walk through its findings, see a file before and after a patch, open a folder or a thread as one. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import * as vscode from 'vscode';
import {
  type FileVersions,
  type FileVersionsParams,
  FileVersionsRequest,
  withoutLinks,
} from '../../server/src/protocol/index.js';
import { documentInFront } from './active-document.js';
import { joinedPatches, messageIdIn } from './joined-patches.js';
import { DIAGNOSTIC_SOURCE, SERIES_VIEW } from './names.js';
import { PATCH_NAME } from './patch-documents.js';
import type { ReviewServer } from './review-server.js';
import { complain, inform } from './say.js';
import type { FileNode } from './series-view.js';

/** Shows a place of a patch. */
export async function showInPatch(uri: unknown, range: unknown): Promise<void> {
  if (!(uri instanceof vscode.Uri) || !(range instanceof vscode.Range)) return;
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** Brings the list of patches to the front, and takes the cursor out of no text. */
export async function showSeries(): Promise<void> {
  await vscode.commands.executeCommand(`${SERIES_VIEW}.focus`, { preserveFocus: true });
}

/** The next finding of the document in front, or with -1 the one before; goes round at the ends. */
export async function showFinding(step: 1 | -1): Promise<void> {
  const document = documentInFront();
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  if (!document || !editor) return;
  const places = vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => source === DIAGNOSTIC_SOURCE)
    .map(({ range }) => range)
    .sort((one, other) => one.start.compareTo(other.start));
  const here = editor.selection.active;
  const ahead = step === 1 ? places : places.reverse();
  const next = ahead.find(({ start }) => start.compareTo(here) * step > 0) ?? ahead[0];
  if (next) await showInPatch(document.uri, next);
  else void inform('IOMMU Review: nothing to object to in this document.');
}

/** Texts of the two sides of a comparison, by their address. */
export class PatchedFileTexts implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'iommu-review-file';
  readonly #server: ReviewServer;
  readonly #texts = new Map<string, string>();

  constructor(server: ReviewServer) {
    this.#server = server;
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? '';
  }

  /** Compares a file before and after a patch of the side bar. */
  async compare(node: unknown): Promise<void> {
    const { of, file } = (node ?? {}) as Partial<FileNode>;
    if (!of || !file) return;
    const params: FileVersionsParams = { uri: of.of.uri.toString(), line: file.line };
    const versions = await this.#server.ask<FileVersions>(FileVersionsRequest, params);
    if (!versions) {
      void inform('IOMMU Review: the patch has changed; try again.');
      return;
    }
    const side = (name: 'before' | 'after'): vscode.Uri => {
      const query = encodeURIComponent(`${name} ${params.uri} ${params.line}`);
      const uri = vscode.Uri.from({ scheme: PatchedFileTexts.scheme, path: `/${versions.path}`, query });
      this.#texts.set(uri.toString(), versions[name]);
      return uri;
    };
    const whole = versions.isWhole ? '' : ', hunks alone';
    const title = `${basename(versions.path)} (${of.patch.title || 'diff'}${whole})`;
    await vscode.commands.executeCommand('vscode.diff', side('before'), side('after'), title, {
      preview: false,
    });
  }
}

/** Asks for a folder of patches and opens them as one series. `keep`: folder of ours, outside of any kernel tree. */
export async function openSeriesFolder(keep: string): Promise<void> {
  const [folder] =
    (await vscode.window.showOpenDialog({
      canSelectFolders: true,
      canSelectFiles: false,
      openLabel: 'Open as Series',
      title: 'A folder of patches',
    })) ?? [];
  if (folder) await openJoined(folder.fsPath, keep);
}

async function openJoined(folder: string, keep: string): Promise<void> {
  const paths = patchesIn(folder);
  if (paths.length === 0) {
    void inform(`IOMMU Review: there is no .patch, .eml or .mbox file in ${folder}.`);
    return;
  }
  await openAsOne(paths, basename(folder), keep);
}

/** Files of patches in the order of their names. */
function patchesIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => PATCH_NAME.test(name))
    .sort()
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());
}

async function openAsOne(paths: readonly string[], name: string, keep: string): Promise<void> {
  mkdirSync(keep, { recursive: true });
  const path = join(keep, `${name}.mbox`);
  writeFileSync(path, joinedPatches(paths.map((each) => readFileSync(each, 'latin1'))), 'latin1');
  await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
  await showSeries();
}

/** A series that comes with the extension: a copy of it, to be written on. */
export async function openSampleSeries(extension: string, keep: string): Promise<void> {
  const samples = join(extension, 'samples');
  try {
    const [cover, ...others] = patchesIn(join(samples, 'series'));
    const paths = [cover!, join(samples, 'sva-domain-cache.patch'), ...others];
    await openAsOne(paths, 'sample-series', keep);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    void complain(
      `IOMMU Review: the sample cannot be opened: ${why}. Installing the extension again brings it back.`,
    );
  }
}

/** Asks for a Message-ID, has b4 fetch its series, and opens that. */
export async function fetchSeries(keep: string): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    void inform(
      'IOMMU Review: fetching runs b4, which a workspace that is not trusted may not. Open the mails as files instead.',
    );
    return;
  }
  const given = await vscode.window.showInputBox({
    title: 'Fetch series by Message-ID',
    prompt: 'b4 on this machine fetches it from where it is set up to; nothing else leaves the machine.',
    placeHolder: '20260102030405.678-1-someone@example.org, or a link to it on lore.kernel.org',
    validateInput: (text) => (messageIdIn(text) ? null : 'A Message-ID looks like name@host.'),
  });
  const id = given === undefined ? null : messageIdIn(given);
  if (!id) return;
  mkdirSync(keep, { recursive: true });
  const folder = mkdtempSync(join(keep, 'fetched-'));
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: withoutLinks(`b4 fetches ${id}`),
        cancellable: true,
      },
      async (_progress, token) => {
        const abort = new AbortController();
        token.onCancellationRequested(() => abort.abort());
        await promisify(execFile)('b4', ['mbox', '-o', folder, '-n', 'series', id], {
          signal: abort.signal,
        });
      },
    );
    await openJoined(folder, keep);
  } catch (error) {
    void complain(`IOMMU Review: ${whyNot(error)}`);
  }
}

function whyNot(error: unknown): string {
  const { code, name, stderr } = error as { code?: unknown; name?: unknown; stderr?: unknown };
  if (code === 'ENOENT')
    return 'b4 is not installed on this machine (pip install b4); or save the mails and open them as files.';
  if (name === 'AbortError') return 'fetching was given up.';
  const last = String(stderr ?? '')
    .trim()
    .split('\n')
    .at(-1);
  return `b4 could not fetch it${last ? `: ${last}` : '.'}`;
}
