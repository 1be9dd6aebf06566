/** Marks the lines of a document that the run in the simulator panel came by; a hover over one has its steps. */
import * as vscode from 'vscode';
import type { FlowRun } from '../../server/src/protocol/index.js';
import { hoverTexts } from './run-hovers.js';

export class RunMarks implements vscode.Disposable {
  /** The line of the current step. */
  readonly #current = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    backgroundColor: new vscode.ThemeColor('editor.stackFrameHighlightBackground'),
    overviewRulerColor: new vscode.ThemeColor('editorOverviewRuler.infoForeground'),
    overviewRulerLane: vscode.OverviewRulerLane.Center,
  });
  readonly #stepped = vscode.window.createTextEditorDecorationType({
    isWholeLine: true,
    borderWidth: '0 0 0 2px',
    borderStyle: 'dotted',
    borderColor: new vscode.ThemeColor('textLink.foreground'),
  });
  readonly #runs = new Map<string, FlowRun>();
  readonly #disposables: vscode.Disposable[] = [this.#current, this.#stepped];

  constructor() {
    this.#disposables.push(
      vscode.window.onDidChangeVisibleTextEditors((editors) => {
        for (const editor of editors) this.#mark(editor);
      }),
      // The lines have moved: until the document was simulated anew nothing is known of them.
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.show(document.uri.toString(), null);
      }),
    );
  }

  /** `run`: what is shown of that document; null for nothing any more. */
  show(uri: string, run: FlowRun | null): void {
    if (run) this.#runs.set(uri, run);
    else if (!this.#runs.delete(uri)) return;
    for (const editor of editorsOf(uri)) this.#mark(editor);
  }

  /** Marks the line (from 0) of the current step, and shows it in its document. */
  async step(uri: string, line: number): Promise<void> {
    const [shown] = editorsOf(uri);
    const editor = await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
      viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
      preserveFocus: true,
      preview: false,
    });
    // One step is current: what was marked in another file is no more.
    for (const other of vscode.window.visibleTextEditors)
      if (other !== editor) other.setDecorations(this.#current, []);
    const range = editor.document.lineAt(Math.min(line, editor.document.lineCount - 1)).range;
    editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    editor.setDecorations(this.#current, [range]);
  }

  /** No run of that document is walked through any more. */
  clear(uri: string): void {
    this.show(uri, null);
    for (const editor of editorsOf(uri)) editor.setDecorations(this.#current, []);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #mark(editor: vscode.TextEditor): void {
    const { document } = editor;
    const run = this.#runs.get(document.uri.toString());
    const marks = [...hoverTexts(run?.steps ?? [])].filter(([line]) => line < document.lineCount);
    editor.setDecorations(
      this.#stepped,
      marks.map(([line, text]) => ({
        range: document.lineAt(line).range,
        hoverMessage: hoverOf(run!, text),
      })),
    );
  }
}

const editorsOf = (uri: string): vscode.TextEditor[] =>
  vscode.window.visibleTextEditors.filter(({ document }) => document.uri.toString() === uri);

/** What comes from code stands in a block of code, where nothing of it is a link or a picture. */
function hoverOf({ scenario }: FlowRun, text: string): vscode.MarkdownString {
  const hover = new vscode.MarkdownString('**Simulated run** of ');
  hover.appendText(scenario);
  hover.appendCodeblock(text, 'plaintext');
  return hover;
}
