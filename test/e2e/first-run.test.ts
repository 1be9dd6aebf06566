/** The first minutes: an empty side bar and a walkthrough, which lead to a series, a finding, a run and a reply. */
import assert from 'node:assert/strict';
import { EXPECTED } from './expected.js';
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
  await editor.screenshots('walkthrough');
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

test('from its first finding to the mail that answers it', async () => {
  await editor.gotoLine(1);
  await editor.command('IOMMU Review: Next Finding');
  // The cursor gets there after the command, and takes the palette of the next one away.
  await editor.page
    .locator('.statusbar-item[id="status.editor.selection"]', { hasText: /Ln (?!1,)/ })
    .waitFor();
  await editor.command('IOMMU Review: Comment on Finding');
  await editor.page.locator('.review-widget', { hasText: 'PASID' }).first().waitFor();
  await editor.command('IOMMU Review: Compose Review Reply');
  await editor.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  const mail = (await editor.documentText()).join('\n');
  await editor.screenshot('sample-reply');
  assert.match(mail, /^To: Sam Ple <sam@example\.com>$/m);
  assert.match(mail, /^Subject: Re: \[PATCH RFC 1\/3\] /m);
  assert.match(mail, /^In-Reply-To: <20261103091244\.1-2-sam@example\.com>$/m);
  assert.match(mail, /^> \+\tioasid_t pasid;\n\n\S/m);
  // What is not saved would be there again in every window of the tests to come.
  await editor.command('View: Revert and Close Editor');
});

test('what needs a run, a finding or a comment says so where there is none', async () => {
  await editor.open(EXPECTED.patch.file);
  await editor.problems();
  const toast = (words: string) => editor.page.locator('.notification-list-item', { hasText: words }).first();
  await editor.gotoLine(1);
  for (const [command, remedy] of [
    ['Compose Review Reply', 'Click the + beside a line'],
    ['Comment on Finding', 'Next Finding goes to one'],
    ['Open Simulator', 'Scenarios need functions that bind'],
  ] as const) {
    await editor.command(`IOMMU Review: ${command}`);
    await toast(remedy).waitFor();
  }
  await editor.screenshot('nothing-yet');
  await toast('Scenarios need').getByRole('button', { name: 'Open Sample Series' }).click();
  await editor.page.locator('.tab.active', { hasText: 'sample-series.mbox' }).waitFor();
});
