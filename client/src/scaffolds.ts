/** C that the server has written in place of a design: opened as a new document, for nobody knows yet where it will stand. */
import * as vscode from 'vscode';
import { Command } from './names.js';
import { inform } from './say.js';

/** Opens it; from the palette, where no code is given, that of the finding under the cursor. */
export async function openScaffold(given: unknown): Promise<void> {
  const content = given ?? (await codeUnderCursor());
  if (typeof content !== 'string') {
    void inform(
      'IOMMU Review: no finding under the cursor has a scaffold. Those of the rules refcount-in-domain and domain-reused-unchecked have.',
    );
    return;
  }
  const document = await vscode.workspace.openTextDocument({ language: 'c', content });
  await vscode.window.showTextDocument(document, { preview: false, viewColumn: vscode.ViewColumn.Beside });
}

/** What the action on the finding would open. */
async function codeUnderCursor(): Promise<unknown> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return null;
  const actions = await vscode.commands.executeCommand<readonly (vscode.CodeAction | vscode.Command)[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    editor.selection,
    vscode.CodeActionKind.QuickFix.value,
  );
  for (const { command } of actions)
    if (typeof command === 'object' && command.command === Command.openScaffold)
      return command.arguments?.[0];
  return null;
}
