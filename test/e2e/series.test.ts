/** A series in the side bar: its patches, files and findings, what was read, and files before and after. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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

const showSeries = () => editor.page.locator('.activitybar [aria-label^="IOMMU Review"]').first().click();

test('a mailbox is listed by patches, files and findings', async () => {
  await editor.open(FILE);
  await editor.waitFor('a squiggle', async () => (await editor.problems())[0] ?? null);
  await showSeries();
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

const COMPARED = ['New', 'Still there', 'Gone'];

test('a series is held against the version before', async () => {
  await editor.open('linux/outgoing/series-v3.mbox');
  await editor.waitFor('findings', async () => (await editor.problems())[0] ?? null);
  await editor.command('IOMMU Review: Compare with Previous Version');
  // Versions of the same series come first, the one just before at the top.
  const offered = editor.page.locator('.quick-input-list .monaco-list-row');
  await offered.first().waitFor();
  assert.match(await offered.first().innerText(), /series\.mbox[\s\S]*v2 · iommu\/sample: Bonds/);
  await editor.pick('series-v1.mbox');
  const since = row('Since series-v1.mbox');
  await since.waitFor();
  await editor.waitFor('the end of the runs', async () =>
    (await since.innerText()).endsWith('1 new, 1 gone') ? true : null,
  );
  for (const title of COMPARED)
    await editor.page.locator(`.pane-body .monaco-list-row[aria-label^="${title}"]`).waitFor();
  await editor.screenshots('series-since');
  // What is gone stands in the earlier version.
  const heading = editor.page.locator('.pane-body .monaco-list-row[aria-label^="Gone"]');
  const earlier = editor.page.locator('.tab.active', { hasText: 'series-v1.mbox' });
  // The list is drawn anew while reviews come in, and rows move from under the mouse.
  await editor.waitFor('the earlier version', async () => {
    if ((await earlier.count()) > 0) return true;
    const below = Number(await heading.getAttribute('data-index')) + 1;
    const gone = editor.page.locator(`.sidebar .pane-body .monaco-list-row[data-index="${below}"]`);
    await gone.click({ timeout: 2000 }).catch(() => undefined);
    return null;
  });
  await editor.showTab('series-v3.mbox');
  await editor.comeBack();
  await showSeries();
  await since.waitFor();
  await editor.waitFor('the comparison after a reload', async () =>
    (await since.innerText()).endsWith('1 new, 1 gone') ? true : null,
  );
  // The list is drawn anew while reviews come in, and rows move from under the mouse.
  await editor.waitFor('the end of the comparison', async () => {
    if ((await since.count()) === 0) return true;
    await since.hover({ timeout: 1000 }).catch(() => {});
    const end = since.locator('[aria-label^="End the Comparison"]');
    await end.click({ timeout: 1000 }).catch(() => {});
    return null;
  });
});

const TOY = `#include <linux/iommu.h>

struct iommu_domain *toy_domain(struct device *dev)
{
	return dev->bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);
}
`;

test('commits, and what is not committed, are opened as the series that they would be', async () => {
  const root = join(editor.session.workspace, 'linux');
  const toy = join(root, 'drivers/iommu/toy.c');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada Writer', '-c', 'user.email=ada@example.org', ...args], {
      cwd: root,
      stdio: 'pipe',
    });
  await editor.open('linux/drivers/iommu/sample-sva.c');
  await editor.command('IOMMU Review: Review Commits');
  await editor.page
    .locator('.notification-list-item', { hasText: 'lies in a git repository' })
    .first()
    .waitFor();
  try {
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'base');
    git('tag', 'v6.12');
    writeFileSync(toy, TOY);
    git('add', '.');
    git('commit', '-qsm', 'iommu/toy: Make a domain');
    const choose = async () => {
      await editor.command('IOMMU Review: Review Commits');
      await editor.page.locator('.quick-input-list .monaco-list-row', { hasText: 'v6.12..HEAD' }).waitFor();
    };
    await choose();
    await editor.screenshots('review-commits', choose);
    await editor.pick('iommu/toy: Make a domain');
    await editor.page.locator('.tab.active', { hasText: /^linux .*HEAD\.mbox/ }).waitFor();
    await row('1/1 iommu/toy: Make a domain').waitFor();
    await editor.waitFor('its finding', async () =>
      (await row('1/1 iommu/toy: Make a domain').innerText()).includes('1 finding') ? true : null,
    );
    appendFileSync(toy, TOY.slice(TOY.indexOf('\nstruct')).replace('toy_domain', 'toy_other'));
    await editor.command('IOMMU Review: Review Working Tree');
    await editor.page.locator('.tab.active', { hasText: 'linux not committed.patch' }).waitFor();
    await editor.waitFor('the finding of what is not committed', async () =>
      (await row('linux not committed.patch').innerText()).includes('1 finding') ? true : null,
    );
    await editor.screenshot('review-working-tree');
  } finally {
    rmSync(join(root, '.git'), { recursive: true, force: true });
    rmSync(toy, { force: true });
  }
});
