/** A mail whose subject, path and code are full of markup, links and commands: text, wherever it is shown. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeOf } from './lines.js';
import { editorTests } from './session.js';

const FILE = 'mails/hostile.patch';
/** What every part of it tries to have run, and to have shown. */
const COMMAND = 'newUntitledFile';
const LINK = `[click](command:workbench.action.files.${COMMAND})`;
const IMAGE = '<img src=x onerror=alert(1)>';

const { editor, test } = editorTests();

let dialogs = 0;
const lines = () => readFileSync(join(editor.session.workspace, FILE), 'utf8').split('\n');
const row = (text: string) => editor.page.locator('.pane-body .monaco-list-row', { hasText: text }).first();
const webview = () => editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

/** Nothing of it has become more than text, in any frame. */
async function isInert(where: string): Promise<void> {
  for (const frame of editor.page.frames()) {
    const alive = await frame
      .locator(`[href*="${COMMAND}"], [data-href*="${COMMAND}"], img[src="x"], .codicon-flame`)
      .evaluateAll((found) => found.map((each) => (each as unknown as { outerHTML: string }).outerHTML))
      .catch(() => []);
    assert.deepEqual(alive, [], where);
  }
  assert.equal(dialogs, 0, where);
}

test('in the list of problems', async () => {
  editor.page.on('dialog', (dialog) => {
    dialogs++;
    void dialog.dismiss();
  });
  await editor.open(FILE);
  const rows = await editor.problems((all) => all.some((each) => each.includes('bus-iommu-ops')));
  assert.ok(
    rows.some((each) => each.includes(LINK)),
    'a message quotes the code',
  );
  await isInert('problems');
});

test('in the list of patches', async () => {
  await editor.page.locator('.activitybar [aria-label^="IOMMU Review"]').first().click();
  await row(`${IMAGE} ${LINK} $(flame)`).waitFor();
  const patch = row('1/1 <img');
  await patch.waitFor();
  await patch.locator('.monaco-tl-twistie').click();
  await row('[x](command').locator('.monaco-tl-twistie').click();
  await row(LINK.slice(0, 8)).last().waitFor();
  await patch.hover();
  await editor.page.waitForTimeout(900);
  await editor.screenshot('hostile-series');
  await isInert('series');
});

test('in hovers, of a finding, of a struct, and of a run', async () => {
  const at = (part: string, into: string) => {
    const { line, column } = placeOf(lines(), part);
    return [line, column + part.indexOf(into)] as const;
  };
  const finding = await editor.hoverText(...at('domain = dev->bus', 'dev->bus'));
  assert.ok(finding.includes(LINK), finding);
  await isInert('hover of a finding');
  await editor.screenshot('hostile-hover');
  await editor.hoverText(...at('struct bond_cookie {', 'bond_cookie'));
  await isInert('hover of a struct');
  const bind = at('struct iommu_domain *bond_get', 'bond_get');
  await editor.gotoLine(bind[0]);
  await editor.lens(/Simulate attach flow: \d+ scenarios, \d+ fail/).waitFor();
  const run = await editor.hoverText(...bind);
  assert.match(run, /✗ violated/);
  await isInert('hover of a run');
});

test('in the simulator, on the page of runs, and beside the code', async () => {
  await editor.page.keyboard.press('Escape');
  await editor.command('IOMMU Review: Toggle Inlay Hints of the Trace');
  await editor.command('IOMMU Review: Open Simulator');
  await webview().locator('.step', { hasText: IMAGE }).first().waitFor();
  await editor.screenshot('hostile-simulator');
  await isInert('simulator');
  await webview().getByRole('button', { name: 'Pictures' }).click();
  await editor.page.locator('.tab.active', { hasText: 'scenarios' }).waitFor();
  await editor.waitFor('the page of runs', async () => {
    for (const frame of editor.page.frames()) {
      // A page that is drawn anew takes the frame of the old one away.
      const headings = frame.locator('h2', { hasText: '✗ same-device-twice' });
      if ((await headings.count().catch(() => 0)) > 0) return true;
    }
    return null;
  });
  await editor.screenshot('hostile-runs');
  await isInert('page of runs');
  await editor.command('View: Revert and Close Editor');
  await editor.showTab('hostile.patch');
  await editor.command('IOMMU Review: Toggle Inlay Hints of the Trace');
});

test('in a comment and in the reply', async () => {
  const { line, column } = placeOf(lines(), 'dev->bus');
  const titles = await editor.quickFixes(line, column + 2);
  const title = titles.find((each) => each.includes('command:'));
  assert.ok(title, titles.join(' | '));
  await editor.applyQuickFix(title);
  await editor.page.locator('.review-widget', { hasText: LINK }).first().waitFor();
  await isInert('comment');
  await editor.command('IOMMU Review: Compose Review Reply');
  await editor.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await editor.screenshot('hostile-reply');
  const mail = (await editor.documentText()).join('\n');
  const unfolded = mail.replace(/\n[ \t]+/g, ' ');
  assert.ok(unfolded.includes(`Subject: Re: [PATCH 1/1] ${IMAGE} ${LINK} $(flame)`), mail);
  await isInert('reply');
  // What is not saved would be there again in every window of the tests to come.
  await editor.command('View: Revert and Close Editor');
});
