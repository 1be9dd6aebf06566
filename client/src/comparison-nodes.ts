/** The rows under a series that is held against an earlier version: new, still there, gone, and the findings of each. */
import * as vscode from 'vscode';
import type { ComparedFinding, SeriesComparison } from '../../server/src/protocol/index.js';
import { findingRow } from './finding-items.js';

/** A series held against an earlier version. */
export interface ComparisonNode {
  readonly kind: 'comparison';
  readonly uri: vscode.Uri;
  readonly against: vscode.Uri;
  readonly answer: SeriesComparison;
}

/** What is new first: that is what a reader of the next version asks. */
const STANDINGS = [
  { key: 'fresh', title: 'New', icon: 'diff-added', colour: 'gitDecoration.addedResourceForeground' },
  { key: 'still', title: 'Still there', icon: 'history', colour: 'foreground' },
  { key: 'gone', title: 'Gone', icon: 'check', colour: 'testing.iconPassed' },
] as const;

export interface StandingNode {
  readonly kind: 'standing';
  readonly of: ComparisonNode;
  readonly standing: (typeof STANDINGS)[number];
}

export interface ComparedNode {
  readonly kind: 'compared';
  readonly of: StandingNode;
  readonly finding: ComparedFinding;
}

/** Those that have a finding. */
export function standingsOf(of: ComparisonNode): StandingNode[] {
  return STANDINGS.flatMap((standing): StandingNode[] =>
    of.answer[standing.key].length > 0 ? [{ kind: 'standing', of, standing }] : [],
  );
}

export function comparedOf(of: StandingNode): ComparedNode[] {
  return of.of.answer[of.standing.key].map((finding): ComparedNode => ({ kind: 'compared', of, finding }));
}

export function comparisonItem({ uri, against, answer }: ComparisonNode): vscode.TreeItem {
  const { fresh, still, gone, isOver, remark } = answer;
  const isEmpty = fresh.length + still.length + gone.length === 0;
  const item = new vscode.TreeItem(
    `Since ${against.path.slice(against.path.lastIndexOf('/') + 1)}`,
    isEmpty ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = `${uri.toString()} since ${against.toString()}`;
  const counts = `${fresh.length} new, ${still.length} still there, ${gone.length} gone`;
  item.description = `${fresh.length} new, ${gone.length} gone${isOver ? '' : ' so far'}`;
  const running = isOver ? [] : ['Functions of one of the two are still being run.'];
  const unread = remark === '' ? [] : [`Not all was read: ${remark}`];
  item.tooltip = [against.fsPath, counts, ...running, ...unread].join('\n');
  item.iconPath = new vscode.ThemeIcon(isOver ? 'git-compare' : 'loading~spin');
  item.contextValue = 'comparison';
  return item;
}

export function standingItem({ of, standing }: StandingNode): vscode.TreeItem {
  const { key, title, icon, colour } = standing;
  const item = new vscode.TreeItem(
    title,
    key === 'still' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded,
  );
  item.id = `${of.uri.toString()} since ${of.against.toString()} ${key}`;
  item.description = String(of.answer[key].length);
  item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
  item.contextValue = 'standing';
  return item;
}

const SEVERITY: Readonly<Record<ComparedFinding['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** A click leads to the document that has it: what is gone stands in the earlier one. */
export function comparedItem({ of, finding }: ComparedNode): vscode.TreeItem {
  const { range, severity, message } = finding;
  const { start, end } = range;
  const item = findingRow({
    uri: of.standing.key === 'gone' ? of.of.against : of.of.uri,
    range: new vscode.Range(start.line, start.character, end.line, end.character),
    severity: SEVERITY[severity],
    message,
  });
  item.contextValue = 'compared';
  return item;
}
