/**
 * A new C file in place of a design that a finding objects to: opened by the
 * client without a name where it runs our commands, created beside the document
 * elsewhere. Where there is none the action says why.
 */
import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver/node';
import type { Finding } from '../../findings/index.js';
import { ClientCommand } from '../../protocol/index.js';
import type { ClientFacts } from '../client-facts.js';
import type { Reviewed } from '../reviewed.js';

const TITLE = 'Scaffold an object of the mm around its domains';

/** The action on a finding; null when none goes with it, or the editor can do nothing with it. */
export function scaffoldAction(
  finding: Finding,
  diagnostics: Diagnostic[],
  { uri, document }: Reviewed,
  client: ClientFacts,
): CodeAction | null {
  const scaffold = document.scaffoldFor(finding);
  if (scaffold === null) return null;
  const action = { title: TITLE, kind: CodeActionKind.QuickFix, diagnostics };
  if ('why' in scaffold) {
    const reason = `No scaffold: ${scaffold.why}.`;
    return client.disabledActions ? { ...action, disabled: { reason } } : null;
  }
  const { name, code } = scaffold;
  const command = ClientCommand.openScaffold;
  if (client.options.commands?.includes(command))
    return { ...action, command: { title: TITLE, command, arguments: [code] } };
  if (!client.createsFiles || !client.versionedEdits || !uri.startsWith('file:')) return null;
  const created = uri.replace(/[^/]*$/, name);
  const start = { line: 0, character: 0 };
  return {
    ...action,
    edit: {
      documentChanges: [
        { kind: 'create', uri: created },
        {
          textDocument: { uri: created, version: null },
          edits: [{ range: { start, end: start }, newText: code }],
        },
      ],
    },
  };
}
