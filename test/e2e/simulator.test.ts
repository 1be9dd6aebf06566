/** The simulator panel: a run is walked through by mouse and keyboard, and the code follows. */
import assert from 'node:assert/strict';
import axe from 'axe-core';
import { EXPECTED } from './expected.js';
import { editorTests } from './session.js';

const { editor, test } = editorTests();
const { title, scenario, lens } = EXPECTED.design;

const page = () => editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
const current = () => page().locator('.step.current');

test('the lens opens the panel, which shows the first run that fails', async () => {
  await editor.open(EXPECTED.c.file);
  await editor.waitFor('a squiggle', async () => (await editor.squiggles())[0] ?? null);
  await editor.command('IOMMU Review: Open Reference Design');
  await editor.pick(title);
  await editor.page.locator('.tab.active', { hasText: /Untitled-\d/ }).waitFor();
  await editor.gotoLine(360);
  await editor.lens(lens).waitFor({ timeout: 240_000 });
  await editor.lens(lens).click();
  await page().locator('.step').first().waitFor();
  await page().locator('#scenario').selectOption(scenario);
  assert.match(await page().locator('.verdict').innerText(), /^✗ violated: /);
  await editor.screenshot('simulator-start');
});

test('steps are walked by the keyboard, and the line of each is marked', async () => {
  await page().locator('.lanes').focus();
  await editor.page.keyboard.press('ArrowRight');
  await editor.page.keyboard.press('ArrowRight');
  assert.match(await current().innerText(), /^3\b/);
  await editor.page.keyboard.press('End');
  await page().locator('.step.violation.current').waitFor();
  await editor.screenshot('simulator-light');
  await editor.page.keyboard.press('Home');
  assert.match(await current().innerText(), /^1\b/);
});

test('where it breaks is a click away, with the locks that are held', async () => {
  await page().getByRole('button', { name: 'Break' }).click();
  await page().locator('.step.violation.current').waitFor();
  assert.match(await page().locator('.state').innerText(), /iommu_sva_lock/);
});

test('what the run does on each line is written beside the code, when that is switched on', async () => {
  const hint = editor.lines().filter({ hasText: 'holds iommu_sva_lock' }).first();
  assert.equal(await hint.count(), 0);
  await editor.command('IOMMU Review: Toggle Inlay Hints of the Trace');
  await hint.waitFor();
  await editor.screenshot('inlay-hints');
  await editor.command('IOMMU Review: Toggle Inlay Hints of the Trace');
  await hint.waitFor({ state: 'detached' });
});

/** What a check of accessibility objects to in the panel, as `rule: places`. */
async function barriers(): Promise<string[]> {
  for (const frame of editor.page.frames()) {
    if ((await frame.locator('.lanes').count()) === 0) continue;
    await frame.evaluate(axe.source);
    const { violations } = (await frame.evaluate('axe.run(document.body)')) as axe.AxeResults;
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  }
  return ['there is no panel'];
}

test('nothing bars those who cannot see or point, in a light theme', async () => {
  assert.deepEqual(await barriers(), []);
});

test('it is readable in a dark theme too', async () => {
  await editor.command('Preferences: Toggle between Light/Dark Themes');
  await editor.page.locator('.monaco-workbench.vs-dark').waitFor();
  await editor.screenshot('simulator-dark');
  assert.deepEqual(await barriers(), []);
});
