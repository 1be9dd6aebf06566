/** What the user looks at. The box in which a comment is typed is an editor too, but never what is meant. */
import * as vscode from 'vscode';

/** Address of the document in the tab in front; null when that shows none. */
export function addressInFront(): vscode.Uri | null {
  const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
  return input instanceof vscode.TabInputText ? input.uri : null;
}

/** The document in the tab in front, if the editor has it open. */
export function documentInFront(): vscode.TextDocument | null {
  const uri = addressInFront();
  return uri && documentAt(uri);
}

/** The document with that address, if the editor has it open. */
export function documentAt(uri: vscode.Uri): vscode.TextDocument | null {
  return vscode.workspace.textDocuments.find((each) => each.uri.toString() === uri.toString()) ?? null;
}
