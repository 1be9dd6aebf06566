/** A window with two folders: each has its own kernel tree and its own settings. */
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPECTED } from './expected.js';
import { editorTests } from './session.js';

const { editor, test } = editorTests();
const [silenced, kept] = EXPECTED.c.findings;

test('the second folder is reviewed by its own settings, and its tree is found', async () => {
  const { workspace } = editor.session;
  const second = join(workspace, '../second');
  cpSync(join(workspace, 'linux'), second, { recursive: true });
  mkdirSync(join(second, '.vscode'));
  const settings = { 'iommuReview.severity': { [silenced.rule]: 'off' } };
  writeFileSync(join(second, '.vscode/settings.json'), JSON.stringify(settings));
  const both = join(workspace, '../both.code-workspace');
  const folders = [{ path: 'workspace/linux' }, { path: 'second' }];
  writeFileSync(both, JSON.stringify({ folders }));
  await editor.open(join(second, 'drivers/iommu/sample-sva.c'), both);
  const has = (rows: readonly string[], rule: string) => rows.filter((row) => row.includes(rule)).length;
  // Twice in C, once of them in a folder that silences one.
  await editor.filterProblems('sample-sva.c');
  const rows = await editor.problems((all) => has(all, kept.rule) === 2 && has(all, silenced.rule) === 1);
  await editor.screenshot('second-root');
  assert.ok(rows.length > 0);
  await editor.filterProblems('');
});

test('patches in the second folder are applied to its tree', async () => {
  await editor.page.locator('.activitybar [aria-label^="IOMMU Review"]').first().click();
  const series = editor.page.locator('.pane-body .monaco-list-row', { hasText: 'Bonds and their domains' });
  await series.first().waitFor();
  await series.first().hover();
  const words = editor.page.locator('.monaco-hover:visible', { hasText: 'Applied in memory to' }).first();
  await words.waitFor();
  assert.match(await words.innerText(), /second/);
});
