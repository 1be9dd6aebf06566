/**
 * What the editor offers on a finding: its mechanical fix where all of it lies
 * in the document, a scaffold of another design, a comment that allows it, and, in
 * an editor that runs our commands, the rule's page and the decoded text of a mail.
 */
import {
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import type { Finding } from '../../findings/index.js';
import { ClientCommand } from '../../protocol/index.js';
import type { DocumentRange } from '../../review/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';
import { DiagnosticSource } from './diagnostics.js';
import { type ApplicableFix, applicableFix } from './fixes.js';
import { scaffoldAction } from './scaffolds.js';

/** Answers `textDocument/codeAction`. */
export function codeActions(params: CodeActionParams, reviewed: Reviewed, client: ClientFacts): CodeAction[] {
  if (!client.codeActionLiterals || !wants(params, CodeActionKind.QuickFix)) return [];
  const here = reviewed.findings.filter((finding) => {
    const range = reviewed.document.rangeOf(finding);
    return range !== null && touches(range, params.range);
  });
  const fixes = here.flatMap((finding) => {
    const fix = applicableFix(finding, reviewed);
    return fix ? [fixAction(finding, fix, params, reviewed, client)] : [];
  });
  const scaffolds = here.flatMap((finding) => {
    const action = scaffoldAction(finding, reported(finding, params), reviewed, client);
    return action ? [action] : [];
  });
  const allowances = here.flatMap((finding) => allowAction(finding, params, reviewed, client));
  // Of several findings on a line one is enough: they are of one design.
  return [
    ...fixes,
    ...scaffolds.slice(0, 1),
    ...distinct(allowances),
    ...commandActions(here, params, reviewed, client),
  ];
}

function fixAction(
  finding: Finding,
  fix: ApplicableFix,
  params: CodeActionParams,
  reviewed: Reviewed,
  client: ClientFacts,
): CodeAction {
  return {
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: reported(finding, params),
    isPreferred: true,
    edit: editOf(fix.edits, reviewed, client),
  };
}

/** Writes the comment; its reason is for people to write. */
function allowAction(
  finding: Finding,
  params: CodeActionParams,
  reviewed: Reviewed,
  client: ClientFacts,
): CodeAction[] {
  const insertion = reviewed.document.allowanceFor(finding);
  if (!insertion) return [];
  const { position, text } = insertion;
  const edits = [{ range: { start: position, end: position }, newText: text }];
  return [
    {
      title: `Allow ${finding.rule} here with a comment`,
      kind: CodeActionKind.QuickFix,
      diagnostics: reported(finding, params),
      edit: editOf(edits, reviewed, client),
    },
  ];
}

function distinct(actions: readonly CodeAction[]): CodeAction[] {
  return actions.filter(({ title }, at) => actions.findIndex((other) => other.title === title) === at);
}

function editOf(edits: TextEdit[], { uri, version }: Reviewed, client: ClientFacts): WorkspaceEdit {
  return client.versionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits }] }
    : { changes: { [uri]: edits } };
}

function commandActions(
  findings: readonly Finding[],
  params: CodeActionParams,
  { uri, document }: Reviewed,
  client: ClientFacts,
): CodeAction[] {
  const runs = (command: string) => client.options.commands?.includes(command) ?? false;
  const actions: CodeAction[] = [];
  if (findings.length > 0 && runs(ClientCommand.openDecodedPatch) && document.decoded() !== null) {
    const title = 'Open decoded patch';
    const command = { title, command: ClientCommand.openDecodedPatch, arguments: [uri] };
    actions.push({ title, kind: CodeActionKind.QuickFix, command });
  }
  const perRule = new Map(findings.map((finding) => [finding.rule, finding]));
  for (const [rule, finding] of runs(ClientCommand.explainRule) ? perRule : []) {
    const title = `Explain ${rule}`;
    const command = { title, command: ClientCommand.explainRule, arguments: [rule] };
    actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics: reported(finding, params), command });
  }
  return actions;
}

/** The diagnostics of the request that speak of the finding, so that the editor ties the action to them. */
function reported(finding: Finding, { context }: CodeActionParams) {
  return context.diagnostics.filter((one) => one.source === DiagnosticSource && one.code === finding.rule);
}

function wants({ context }: CodeActionParams, kind: string): boolean {
  return (
    context.only?.some((wanted) => kind === wanted || wanted === '' || kind.startsWith(`${wanted}.`)) ?? true
  );
}

function touches(a: DocumentRange, b: DocumentRange): boolean {
  return !isBefore(a.end, b.start) && !isBefore(b.end, a.start);
}

function isBefore(a: DocumentRange['start'], b: DocumentRange['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character < b.character);
}
