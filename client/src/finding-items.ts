/** How a finding is drawn as a row of the side bar, and what a click on it does. */
import * as vscode from 'vscode';
import { Command } from './names.js';

/** As the Problems list draws them. */
const ICONS: Readonly<Record<vscode.DiagnosticSeverity, readonly [icon: string, colour: string]>> = {
  [vscode.DiagnosticSeverity.Error]: ['error', 'problemsErrorIcon.foreground'],
  [vscode.DiagnosticSeverity.Warning]: ['warning', 'problemsWarningIcon.foreground'],
  [vscode.DiagnosticSeverity.Information]: ['info', 'problemsInfoIcon.foreground'],
  [vscode.DiagnosticSeverity.Hint]: ['lightbulb', 'editorLightBulb.foreground'],
};

/** A finding in a document. */
export interface ShownFinding {
  readonly uri: vscode.Uri;
  readonly range: vscode.Range;
  readonly severity: vscode.DiagnosticSeverity;
  readonly message: string;
}

export function findingRow({ uri, range, severity, message }: ShownFinding): vscode.TreeItem {
  // A plain label: nothing of a mail is ever read as markup.
  const item = new vscode.TreeItem(message, vscode.TreeItemCollapsibleState.None);
  item.description = `line ${range.start.line + 1}`;
  item.tooltip = message;
  const [icon, colour] = ICONS[severity];
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  item.command = openAt(uri, range.start.line, range);
  return item;
}

export function openAt(
  uri: vscode.Uri,
  line: number,
  range = new vscode.Range(line, 0, line, 0),
): vscode.Command {
  return { title: 'Show', command: Command.showInPatch, arguments: [uri, range] };
}
