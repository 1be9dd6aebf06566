/** C that the server has written in place of a design: opened as a new document, for nobody knows yet where it will stand. */
import * as vscode from 'vscode';
import { Command } from './names.js';

/** Opens it; from the palette, where no code is given, that of the finding under the cursor. */
export async function openScaffold(code: unknown): Promise<void> {
  if (typeof code === 'string') {
    const document = await vscode.workspace.openTextDocument({ language: 'c', content: code });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
    return;
  }
  const here = await actionUnderCursor();
  const found: unknown = here?.command?.arguments?.[0];
  if (typeof found === 'string') return openScaffold(found);
  const why = here?.disabled?.reason ?? 'no finding under the cursor has a scaffold.';
  void vscode.window.showInformationMessage(`IOMMU Review: ${why}`);
}

async function actionUnderCursor(): Promise<vscode.CodeAction | null> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return null;
  const actions = await vscode.commands.executeCommand<readonly (vscode.CodeAction | vscode.Command)[]>(
    'vscode.executeCodeActionProvider',
    editor.document.uri,
    editor.selection,
    vscode.CodeActionKind.QuickFix.value,
  );
  const ours = actions.filter((each): each is vscode.CodeAction => typeof each.command !== 'string');
  return ours.find(({ command }) => command?.command === Command.openScaffold) ?? null;
}
