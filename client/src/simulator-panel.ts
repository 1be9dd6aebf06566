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
  type DesignEntry,
  DesignsRequest,
  type RunQuestion,
  type ScenarioRunAnswer,
  ScenarioRunRequest,
  TraceChosenNotification,
} from '../../server/src/protocol/index.js';
import type { FromPanel, ToPanel } from '../panel/messages.js';
import { addressInFront } from './active-document.js';
import { Command, SIMULATOR_PANEL } from './names.js';
import type { ReviewServer } from './review-server.js';
import { RunMarks } from './run-marks.js';
import { saveRunPicture } from './run-picture.js';
import { inform } from './say.js';
import { SimulatedSources } from './simulated-sources.js';

/** While scenarios are still being run, what came of them is asked for so often. */
const ASK_MILLISECONDS = 1000;

const SAMPLE = 'Open Sample Series';
const DESIGN = 'Open Reference Design';

export class SimulatorPanels implements vscode.WebviewPanelSerializer, vscode.Disposable {
  readonly #server: ReviewServer;
  readonly #extension: vscode.Uri;
  readonly #marks = new RunMarks();
  readonly #sources = new SimulatedSources();
  readonly #panels = new Map<string, Panel>();
  /** The one that was in front last. */
  #latest: Panel | null = null;
  readonly #disposables: vscode.Disposable[] = [this.#marks, this.#sources];

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

  /** For a document: the one that is named, or the one in front. `operation`: the function of a driver that is meant. */
  async open(wanted: unknown, batch: unknown, operation: unknown): Promise<void> {
    const uri = typeof wanted === 'string' ? wanted : addressInFront()?.toString();
    if (!uri) return;
    const of: AttachTraceParams = { uri, batch: typeof batch === 'number' ? batch : 0 };
    const meant = typeof operation === 'string' ? operation : null;
    const open = this.#panels.get(keyOf(of));
    if (open) {
      open.panel.reveal();
      if (meant !== null) open.refresh(meant);
      return;
    }
    if (!(await this.#server.ask<AttachFlow>(AttachFlowRequest, of))) {
      const choice = await inform(`IOMMU Review: ${nothingRunOn(uri)}`, SAMPLE, DESIGN);
      if (choice === SAMPLE) await vscode.commands.executeCommand(Command.openSampleSeries);
      if (choice === DESIGN) await vscode.commands.executeCommand(Command.openReferenceDesign);
      return;
    }
    const show = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: false };
    this.#adopt(vscode.window.createWebviewPanel(SIMULATOR_PANEL, 'Simulator', show), of, meant);
  }

  /** Saves a picture of the run that the panel shows which was in front last. */
  async exportPicture(): Promise<void> {
    const panel = this.#latest ?? [...this.#panels.values()].at(-1);
    if (panel) await panel.exportPicture();
    else void inform('IOMMU Review: no simulator panel is open; "IOMMU Review: Open Simulator" opens one.');
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

  #adopt(panel: vscode.WebviewPanel, of: AttachTraceParams, operation: string | null = null): void {
    const files = vscode.Uri.joinPath(this.#extension, 'dist');
    panel.webview.options = { enableScripts: true, localResourceRoots: [files] };
    const opened = new Panel(panel, of, operation, this.#server, this.#marks, this.#sources);
    this.#panels.set(keyOf(of), opened);
    panel.onDidChangeViewState(() => {
      if (panel.active) this.#latest = opened;
    });
    panel.onDidDispose(() => {
      opened.close();
      this.#panels.delete(keyOf(of));
      if (this.#latest === opened) this.#latest = null;
    });
    panel.webview.html = pageOf(panel.webview, files);
  }
}

/** Why a panel would be empty, and what to do. */
function nothingRunOn(uri: string): string {
  const { path } = vscode.Uri.parse(uri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `no scenario was run on ${name}. Scenarios need functions that bind devices to a process and unbind them, or a driver's operations that attach domains; where there are some, wait until they have been simulated.`;
}

const keyOf = ({ uri, batch }: AttachTraceParams): string => `${batch} ${uri}`;

/** A run that the page asked for. */
interface Answered {
  readonly question: RunQuestion;
  readonly answer: ScenarioRunAnswer | null;
}

/** The page says which of its latest answers it shows. */
const ANSWERS_KEPT = 32;

/** One panel that is open. */
class Panel {
  #timer: NodeJS.Timeout | null = null;
  #isReady = false;
  #designs: readonly DesignEntry[] | null = null;
  readonly #answers = new Map<number, Answered>();
  #shown: RunQuestion | null = null;

  constructor(
    readonly panel: vscode.WebviewPanel,
    readonly of: AttachTraceParams,
    /** The function of a driver's operation that the page has not been told to show yet. */
    private operation: string | null,
    private readonly server: ReviewServer,
    private readonly marks: RunMarks,
    private readonly sources: SimulatedSources,
  ) {
    panel.webview.onDidReceiveMessage((message: FromPanel) => void this.#take(message));
  }

  /** `operation`: the function of a driver that is to be shown. */
  refresh(operation: string | null = null): void {
    this.operation = operation ?? this.operation;
    // What is said to a page that does not listen yet is lost.
    if (this.#isReady) void this.#send();
  }

  close(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.marks.clear(this.of.uri);
  }

  async exportPicture(): Promise<void> {
    if (this.#shown) await saveRunPicture(this.server, { ...this.of, run: this.#shown });
  }

  async #send(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    this.#designs ??= await this.server.ask<DesignEntry[]>(DesignsRequest);
    const flow = await this.server.ask<AttachFlow>(AttachFlowRequest, this.of);
    if (flow) {
      this.panel.title = `Simulator: ${flow.function}()`;
      const { operation } = this;
      this.operation = null;
      this.#say({ kind: 'flow', flow, designs: this.#designs ?? [], ...this.of, operation });
    } else {
      this.#say({ kind: 'none', words: `There is nothing to show: ${nothingRunOn(this.of.uri)}` });
    }
    if (!flow?.isOver) this.#timer = setTimeout(() => void this.#send(), ASK_MILLISECONDS);
  }

  async #take(message: FromPanel): Promise<void> {
    switch (message.kind) {
      case 'ready':
        this.#isReady = true;
        return this.#send();
      case 'ask':
        return this.#answer(message.id, message.run);
      case 'shown':
        return this.#show(message.id);
      case 'show':
        return this.marks.step(this.of.uri, message.line);
      case 'show source':
        return this.#showSource(message.id, message.step);
      case 'copy':
        await vscode.env.clipboard.writeText(message.text);
        vscode.window.setStatusBarMessage(`${message.what} is on the clipboard`, 3000);
        return;
      case 'export':
        return this.exportPicture();
      case 'open design':
        await vscode.commands.executeCommand(Command.openReferenceDesign, message.design);
        return;
      case 'pictures':
        await vscode.commands.executeCommand(Command.openAttachTrace, this.of.uri, this.of.batch);
    }
  }

  async #answer(id: number, question: RunQuestion): Promise<void> {
    const answer = await this.server.ask<ScenarioRunAnswer>(ScenarioRunRequest, {
      ...this.of,
      run: question,
    });
    this.#answers.set(id, { question, answer });
    for (const old of [...this.#answers.keys()].slice(0, -ANSWERS_KEPT)) this.#answers.delete(old);
    this.#say({ kind: 'answer', id, answer });
  }

  /** The run has a name by which it is found again, whatever was asked. */
  #show(id: number): void {
    const { question, answer } = this.#answers.get(id) ?? {};
    if (!question || answer?.kind !== 'run') return;
    const { scenario, tape } = answer.run;
    this.#shown = { ...question, scenario, tape, isBeforeFailures: false };
    this.marks.show(this.of.uri, answer.run);
    this.server.tell(TraceChosenNotification, { ...this.of, run: this.#shown });
  }

  async #showSource(id: number, index: number): Promise<void> {
    const { answer } = this.#answers.get(id) ?? {};
    if (answer?.kind !== 'run') return;
    const { steps, sources } = answer.run;
    const at = steps[index]?.source;
    const source = sources.find(({ file }) => file === at?.file);
    if (at && source) await this.marks.step(this.sources.add(source), at.line);
  }

  #say(message: ToPanel): void {
    void this.panel.webview.postMessage(message);
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
