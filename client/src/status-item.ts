/** The entry of the language status menu: what came of the active document, and whether the server lives. */
import * as vscode from 'vscode';
import { type StatusParams, withoutLinks } from '../../server/src/protocol/index.js';
import { CLIENT_NAME, Command } from './names.js';
import type { ReviewServer } from './review-server.js';

const SELECTOR: vscode.DocumentSelector = [
  { language: 'c' },
  { language: 'cpp', pattern: '**/*.h' },
  { language: 'kernel-patch' },
  { language: 'diff' },
];

const SHOW_PROBLEMS: vscode.Command = { command: 'workbench.actions.view.problems', title: 'Show Problems' };
const SHOW_OUTPUT: vscode.Command = { command: Command.showOutput, title: 'Show Output' };
const RESTART: vscode.Command = { command: Command.restartServer, title: 'Restart' };

export class StatusItem implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('iommuReview.status', SELECTOR);
  readonly #known = new Map<string, StatusParams>();
  readonly #server: ReviewServer;
  readonly #disposables: vscode.Disposable[];

  constructor(server: ReviewServer) {
    this.#server = server;
    this.#item.name = CLIENT_NAME;
    this.#disposables = [
      this.#item,
      server.onStateChanged(() => this.#draw()),
      server.onReviewing((uri) => {
        this.#item.busy = uri === activeUri();
      }),
      server.onStatus((status) => {
        this.#known.set(status.uri, status);
        this.#draw();
      }),
      server.onFailed(({ suspect }) => {
        if (suspect) this.#known.set(suspect, leftOut(suspect));
        this.#draw();
      }),
      vscode.window.onDidChangeActiveTextEditor(() => this.#draw()),
      vscode.workspace.onDidCloseTextDocument((document) => this.#known.delete(document.uri.toString())),
    ];
    this.#draw();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #draw(): void {
    const item = this.#item;
    const status = this.#known.get(activeUri() ?? '');
    item.busy = this.#server.state === 'starting';
    item.severity = vscode.LanguageStatusSeverity.Information;
    item.detail = '';
    if (this.#server.state === 'failed') {
      item.severity = vscode.LanguageStatusSeverity.Error;
      [item.text, item.detail, item.command] = ['IOMMU Review: not running', 'the server stopped', RESTART];
    } else if (!status) {
      [item.text, item.command] = ['IOMMU Review: no kernel C here', SHOW_OUTPUT];
    } else if (!status.reviewed) {
      [item.text, item.detail, item.command] = [
        'IOMMU Review: not reviewed',
        shortReason(status),
        SHOW_OUTPUT,
      ];
    } else {
      item.text = `IOMMU Review: ${status.findings || 'no'} ${status.findings === 1 ? 'finding' : 'findings'}`;
      item.detail = shortReason(status) || `in ${Math.round(status.milliseconds)} ms`;
      item.command = status.findings > 0 ? SHOW_PROBLEMS : SHOW_OUTPUT;
    }
  }
}

/** What is known of a document that the server died of. */
function leftOut(uri: string): StatusParams {
  const reason = 'left out until the server is restarted, because it stopped working here';
  return { uri, findings: 0, worst: null, reviewed: false, reason, milliseconds: 0 };
}

/** There is room for one line, and the reader knows which document is meant. */
function shortReason({ uri, reason }: StatusParams): string {
  const path = vscode.Uri.parse(uri).fsPath;
  return withoutLinks(reason.split('\n', 1)[0]!.replaceAll(`${path}:`, 'line '));
}

function activeUri(): string | undefined {
  return vscode.window.activeTextEditor?.document.uri.toString();
}
