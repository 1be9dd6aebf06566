/** Pages in Markdown, as people read them. */
import * as vscode from 'vscode';

export async function showRendered(
  page: vscode.Uri,
  options: vscode.TextDocumentShowOptions = {},
): Promise<void> {
  try {
    await vscode.commands.executeCommand('markdown.showPreview', page);
  } catch {
    // The built-in Markdown extension can be switched off; the text is readable as it is.
    await vscode.window.showTextDocument(page, options);
  }
}
