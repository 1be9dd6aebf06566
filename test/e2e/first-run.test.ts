/** The first minutes: an empty side bar and a walkthrough, which lead to a series, a finding, a run and a reply. */
import assert from 'node:assert/strict';
import { editorTests } from './session.js';

const { editor, test } = editorTests();

const webview = () => editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
const row = (text: string) => editor.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();

test('a side bar without patches says what to do', async () => {
  await editor.openRoot();
  await editor.page.locator('.activitybar [aria-label^="IOMMU Review"]').first().click();
  const welcome = editor.page.locator('.welcome-view-content');
  await welcome.getByText('Nothing leaves this machine').waitFor();
  await editor.screenshot('series-empty');
});

test('the walkthrough opens the sample series', async () => {
  await editor.page.locator('.welcome-view-content a', { hasText: 'How it works' }).click();
  const step = editor.page.locator('.getting-started-step', { hasText: 'Open a series' }).first();
  await step.waitFor();
  await webview().getByText('reviewed as it stands').waitFor();
  await editor.screenshot('walkthrough');
  await editor.page
    .locator('.getting-started-step a, .getting-started-step button', { hasText: 'sample series' })
    .first()
    .click();
  await editor.page.locator('.tab.active', { hasText: 'sample-series.mbox' }).waitFor();
  await row('iommu: One page table for each process').waitFor();
  await row('1/3 iommu: Share one SVA page table').waitFor();
  await row('3/3 MAINTAINERS').waitFor();
  const titles = await editor.page.locator('.pane-body .monaco-list-row').allInnerTexts();
  assert.deepEqual(
    titles.flatMap((each) => /\d\/3/.exec(each) ?? []),
    ['0/3', '1/3', '2/3', '3/3'],
  );
  await editor.waitFor('the finding of the second patch', async () =>
    (await row('2/3 misc').innerText()).includes('1 finding') ? true : null,
  );
  await editor.screenshot('sample-series');
});

test('what needs a run or a comment says so where there is none', async () => {
  await editor.gotoLine(1);
  await editor.command('IOMMU Review: Compose Review Reply');
  await editor.page.locator('.notification-list-item', { hasText: 'Click the + beside a line' }).waitFor();
  await editor.command('IOMMU Review: Comment on Finding');
  const toast = editor.page.locator('.notification-list-item', { hasText: 'no finding on the line' });
  await toast.waitFor();
  assert.match(await toast.innerText(), /Next Finding/);
});
