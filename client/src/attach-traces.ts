/** Read-only pages on the scenarios that a document was played in, made by the server and shown rendered. */
import * as vscode from 'vscode';
import {
  type AttachTrace,
  type AttachTraceParams,
  AttachTraceRequest,
  AttachTraceScheme,
  attachTraceOf,
  attachTraceUriOf,
} from '../../server/src/protocol/index.js';
import { picturesInTheme } from './pictures.js';
import { showRendered } from './rendered.js';
import type { ReviewServer } from './review-server.js';
import { inform } from './say.js';
import { isDarkTheme } from './theme.js';

export class AttachTraces implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #server: ReviewServer;
  readonly #registration: vscode.Disposable;
  readonly #theme: vscode.Disposable;
  /** Those that were ever shown. */
  readonly #pages = new Set<string>();

  constructor(server: ReviewServer) {
    this.#server = server;
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(AttachTraceScheme, this);
    this.#theme = vscode.window.onDidChangeActiveColorTheme(() => this.#redraw());
  }

  async provideTextDocumentContent(page: vscode.Uri): Promise<string> {
    const of = attachTraceOf(page.toString());
    this.#pages.add(page.toString());
    const trace = of && (await this.#ask(of));
    if (trace) return picturesInTheme(trace.markdown, isDarkTheme());
    return 'Nothing is known of this document any more.\n';
  }

  /** Opens the page on a document: the one that is named, or that of the active editor. */
  async open(wanted: unknown, batch: unknown): Promise<void> {
    const uri = typeof wanted === 'string' ? wanted : vscode.window.activeTextEditor?.document.uri.toString();
    if (!uri) return;
    const of: AttachTraceParams = { uri, batch: typeof batch === 'number' ? batch : 0 };
    if (!(await this.#ask(of))) {
      void inform(
        'IOMMU Review: no scenario was run on this document; it shows no functions that bind and unbind, or they are still being simulated.',
      );
      return;
    }
    const page = vscode.Uri.parse(attachTraceUriOf(of));
    // It may have been open since an earlier version of the document.
    this.#changed.fire(page);
    await showRendered(page, { preview: false });
  }

  dispose(): void {
    this.#theme.dispose();
    this.#registration.dispose();
    this.#changed.dispose();
  }

  /** Pages that are shown take the colours of another theme. */
  #redraw(): void {
    if (this.#pages.size === 0) return;
    for (const page of this.#pages) this.#changed.fire(vscode.Uri.parse(page));
    // What is shown rendered may hold no document any more that could change.
    void vscode.commands.executeCommand('markdown.preview.refresh');
  }

  #ask(of: AttachTraceParams): Promise<AttachTrace | null> {
    return this.#server.ask<AttachTrace>(AttachTraceRequest, of);
  }
}
