/** A window with two folders: each has its own kernel tree and its own settings. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPECTED } from './expected.js';
import { editorTests } from './session.js';

const { editor, test } = editorTests();
const { rule } = EXPECTED.fix.finding;
const both = join(editor.session.workspace, '../both.code-workspace');

/** The finding of that rule in a file, with the sign of its severity. */
const problem = (file: string, severity: 'error' | 'warning') =>
  editor.page
    .locator('.markers-panel .monaco-list-row', { hasText: rule })
    .filter({ has: editor.page.locator(`.codicon-${severity}`) })
    .first()
    .waitFor()
    .then(() => editor.problems((rows) => rows.some((row) => row.startsWith(file))));

test('a patch in the second folder is applied to its tree, and reviewed by its settings', async () => {
  const second = join(editor.session.workspace, '../second');
  cpSync(join(editor.session.workspace, 'linux'), second, { recursive: true });
  mkdirSync(join(second, '.vscode'));
  const settings = { 'iommuReview.severity': { [rule]: 'error' } };
  writeFileSync(join(second, '.vscode/settings.json'), JSON.stringify(settings));
  writeFileSync(both, JSON.stringify({ folders: [{ path: 'workspace/linux' }, { path: 'second' }] }));
  await editor.open(join(second, 'outgoing/series.mbox'), both);
  await editor.problems((rows) => rows.some((row) => row.includes(rule)));
  await problem('series.mbox', 'error');
  await editor.page.locator('.activitybar [aria-label^="IOMMU Review"]').first().click();
  const series = editor.page.locator('.pane-body .monaco-list-row', { hasText: 'Bonds and their domains' });
  await series.first().hover();
  const words = editor.page.locator('.monaco-hover:visible', { hasText: 'Applied in memory to' }).first();
  await words.waitFor();
  assert.match(await words.innerText(), /\/second\./);
  await editor.screenshot('second-root');
});

test('those of the first folder are its own', async () => {
  await editor.open(EXPECTED.c.file, both);
  await editor.filterProblems('sample-sva.c');
  await editor.problems((rows) => rows.some((row) => row.includes(rule)));
  await problem('sample-sva.c', 'warning');
  await editor.filterProblems('');
});
