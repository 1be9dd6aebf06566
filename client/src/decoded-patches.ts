/**
 * Read-only documents that show a quoted-printable or base64 mail decoded. The
 * server makes their text and their diagnostics; this tells it which of them
 * are on screen.
 */
import * as vscode from 'vscode';
import {
  DecodedClosedNotification,
  type DecodedDocumentParams,
  DecodedOpenedNotification,
  type DecodedPatch,
  type DecodedPatchParams,
  DecodedPatchRequest,
  DecodedScheme,
  decodedUriOf,
  sourceUriOf,
} from '../../server/src/protocol/index.js';
import { ENCODED_MAIL_CONTEXT } from './names.js';
import type { ReviewServer } from './review-server.js';
import { inform } from './say.js';

const ENCODING_HEADER = /^content-transfer-encoding:\s*(?:quoted-printable|base64)/im;
/** Headers stand at the top; this is enough for any number of them. */
const HEAD_CHARACTERS = 65_536;

export class DecodedPatches implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.#changed.event;
  readonly #server: ReviewServer;
  readonly #disposables: vscode.Disposable[] = [this.#changed];

  constructor(server: ReviewServer) {
    this.#server = server;
    this.#disposables.push(
      vscode.workspace.registerTextDocumentContentProvider(DecodedScheme, this),
      vscode.workspace.onDidOpenTextDocument((document) => this.#tell(DecodedOpenedNotification, document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#tell(DecodedClosedNotification, document)),
      vscode.window.onDidChangeActiveTextEditor((editor) => noteEncoding(editor)),
    );
    // A server that was started anew has forgotten what is on screen.
    server.onStarted(() => {
      for (const document of vscode.workspace.textDocuments) this.#tell(DecodedOpenedNotification, document);
    });
    noteEncoding(vscode.window.activeTextEditor);
  }

  async provideTextDocumentContent(decoded: vscode.Uri): Promise<string> {
    const uri = sourceUriOf(decoded.toString());
    return (uri && (await this.#ask(uri))?.text) ?? '';
  }

  /** The mail changed, so its decoded document is out of date. */
  refresh(uri: string): void {
    this.#changed.fire(vscode.Uri.parse(decodedUriOf(uri)));
  }

  /** Opens the decoded document of a mail: the one that is named, or that of the active editor. */
  async open(wanted: unknown): Promise<void> {
    const uri = typeof wanted === 'string' ? wanted : vscode.window.activeTextEditor?.document.uri.toString();
    if (!uri) return;
    if (!(await this.#ask(uri))) {
      void inform(
        'IOMMU Review: nothing in this document is quoted-printable or base64; its lines can be read as they are.',
      );
      return;
    }
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(decodedUriOf(uri)));
    await vscode.window.showTextDocument(document, { preview: false });
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #ask(uri: string): Promise<DecodedPatch | null> {
    const params: DecodedPatchParams = { uri };
    return this.#server.ask<DecodedPatch>(DecodedPatchRequest, params);
  }

  #tell(notification: string, document: vscode.TextDocument): void {
    if (document.uri.scheme !== DecodedScheme) return;
    const decodedUri = document.uri.toString();
    const uri = sourceUriOf(decodedUri);
    if (!uri) return;
    const params: DecodedDocumentParams = { uri, decodedUri };
    this.#server.tell(notification, params);
  }
}

/** Lets the command and its button appear only where there is something to decode. */
function noteEncoding(editor: vscode.TextEditor | undefined): void {
  const document = editor?.document;
  const isMail = document?.languageId === 'kernel-patch' && document.uri.scheme !== DecodedScheme;
  const head = isMail
    ? document.getText(new vscode.Range(0, 0, document.positionAt(HEAD_CHARACTERS).line + 1, 0))
    : '';
  void vscode.commands.executeCommand('setContext', ENCODED_MAIL_CONTEXT, ENCODING_HEADER.test(head));
}
