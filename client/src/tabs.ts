/** The tabs of texts: what is open for the user, loaded by the editor or not. */
import * as vscode from 'vscode';
import { documentAt } from './active-document.js';

/** The tab that shows a text; undefined when none does. */
export function tabOf(address: string): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find((tab) => textIn(tab)?.toString() === address);
}

/** Address of the text that a tab shows; null when it shows something else. */
export function textIn({ input }: vscode.Tab): vscode.Uri | null {
  return input instanceof vscode.TabInputText ? input.uri : null;
}

/**
 * Has the editor load what is in a tab that nobody has looked at since the
 * window came up. It keeps only for some minutes what no tab has shown, so
 * the tab comes to the front of its group for a moment. Throws when it cannot
 * be read as a text.
 */
export async function loadTab(tab: vscode.Tab): Promise<void> {
  const uri = textIn(tab);
  if (!uri || documentAt(uri)) return;
  const { viewColumn, activeTab } = tab.group;
  const front = activeTab && textIn(activeTab);
  if (!front) {
    await vscode.workspace.openTextDocument(uri);
    return;
  }
  const { isPreview } = activeTab;
  const show = { viewColumn, preserveFocus: true };
  await vscode.window.showTextDocument(uri, { ...show, preview: false });
  await vscode.window.showTextDocument(front, { ...show, preview: isPreview });
}
