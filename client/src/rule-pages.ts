/**
 * The page of each rule, which ships with the extension: where it is, which
 * there are, and how it is shown. Also points the code of a diagnostic at its
 * page.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { DIAGNOSTIC_SOURCE } from './names.js';
import { showRendered } from './rendered.js';
import { inform } from './say.js';

const RULE_ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

export class RulePages {
  readonly folder: vscode.Uri;

  constructor(extension: vscode.Uri) {
    this.folder = vscode.Uri.joinPath(extension, 'docs', 'rules');
  }

  ids(): readonly string[] {
    if (!existsSync(this.folder.fsPath)) return [];
    return readdirSync(this.folder.fsPath)
      .filter((name) => name.endsWith('.md'))
      .map((name) => name.slice(0, -'.md'.length))
      .filter((name) => RULE_ID.test(name))
      .sort();
  }

  has(id: string): boolean {
    return RULE_ID.test(id) && existsSync(join(this.folder.fsPath, `${id}.md`));
  }

  async show(id: string): Promise<void> {
    await showRendered(this.#pageOf(id));
  }

  /** The rule that was asked for, that of the only finding under the cursor, or one that the user picks. */
  async explain(wanted: unknown): Promise<void> {
    if (typeof wanted === 'string' && this.has(wanted)) return this.show(wanted);
    const here = rulesUnderCursor().filter((id) => this.has(id));
    if (here.length === 1) return this.show(here[0]!);
    const all = this.ids();
    if (all.length === 0) {
      void inform('IOMMU Review: this build has no pages of rules; “npm run docs” writes them.');
      return;
    }
    const items = [
      ...here.map((label) => ({ label, description: 'at the cursor' })),
      ...all.filter((id) => !here.includes(id)).map((label) => ({ label })),
    ];
    const picked = await vscode.window.showQuickPick(items, { placeHolder: 'Which rule?' });
    if (picked) await this.show(picked.label);
  }

  /** Makes the code of each finding open its page; package.json has VS Code show those pages rendered. */
  link(diagnostics: vscode.Diagnostic[]): vscode.Diagnostic[] {
    for (const diagnostic of diagnostics) {
      const id = ruleOf(diagnostic);
      // A link to a command would be followed by older versions of VS Code only.
      if (id !== null && this.has(id)) diagnostic.code = { value: id, target: this.#pageOf(id) };
    }
    return diagnostics;
  }

  #pageOf(id: string): vscode.Uri {
    return vscode.Uri.joinPath(this.folder, `${id}.md`);
  }
}

/** The rule behind a diagnostic, whether or not its code has a link. */
function ruleOf(diagnostic: vscode.Diagnostic): string | null {
  const { code } = diagnostic;
  if (code === undefined) return null;
  return String(typeof code === 'object' ? code.value : code);
}

function rulesUnderCursor(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return [];
  const found = vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(({ source }) => source === DIAGNOSTIC_SOURCE)
    .filter(
      ({ range }) =>
        range.intersection(editor.selection) !== undefined ||
        range.start.line === editor.selection.active.line,
    )
    .map(ruleOf)
    .filter((id) => id !== null);
  return [...new Set(found)];
}
