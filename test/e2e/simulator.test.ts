/** The simulator panel: a run is walked through by mouse and keyboard, and the code follows. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { TOY_DRIVER } from '../../server/src/rules/toy-driver.js';
import { EXPECTED } from './expected.js';
import { editorTests } from './session.js';

const { editor, test } = editorTests();
const { scenario, lens } = EXPECTED.design;
/** What the panel is tried on: a design that fails in several ways, as a file outside of any tree. */
const DESIGN = 'server/simulated/designs/rfc-v2.c';
const file = 'plain/design.c';

/** A driver whose domains are for one instance, and are given to devices of any. */
function driverThatTakesAnyDomain(): string {
  const compared = /\tif \(toy->iommu && toy->iommu != iommu\) \{\n[^}]*\}\n/;
  const first = '\tif (!toy->iommu)\n\t\ttoy->iommu = iommu;\n';
  return `#include <linux/iommu.h>\n${TOY_DRIVER.replace(compared, '').replace('\ttoy->iommu = iommu;\n', first)}`;
}

const page = () => editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');

test('the lens opens the panel, which shows the first run that fails', async () => {
  const code = readFileSync(DESIGN, 'utf8');
  writeFileSync(join(editor.session.workspace, file), `#include <linux/iommu.h>\n${code}`);
  await editor.open(file);
  await editor.gotoLine(340);
  await editor.lens(lens).waitFor({ timeout: 240_000 });
  await editor.lens(lens).click();
  await page().locator('.step').first().waitFor();
  await page().locator('#scenario').selectOption(scenario);
  assert.match(await page().locator('.verdict').innerText(), /^✗ violated: /);
  await editor.screenshot('simulator-start');
});

const current = () => page().locator('.step.current');

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
  await editor.screenshots('inlay-hints');
  await editor.command('IOMMU Review: Toggle Inlay Hints of the Trace');
  await hint.waitFor({ state: 'detached' });
});

test('a line that the run came by says what it did there', async () => {
  await page().locator('.step', { hasText: 'takes `iommu_sva_lock`' }).first().click();
  const place = await page().locator('.step.current .place').innerText();
  await editor.gotoLine(Number(/:(\d+)$/.exec(place)![1]), 5);
  await editor.command('Show or Focus Hover');
  await editor.hover({ hasText: 'Simulated run' }).first().waitFor();
  await editor.screenshot('simulator-hover');
  await editor.page.keyboard.press('Escape');
});

const button = (name: string | RegExp) => page().getByRole('button', { name, exact: true });

test('another task is let run, and a call fail, where the run left it open', async () => {
  await page().locator('#scenario').selectOption('bind-bind');
  await page().locator('.step .open').first().waitFor();
  await page().locator('.lanes').focus();
  await editor.page.keyboard.press('n');
  await button('second runs here').first().click();
  await page().locator('.this-run').waitFor();
  assert.match(await page().locator('.made').innerText(), /: second runs here/);
  await page().locator('.world > summary').click();
  await page().getByLabel('Calls may fail').click();
  await page().locator('.verdict', { hasText: 'not explored' }).waitFor();
  await page().locator('.step .open', { hasText: 'second runs here' }).waitFor();
  await page().locator('.step', { hasText: 'kzalloc(' }).first().click();
  await button('kzalloc() fails: NULL').click();
  await page().locator('.step.current', { hasText: 'kzalloc() fails' }).waitFor();
  await editor.screenshot('simulator-choices');
});

test('the tape that is copied is the same run on the command line', async () => {
  const shown = await page().locator('.step code').allInnerTexts();
  await button('Copy tape').click();
  const words = await editor.waitFor('the tape', async () => {
    const text = String(await editor.page.evaluate('navigator.clipboard.readText()'));
    return text.startsWith('--scenario bind-bind+failures --tape ') ? text : null;
  });
  const { stdout } = spawnSync(
    process.execPath,
    ['dist/cli.js', 'simulate', ...words.split(' '), '--format', 'json', DESIGN],
    {
      encoding: 'utf8',
    },
  );
  const { scenarios } = JSON.parse(stdout) as { scenarios: { replay: { steps: { text: string }[] } }[] };
  const steps = scenarios[0]!.replay.steps.map(({ text }) => text).filter((text) => text !== '');
  assert.deepEqual(
    steps,
    shown.map((text) => text.replaceAll('\u00a0', ' ')),
  );
});

test('back to the first run that fails, in another world too', async () => {
  await page().getByLabel('The second device stands behind a second IOMMU').click();
  await page().locator('.verdict.violated').waitFor({ timeout: 60_000 });
  await page().getByLabel('Calls may fail').click();
  await page().locator('.story', { hasNotText: 'Calls that can fail' }).waitFor({ timeout: 60_000 });
  assert.match(await page().locator('.verdict').innerText(), /domain of another instance/);
  await button('First failing run').click();
  await page().locator('.step.violation.current').waitFor();
  await editor.screenshot('simulator-world');
  await page().locator('.world > summary').click();
});

test('a picture of the run is saved where the user says', async () => {
  await button('Save picture').click();
  const input = editor.page.locator('.quick-input-widget .quick-input-box input');
  await editor.waitFor('the name', async () => ((await input.inputValue()).endsWith('.svg') ? true : null));
  await editor.page.keyboard.press('Enter');
  const picture = join(editor.session.workspace, 'plain/bind-bind+two-iommus.svg');
  const svg = await editor.waitFor('the picture', async () =>
    existsSync(picture) ? readFileSync(picture, 'utf8') || null : null,
  );
  assert.match(svg, /^<svg [\s\S]*bind-bind\+two-iommus/);
});

test('the reference designs say what they make of the same scenario, and one is walked through beside', async () => {
  await page().locator('#scenario').selectOption(scenario);
  await page().locator('.designs-list > summary').click();
  for (const [design, words] of [
    ['rfc-v2', /✗ violated/],
    ['enclosing', /✓ held/],
    ['per-group', /✓ held/],
    ['list-per-mm', /✓ held/],
  ] as const)
    await page()
      .locator('.designs tr', { hasText: design })
      .filter({ hasText: words })
      .waitFor({ timeout: 60_000 });
  await editor.screenshot('simulator-designs');
  await button('Show beside: enclosing').click();
  await page().locator('.run h2', { hasText: 'enclosing' }).waitFor();
  await page().locator('.designs-list > summary').click();
  await page().getByRole('listbox', { name: 'Steps of enclosing' }).focus();
  await editor.page.keyboard.press('ArrowRight');
  assert.match(await page().locator('.run:has(h2) .step.current').innerText(), /^2\b/);
  await editor.screenshot('simulator-beside');
  // What stands in no document is opened by who asks for it.
  await editor.page.keyboard.press('Enter');
  await editor.page.locator('.tab', { hasText: 'enclosing.c' }).waitFor();
  await editor.screenshot('simulator-source');
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

test('a reload of the window comes back to the same run, step and design', async () => {
  await page().locator('#scenario').selectOption('bind-bind');
  await page().locator('.runs > .run:not(:has(h2)) .step .open').first().waitFor();
  await page().getByRole('listbox', { name: 'Steps', exact: true }).focus();
  await editor.page.keyboard.press('n');
  await editor.page.keyboard.press('n');
  await button('second runs here').first().click();
  await page().locator('.this-run', { hasText: 'This run' }).waitFor();
  const own = page().locator('.runs > .run:not(:has(h2)) .step.current');
  const before = await own.innerText();
  await editor.comeBack();
  await page().locator('.this-run', { hasText: 'This run' }).waitFor({ timeout: 240_000 });
  assert.equal(await page().locator('#scenario').inputValue(), 'bind-bind');
  assert.equal(await own.innerText(), before);
  await page().locator('.run h2', { hasText: 'enclosing' }).waitFor({ timeout: 60_000 });
  await button('Hide').click();
  await page().locator('.run h2').waitFor({ state: 'detached' });
  await editor.screenshot('simulator-reloaded');
});

test('the programmes of a driver are played like scenarios, from the line above its operation', async () => {
  const driver = 'plain/driver.c';
  const lenses = /^Play on two instances: \d+ programmes, 1 fails$/;
  writeFileSync(join(editor.session.workspace, driver), driverThatTakesAnyDomain());
  await editor.open(driver);
  await editor.gotoLine(24);
  await editor.lens(lenses).waitFor({ timeout: 60_000 });
  await editor.lens(lenses).click();
  await page().locator('.step.violation').waitFor();
  assert.match(await page().locator('.verdict').innerText(), /^✗ violated: .*another instance/);
  assert.equal(await page().locator('.world').isVisible(), false);
  await page().getByRole('button', { name: 'Break' }).click();
  await page().locator('.step.violation.current', { hasText: 'toy_attach_dev() returns 0' }).waitFor();
  await editor.screenshot('simulator-driver');
  await page().locator('#scenario').selectOption({ label: '✓ retry' });
  await page().locator('.story', { hasText: 'the same attach is made again' }).waitFor();
  await page().locator('.lanes').focus();
  await editor.page.keyboard.press('n');
  await page().locator('.question button').first().click();
  await page().locator('.this-run').waitFor();
  await button('Copy tape').click();
  await editor.waitFor('the tape', async () => {
    const text = String(await editor.page.evaluate('navigator.clipboard.readText()'));
    return /^--scenario two-instances\/retry --function toy_attach_dev --tape [\d.]+~\w+$/.test(text) || null;
  });
});

test('activation is over before anybody waits for it', async () => {
  const time = await editor.activationTime();
  console.log(`ℹ activation of the extension: ${time}`);
  assert.match(time, /^\d+ms$/);
});
