/**
 * The panel in which the runs of scenarios are walked through. The page shows
 * what the server found; the line of its current step is marked in the code.
 */
import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import {
  type AttachFlow,
  AttachFlowRequest,
  type AttachTraceParams,
  TraceChosenNotification,
  type TraceChosenParams,
} from '../../server/src/protocol/index.js';
import type { FromPanel, ToPanel } from '../panel/messages.js';
import { addressInFront } from './active-document.js';
import { Command, SIMULATOR_PANEL } from './names.js';
import type { ReviewServer } from './review-server.js';
import { inform } from './say.js';

/** While scenarios are still being run, what came of them is asked for so often. */
const ASK_MILLISECONDS = 1000;

const SAMPLE = 'Open Sample Series';
const DESIGN = 'Open Reference Design';

export class SimulatorPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #server: ReviewServer;
  readonly #extension: vscode.Uri;
  readonly #mark = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.stackFrameHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.infoForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  readonly #panels = new Map<string, Panel>();
  readonly #disposables: vscode.Disposable[] = [this.#mark];

  constructor(server: ReviewServer, extension: vscode.Uri) {
    this.#server = server;
    this.#extension = extension;
    this.#disposables.push(
      vscode.window.registerWebviewPanelSerializer(SIMULATOR_PANEL, this),
      server.onStatus(({ uri }) => {
        for (const panel of this.#panels.values()) if (panel.of.uri === uri) panel.refresh();
      }),
    );
  }

  /** For a document: the one that is named, or the one in front. */
  async open(wanted: unknown, batch: unknown): Promise<void> {
    const uri = typeof wanted === 'string' ? wanted : addressInFront()?.toString();
    if (!uri) return;
    const of: AttachTraceParams = { uri, batch: typeof batch === 'number' ? batch : 0 };
    const open = this.#panels.get(keyOf(of));
    if (open) {
      open.panel.reveal();
      return;
    }
    if (!(await this.#server.ask<AttachFlow>(AttachFlowRequest, of))) {
      const choice = await inform(`IOMMU Review: ${nothingRunOn(uri)}`, SAMPLE, DESIGN);
      if (choice === SAMPLE) await vscode.commands.executeCommand(Command.openSampleSeries);
      if (choice === DESIGN) await vscode.commands.executeCommand(Command.openReferenceDesign);
      return;
    }
    const show = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    this.#adopt(vscode.window.createWebviewPanel(SIMULATOR_PANEL, 'Simulator', show), of);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    const { uri, batch } = (kept ?? {}) as Partial<AttachTraceParams>;
    if (typeof uri !== 'string' || typeof batch !== 'number') {
      panel.dispose();
      return;
    }
    // The server knows what is open.
    await Promise.resolve(vscode.workspace.openTextDocument(vscode.Uri.parse(uri))).catch(() => undefined);
    this.#adopt(panel, { uri, batch });
  }

  dispose(): void {
    for (const { panel } of [...this.#panels.values()]) panel.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, of: AttachTraceParams): void {
    const files = vscode.Uri.joinPath(this.#extension, 'dist');
    panel.webview.options = { enableScripts: true, localResourceRoots: [files] };
    const opened = new Panel(panel, of, this.#server, this.#mark);
    this.#panels.set(keyOf(of), opened);
    panel.onDidDispose(() => {
      opened.close();
      this.#panels.delete(keyOf(of));
    });
    panel.webview.html = pageOf(panel.webview, files);
  }
}

/** Why a panel would be empty, and what to do. */
function nothingRunOn(uri: string): string {
  const { path } = vscode.Uri.parse(uri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `no scenario was run on ${name}. Scenarios need functions that bind devices to a process and unbind them; where there are some, wait until they have been simulated.`;
}

const keyOf = ({ uri, batch }: AttachTraceParams): string => `${batch} ${uri}`;

/** One panel that is open. */
class Panel {
  #timer: NodeJS.Timeout | null = null;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly of: AttachTraceParams,
    private readonly server: ReviewServer,
    private readonly mark: vscode.TextEditorDecorationType,
  ) {
    panel.webview.onDidReceiveMessage((message: FromPanel) => void this.#take(message));
  }

  refresh(): void {
    void this.#send();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    for (const editor of vscode.window.visibleTextEditors) editor.setDecorations(this.mark, []);
  }

  async #send(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const flow = await this.server.ask<AttachFlow>(AttachFlowRequest, this.of);
    if (flow) {
      this.panel.title = `Simulator: ${flow.function}()`;
      const message: ToPanel = { kind: 'flow', flow, ...this.of };
      void this.panel.webview.postMessage(message);
    } else {
      const message: ToPanel = {
        kind: 'none',
        words: `There is nothing to show: ${nothingRunOn(this.of.uri)}`,
      };
      void this.panel.webview.postMessage(message);
    }
    if (!flow?.isOver) this.#timer = setTimeout(() => void this.#send(), ASK_MILLISECONDS);
  }

  async #take(message: FromPanel): Promise<void> {
    switch (message.kind) {
      case 'ready':
        return this.#send();
      case 'show':
        return this.#show(message.line);
      case 'chosen': {
        const params: TraceChosenParams = { ...this.of, scenario: message.scenario };
        this.server.tell(TraceChosenNotification, params);
        return;
      }
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`${message.what} is on the clipboard`, 3000);
        return;
      case 'pictures':
        await vscode.commands.executeCommand(Command.openAttachTrace, this.of.uri, this.of.batch);
    }
  }

  async #show(line: number): Promise<void> {
    const uri = vscode.Uri.parse(this.of.uri);
    const shown = vscode.window.visibleTextEditors.find(
      (editor) => editor.document.uri.toString() === this.of.uri,
    );
    const column = shown?.viewColumn ?? vscode.ViewColumn.One;
    const editor = await vscode.window.showTextDocument(uri, {
      viewColumn: column,
      preserveFocus: true,
      preview: false,
    });
    const range = editor.document.lineAt(Math.min(line, editor.document.lineCount - 1)).range;
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    editor.setDecorations(this.mark, [range]);
  }
}

/** Only the page's own script and style run; nothing is loaded from anywhere. */
function pageOf(webview: vscode.Webview, files: vscode.Uri): string {
  const nonce = randomBytes(16).toString('hex');
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${file('panel.css')}">
<title>Simulator</title>
</head>
<body><script nonce="${nonce}" src="${file('panel.js')}"></script></body>
</html>
`;
}
