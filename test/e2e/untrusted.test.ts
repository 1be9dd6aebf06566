/** A folder that is not trusted: its patches are read and reviewed, and nothing is run for them. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after } from 'node:test';
import { EXPECTED } from './expected.js';
import { editorTests } from './session.js';

const { editor, test } = editorTests();

let restore = () => {};
after(() => restore());

test('it is reviewed, hovered and answered as any other', async () => {
  restore = editor.addSettings({
    'security.workspace.trust.enabled': true,
    'security.workspace.trust.startupPrompt': 'never',
    'security.workspace.trust.banner': 'always',
  });
  const { file, findings } = EXPECTED.patch;
  await editor.open(file);
  await editor.page.getByText('Restricted Mode', { exact: false }).first().waitFor();
  const rows = await editor.problems((all) =>
    findings.every(({ rule }) => all.some((row) => row.includes(rule))),
  );
  assert.ok(rows.length > 0);
  await editor.screenshot('untrusted');
});

test('b4 is not run for it, and that is said', async () => {
  await editor.command('IOMMU Review: Fetch Series by Message-ID');
  const toast = editor.page.locator('.notification-list-item', { hasText: 'not trusted' }).first();
  await toast.waitFor();
  assert.match(await toast.innerText(), /Open the mails as files/);
  await editor.screenshot('untrusted-fetch');
  assert.ok(!existsSync(editor.session.ran), 'neither git nor b4 was run');
});

test('in one that is trusted it is run', async () => {
  restore();
  await editor.open(EXPECTED.patch.file);
  await editor.command('IOMMU Review: Fetch Series by Message-ID');
  await editor.page.getByPlaceholder(/^20260102030405/).waitFor();
  await editor.page.keyboard.type('20260102030405.1-1-ada@example.org');
  await editor.page.keyboard.press('Enter');
  await editor.waitFor('b4', async () => (existsSync(editor.session.ran) ? true : null));
  assert.match(readFileSync(editor.session.ran, 'utf8'), /^b4 mbox .*20260102030405/m);
});
