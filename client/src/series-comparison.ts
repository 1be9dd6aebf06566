/**
 * A series beside an earlier version of itself, in the side bar: which of its
 * findings are new, which are still there, and which are gone. As long as both
 * have a tab, over a reload of the window too; what is run of them is waited for.
 */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import {
  type CompareParams,
  CompareRequest,
  type SeriesComparison,
} from '../../server/src/protocol/index.js';
import { documentAt, documentInFront } from './active-document.js';
import type { ComparisonNode } from './comparison-nodes.js';
import { byLikelihood, type Candidate, described, subjectIn } from './earlier-versions.js';
import { KeptComparisons } from './kept-comparisons.js';
import { isPatchDocument, PATCH_NAME } from './patch-documents.js';
import type { ReviewServer } from './review-server.js';
import { complain, inform } from './say.js';
import { showSeries } from './series-commands.js';
import { loadTab, tabOf, textIn } from './tabs.js';

/** Between two looks at what is still being run. */
const AGAIN_MILLISECONDS = 1000;
/** As much of a file as tells whose it is. */
const HEAD_OCTETS = 65_536;
/** Files of a folder that are looked into. */
const MOST_FILES = 200;

export class SeriesComparisons implements vscode.Disposable {
  readonly #server: ReviewServer;
  readonly #kept: KeptComparisons;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** By address: earlier versions that the editor is being made to load. */
  readonly #loading = new Map<string, Promise<boolean>>();
  readonly #closed: vscode.Disposable;
  #timer: NodeJS.Timeout | null = null;

  /** `state`: of the workspace. */
  constructor(server: ReviewServer, state: vscode.Memento) {
    this.#server = server;
    this.#kept = new KeptComparisons(state);
    this.#closed = vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
      const gone = new Set(closed.map((tab) => textIn(tab)?.toString()));
      if (this.#kept.closed((address) => gone.has(address) && !tabOf(address))) this.#changed.fire();
    });
  }

  /** How the findings of a document compare; null when it is compared with nothing. */
  async of(uri: vscode.Uri): Promise<ComparisonNode | null> {
    const earlier = this.#kept.against(uri.toString());
    if (earlier === undefined) return null;
    if (!(await this.#isLoaded(earlier))) {
      this.#kept.end(uri.toString());
      return null;
    }
    const params: CompareParams = { uri: uri.toString(), against: earlier };
    const answer = await this.#server.ask<SeriesComparison>(CompareRequest, params);
    if (answer?.isOver !== true) this.#lookAgain();
    return answer && { kind: 'comparison', uri, against: vscode.Uri.parse(earlier), answer };
  }

  /** Asks for the earlier version of a series and holds it against that. */
  async compare(uri: vscode.Uri | undefined): Promise<void> {
    const later = uri ?? patchInFront();
    if (!later) {
      void inform(
        'IOMMU Review: open a patch or a series first, then the one that it is to be compared with.',
      );
      return;
    }
    const earlier = await askForEarlier(later);
    if (!earlier) return;
    await this.hold(later, earlier);
  }

  /** Opens the earlier version behind the later one, which stays in front. */
  async hold(later: vscode.Uri, earlier: vscode.Uri): Promise<void> {
    if (later.toString() === earlier.toString()) {
      void inform('IOMMU Review: that is the series itself.');
      return;
    }
    try {
      await vscode.window.showTextDocument(earlier, { preview: false });
      await vscode.window.showTextDocument(later, { preview: false });
    } catch {
      void complain(`IOMMU Review: ${earlier.fsPath} cannot be opened as a text.`);
      return;
    }
    this.#kept.closed((address) => !tabOf(address));
    this.#kept.hold(later.toString(), earlier.toString());
    this.#changed.fire();
    await showSeries();
  }

  end(uri: vscode.Uri): void {
    if (this.#kept.end(uri.toString())) this.#changed.fire();
  }

  dispose(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#closed.dispose();
    this.#changed.dispose();
  }

  /** Whether the server has it, or will: after a reload only the tabs in front are loaded. */
  #isLoaded(earlier: string): Promise<boolean> | boolean {
    if (documentAt(vscode.Uri.parse(earlier))) return true;
    const tab = tabOf(earlier);
    if (!tab) return false;
    const known = this.#loading.get(earlier);
    if (known) return known;
    const loading = loadTab(tab)
      .then(
        () => true,
        () => false,
      )
      .finally(() => this.#loading.delete(earlier));
    this.#loading.set(earlier, loading);
    return loading;
  }

  #lookAgain(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#changed.fire();
    }, AGAIN_MILLISECONDS);
  }
}

function patchInFront(): vscode.Uri | null {
  const document = documentInFront();
  return document && isPatchDocument(document) ? document.uri : null;
}

interface Choice extends vscode.QuickPickItem {
  readonly uri: vscode.Uri | null;
}

async function askForEarlier(later: vscode.Uri): Promise<vscode.Uri | null> {
  const name = nameOf(later);
  const own = { name, subject: subjectIn(await textOf(later)) };
  const choices = byLikelihood(own, await candidates(later)).map(
    (each): Choice => ({
      label: `$(mail) ${each.name}`,
      description: described(each),
      uri: each.of,
    }),
  );
  const other: Choice = { label: '$(folder-opened) Another file…', uri: null };
  const title = `Compare ${name} with its previous version`;
  const choice =
    choices.length === 0
      ? other
      : await vscode.window.showQuickPick([...choices, other], {
          title,
          placeHolder: 'A mailbox, a patch or a diff of the earlier version',
          matchOnDescription: true,
        });
  if (!choice) return null;
  if (choice.uri) return choice.uri;
  const [file] = (await vscode.window.showOpenDialog({ title, openLabel: 'Compare' })) ?? [];
  return file ?? null;
}

/** Patches that are open, and those that lie beside the later version. */
async function candidates(later: vscode.Uri): Promise<Candidate<vscode.Uri>[]> {
  const open = vscode.workspace.textDocuments.filter(isPatchDocument).map(({ uri }) => uri);
  const beside = later.scheme === 'file' ? patchesIn(dirname(later.fsPath)) : [];
  const known = new Map([...open, ...beside].map((uri) => [uri.toString(), uri]));
  known.delete(later.toString());
  return Promise.all(
    [...known.values()].map(async (uri) => ({
      of: uri,
      name: nameOf(uri),
      subject: subjectIn(await textOf(uri)),
    })),
  );
}

function patchesIn(folder: string): vscode.Uri[] {
  try {
    const names = readdirSync(folder).filter((name) => PATCH_NAME.test(name));
    return names.slice(0, MOST_FILES).map((name) => vscode.Uri.file(join(folder, name)));
  } catch {
    return [];
  }
}

async function textOf(uri: vscode.Uri): Promise<string> {
  const open = vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  return open ? open.getText().slice(0, HEAD_OCTETS) : headOf(uri.fsPath);
}

function headOf(path: string): string {
  const head = Buffer.alloc(HEAD_OCTETS);
  try {
    const file = openSync(path, 'r');
    try {
      return head.toString('utf8', 0, readSync(file, head));
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}

const nameOf = ({ path }: vscode.Uri): string => path.slice(path.lastIndexOf('/') + 1);
