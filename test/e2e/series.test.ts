/** A series in the side bar: its patches, files and findings, what was read, and files before and after. */
import assert from 'node:assert/strict';
import { editorTests } from './session.js';

const FILE = 'linux/outgoing/series.mbox';
const COVER = 'iommu/sample: Bonds and their domains';
const SECOND = '2/2 iommu/sample: Make a domain for a device';
const C = 'sample-leak.c';

const { editor, test } = editorTests();

/** The list is drawn anew when the findings come, under the hand of whoever is quicker. */
const hasItsFinding = () =>
  editor.waitFor('the count of findings', async () =>
    (await row(SECOND).innerText()).includes('1 finding') ? true : null,
  );

const row = (text: string) => editor.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();

test('a mailbox is listed by patches, files and findings', async () => {
  await editor.open(FILE);
  await editor.waitFor('a squiggle', async () => (await editor.problems())[0] ?? null);
  await editor.page.locator('.activitybar [aria-label^="IOMMU Review"]').first().click();
  await row(COVER).waitFor();
  await row(SECOND).waitFor();
  await hasItsFinding();
  await row(SECOND).locator('.monaco-tl-twistie').click();
  await row(C).locator('.monaco-tl-twistie').click();
  const finding = row('dev->bus->iommu_ops');
  await finding.waitFor();
  await editor.screenshot('series');
  await finding.click();
  await editor.page.locator('.tab.active', { hasText: 'series.mbox' }).waitFor();
});

test('what is ticked as read stays so', async () => {
  const box = () => row(SECOND).locator('.monaco-custom-toggle');
  await box().click();
  await editor.waitFor('the tick', async () =>
    (await box().getAttribute('aria-checked')) === 'true' ? true : null,
  );
  await editor.page.reload();
  await row(SECOND).waitFor();
  await editor.waitFor('the tick again', async () =>
    (await box().getAttribute('aria-checked')) === 'true' ? true : null,
  );
});

test('a file is compared before and after a patch', async () => {
  await hasItsFinding();
  await row(SECOND).locator('.monaco-tl-twistie').click();
  await row(C).hover();
  await row(C).locator('[aria-label^="Compare File"]').click();
  await editor.page
    .locator('.tab.active', { hasText: 'sample-leak.c (iommu/sample: Make a domain' })
    .waitFor();
  await editor.page.locator('.monaco-diff-editor .line-insert').first().waitFor();
  await editor.screenshot('series-compare');
});

test('the next finding is a command away', async () => {
  await editor.open(FILE);
  await editor.waitFor('findings', async () => (await editor.problems())[0] ?? null);
  await editor.gotoLine(1);
  await editor.command('IOMMU Review: Next Finding');
  const where = editor.page.locator('.statusbar-item[id="status.editor.selection"]');
  await editor.waitFor('the place', async () =>
    /^Ln (?!1,)/.test((await where.innerText()).trim()) ? true : null,
  );
  assert.match(await where.innerText(), /^Ln \d+/);
});
