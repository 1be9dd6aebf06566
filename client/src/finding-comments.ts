/** Turns a finding of a patch into a comment on its line, by the light bulb. */
import * as vscode from 'vscode';
import { Command, DIAGNOSTIC_SOURCE } from './names.js';
import type { ReviewComments } from './review-comments.js';
import { inform } from './say.js';

/** As much of a finding as a menu shows. */
const SHOWN = 60;

export class FindingComments implements vscode.CodeActionProvider {
  static readonly metadata: vscode.CodeActionProviderMetadata = {
    providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
  };

  provideCodeActions(
    { uri }: vscode.TextDocument,
    _range: vscode.Range,
    { diagnostics }: vscode.CodeActionContext,
  ): vscode.CodeAction[] {
    return diagnostics
      .filter(({ source }) => source === DIAGNOSTIC_SOURCE)
      .map((diagnostic) => {
        const { message, range } = diagnostic;
        const short = message.length > SHOWN ? `${message.slice(0, SHOWN).trimEnd()}…` : message;
        const action = new vscode.CodeAction(`Comment: ${short}`, vscode.CodeActionKind.QuickFix);
        action.diagnostics = [diagnostic];
        action.command = {
          title: action.title,
          command: Command.commentOnFinding,
          arguments: [uri, range.start.line, message],
        };
        return action;
      });
  }
}

/** On the line and with the words of a light bulb's entry; from the palette, on those of the finding under the cursor. */
export async function commentOnFinding(
  comments: ReviewComments,
  uri: unknown,
  line: unknown,
  text: unknown,
): Promise<void> {
  if (uri instanceof vscode.Uri && typeof line === 'number' && typeof text === 'string') {
    comments.addOn(await vscode.workspace.openTextDocument(uri), line, text);
    return;
  }
  const editor = vscode.window.activeTextEditor;
  const under = editor?.selection.active.line;
  const finding = vscode.languages
    .getDiagnostics(editor?.document.uri ?? vscode.Uri.parse('untitled:none'))
    .find(({ source, range }) => source === DIAGNOSTIC_SOURCE && range.start.line === under);
  if (editor && finding) comments.addOn(editor.document, finding.range.start.line, finding.message);
  else void inform('IOMMU Review: there is no finding on the line of the cursor; Next Finding goes to one.');
}
