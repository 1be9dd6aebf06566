/** The packed extension in VS Code: what a person sees, and what happens when the server dies. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { EXPECTED, type ExpectedFinding } from './expected.js';
import { placeOf } from './lines.js';
import { editorTests } from './session.js';

const { editor, test } = editorTests();

function textOf(file: string): string[] {
  return readFileSync(join(editor.session.workspace, file), 'utf8').split('\n');
}

function hasAll(rows: readonly string[], findings: readonly ExpectedFinding[]): boolean {
  return findings.every(({ rule, says }) => rows.some((row) => row.includes(rule) && row.includes(says)));
}

/** Squiggles on the lines of all findings, and the Problems list naming rule and line of each. */
async function checkFindings(lines: readonly string[], findings: readonly ExpectedFinding[]): Promise<void> {
  const rows = await editor.problems((all) => hasAll(all, findings));
  for (const { rule, on } of findings) {
    const { line } = placeOf(lines, on);
    assert.ok(
      rows.some((row) => row.includes(rule) && row.includes(`Ln ${line},`)),
      `${rule} on line ${line} in ${rows.join(' | ')}`,
    );
    const { severity } = findings.find((each) => each.rule === rule)!;
    await editor.gotoLine(line);
    await editor.waitFor(`a squiggle under line ${line}`, async () => {
      const squiggles = await editor.squiggles();
      return squiggles.some((each) => each.line === line && each.severity === severity) || null;
    });
  }
}

test('a C file of a kernel tree: squiggles, Problems list', async () => {
  await editor.open(EXPECTED.c.file);
  await checkFindings(textOf(EXPECTED.c.file), EXPECTED.c.findings);
  await editor.screenshot('c-file');
});

test('hover says what a function is', async () => {
  const { line, column } = placeOf(textOf(EXPECTED.c.file), EXPECTED.hover.on);
  const text = await editor.hoverText(line, column + EXPECTED.hover.on.indexOf(EXPECTED.hover.word) + 1);
  await editor.screenshot('hover');
  assert.ok(text.includes(EXPECTED.hover.word), text);
});

test('hover on a finding says why, and its code opens the page of the rule', async () => {
  const { line, column } = placeOf(textOf(EXPECTED.c.file), EXPECTED.fix.finding.on);
  const text = await editor.hoverText(line, column + 6);
  await editor.screenshot('hover-finding');
  assert.ok(text.includes(EXPECTED.fix.finding.says), text);
  await editor.hover().locator('a', { hasText: EXPECTED.fix.finding.rule }).first().click();
  await editor.page.locator('.tab.active', { hasText: EXPECTED.fix.finding.rule }).waitFor();
  const page = editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await page.locator('h1', { hasText: EXPECTED.fix.finding.rule }).waitFor();
  await editor.screenshot('rule-page');
  await editor.showTab('sample-sva.c');
});

test('a quick fix is applied, and its squiggle goes', async () => {
  const { finding, title, leaves } = EXPECTED.fix;
  const { line, column } = placeOf(textOf(EXPECTED.c.file), finding.on);
  const titles = await editor.quickFixes(line, column + 6);
  await editor.screenshot('quick-fix');
  assert.ok(titles.includes(title), titles.join(' | '));
  await editor.applyQuickFix(title);
  await editor
    .lines()
    .filter({ hasText: leaves.split('(')[0]! })
    .first()
    .waitFor();
  await editor.problems((rows) => !rows.some((row) => row.includes(finding.rule)));
  await editor.command('File: Revert File');
  await editor.problems((rows) => hasAll(rows, EXPECTED.c.findings));
});

test('typing a fix clears the squiggle while the file is not saved', async () => {
  const { finding, text } = EXPECTED.typed;
  const { line } = placeOf(textOf(EXPECTED.c.file), finding.on);
  await editor.gotoLine(line);
  await editor.page.keyboard.press('Home');
  await editor.page.keyboard.press('Shift+End');
  await editor.page.keyboard.type(text);
  await editor.problems((rows) => !rows.some((row) => row.includes(finding.rule)));
  await editor.screenshot('typed-fix');
  assert.ok(
    textOf(EXPECTED.c.file).some((each) => each.includes(finding.on)),
    'nothing was saved',
  );
  await editor.command('File: Revert File');
  await editor.problems((rows) => hasAll(rows, EXPECTED.c.findings));
});

test('what a run shows comes after the rest, with its steps, and goes when it is repaired', async () => {
  const { file, finding, repaired } = EXPECTED.simulated;
  await editor.open(file);
  await checkFindings(textOf(file), [finding]);
  const steps = (rows: readonly string[]) => rows.filter((row) => /Ln \d+.*\d\. \S/.test(row));
  const rows = await editor.problems((all) => steps(all).length >= 3);
  assert.ok(steps(rows)[0]!.includes('1. kzalloc'), rows.join(' | '));
  await editor.screenshot('simulated');
  await editor.gotoLine(placeOf(textOf(file), repaired.on).line);
  await editor.page.keyboard.press('Home');
  await editor.page.keyboard.press('Shift+End');
  await editor.page.keyboard.type(repaired.text);
  await editor.problems((all) => !all.some((row) => row.includes(finding.rule)));
  await editor.command('File: Revert File');
  await editor.problems((all) => hasAll(all, [finding]));
});

test('a reference design is opened, played in scenarios, and its first failing run drawn', async () => {
  const { title, bind, scenario, lens } = EXPECTED.design;
  await editor.open(EXPECTED.c.file);
  // The palette has our commands once the extension is there.
  await editor.waitFor('a squiggle', async () => (await editor.squiggles())[0] ?? null);
  await editor.command('IOMMU Review: Open Reference Design');
  await editor.page.locator('.quick-input-list .monaco-list-row').nth(3).waitFor();
  await editor.screenshot('designs');
  await editor.pick(title);
  await editor.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
  const { line, column } = placeOf(await editor.documentText(), bind);
  await editor.gotoLine(line, column + 2);
  await editor.lens(/Simulating attach flow…|Simulate attach flow/).waitFor();
  await editor.screenshot('lens-running');
  await editor.lens(lens).waitFor({ timeout: 180_000 });
  const text = await editor.hoverText(line, column + 2);
  await editor.screenshot('hover-scenarios');
  assert.ok(text.includes(scenario) && text.includes('✗ violated'), text);
  const picture = editor.hover().locator('img').first();
  await picture.scrollIntoViewIfNeeded();
  const box = await picture.boundingBox();
  assert.ok(box && box.width > 200 && box.height > 200, `a picture of ${JSON.stringify(box)}`);
  await editor.screenshot('hover-diagram');
  await editor.page.keyboard.press('Escape');
  await editor.gotoLine(line, 1);
  await editor.command('IOMMU Review: Open Trace of Attach Flow');
  await editor.page.locator('.tab.active', { hasText: 'scenarios' }).waitFor();
  const page = editor.page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
  await page.locator('h2', { hasText: scenario }).first().waitFor();
  await editor.screenshot('scenarios-page');
  await page.locator('img').first().scrollIntoViewIfNeeded();
  await editor.screenshot('scenarios-diagram');
  await editor.command('Preferences: Toggle between Light/Dark Themes');
  await editor.page.waitForTimeout(1000);
  await editor.screenshot('scenarios-diagram-other-theme');
  await editor.showTab('Untitled-1');
  await editor.hoverText(line, column + 2);
  await editor.hover().locator('img').first().scrollIntoViewIfNeeded();
  await editor.screenshot('hover-diagram-other-theme');
  await editor.command('Preferences: Toggle between Light/Dark Themes');
});

test('a count buried in a domain: what is scaffolded around it is opened beside, and in its place nothing is left to say', async () => {
  const { title, design, finding, has } = EXPECTED.scaffold;
  await editor.open(EXPECTED.c.file);
  await editor.waitFor('a squiggle', async () => (await editor.squiggles())[0] ?? null);
  await editor.command('IOMMU Review: Open Reference Design');
  await editor.pick(design);
  await editor.page.locator('.tab.active', { hasText: /Untitled-\d/ }).waitFor();
  const before = await editor.documentText();
  await editor.filterProblems(finding.rule);
  await editor.problems((rows) => hasAll(rows, [finding]));
  const { line, column } = placeOf(before, finding.on);
  const titles = await editor.quickFixes(line, column + 13);
  assert.ok(titles.includes(title), titles.join(' | '));
  await editor.applyQuickFix(title);
  await editor.lines().filter({ hasText: has }).first().waitFor();
  await editor.screenshot('scaffold');
  const scaffold = await editor.documentText(2);
  assert.ok(scaffold.some((text) => text.includes(has)));
  assert.notDeepEqual(scaffold, before);
  await editor.replaceText(scaffold.join('\n'));
  await editor.problems((rows) => !rows.some((row) => row.includes(finding.rule)));
  await editor.screenshot('scaffold-in-place');
  assert.deepEqual(await editor.documentText(), scaffold);
  await editor.filterProblems('');
  // What is not saved would be there again in every window of the tests to come.
  for (let left = 2; left > 0; left--) await editor.command('View: Revert and Close Editor');
});

test('a patch mail: the language, squiggles on its added lines, colours of a diff', async () => {
  await editor.open(EXPECTED.patch.file);
  await editor.hasLanguage('Kernel Patch');
  await checkFindings(textOf(EXPECTED.patch.file), EXPECTED.patch.findings);
  await editor.screenshot('patch-mail');
});

test('a .diff keeps the language it has, and is reviewed', async () => {
  await editor.open(EXPECTED.diff.file);
  await editor.hasLanguage('Diff');
  await checkFindings(textOf(EXPECTED.diff.file), EXPECTED.diff.findings);
});

test('a base64 mail: its decoded document has the findings in place', async () => {
  await editor.open(EXPECTED.base64.file);
  await editor.problems((rows) => hasAll(rows, EXPECTED.base64.findings));
  await editor.screenshot('base64-raw');
  await editor.command('IOMMU Review: Open Decoded Patch');
  await editor.page.locator('.tab.active', { hasText: 'decoded' }).waitFor();
  await editor.lines().filter({ hasText: 'iommu_ops' }).first().waitFor();
  await editor.hasLanguage('Kernel Patch');
  await checkFindings(await editor.documentText(), EXPECTED.base64.findings);
  await editor.screenshot('base64-decoded');
});

test('C that is not the kernel gets nothing, and no server is started for it', async () => {
  await editor.open(EXPECTED.plain.file);
  // Long enough for a server to have started and spoken, had there been one.
  await editor.page.waitForTimeout(2500);
  assert.deepEqual(await editor.squiggles(), []);
  assert.equal(serverProcesses().length, 0, 'no server runs');
  await editor.screenshot('plain-c');
});

test('a patch that touches no kernel C is coloured as a diff and left alone', async () => {
  await editor.open(EXPECTED.documentation.file);
  await editor.hasLanguage('Kernel Patch');
  await editor.page.waitForTimeout(2500);
  assert.deepEqual(await editor.squiggles(), []);
  const colours = await editor.waitFor('the colours of a diff', async () => {
    const found = [
      await editor.colourOf('+Two'),
      await editor.colourOf('-One'),
      await editor.colourOf('Signed'),
    ];
    return new Set(found).size === 3 ? found : null;
  });
  assert.ok(colours.every((colour) => colour.startsWith('rgb')));
  await editor.screenshot('documentation-patch');
});

test('a server that dies says of which document, starts again and keeps that one out', async () => {
  await editor.open(EXPECTED.c.file);
  await editor.problems((rows) => hasAll(rows, EXPECTED.c.findings));
  const [first] = serverProcesses();
  assert.ok(first, 'a server runs');
  // Stopped, it cannot read the next keystroke, so that is what it dies of.
  process.kill(first, 'SIGSTOP');
  await editor.gotoLine(1);
  await editor.page.keyboard.press('End');
  await editor.page.keyboard.type(' ');
  await editor.page.waitForTimeout(500);
  process.kill(first, 'SIGKILL');
  const toast = editor.page.locator('.notification-list-item', { hasText: 'sample-sva.c' }).first();
  await toast.waitFor();
  await editor.screenshot('crash');
  await editor.problems((rows) => !rows.some((row) => row.includes('bus-iommu-ops')));
  await editor.waitFor('another server', async () => serverProcesses().some((id) => id !== first) || null);
  await editor.command('IOMMU Review: Copy Report');
  const report = await editor.waitFor('the report', async () => {
    const text = await editor.page.evaluate('navigator.clipboard.readText()');
    return typeof text === 'string' && text.includes('### IOMMU Review') ? text : null;
  });
  assert.match(report, /crashes 1, documents kept out 1/);
  assert.match(report, /signal SIGKILL/);
  assert.doesNotMatch(report, /sample-sva|refcount|iommu_ops/);
  await editor.command('IOMMU Review: Restart Server');
  await editor.problems((rows) => hasAll(rows, EXPECTED.c.findings));
});

test('without a parser for the system one message names the remedy, and the editor lives on', async () => {
  const parser = join(extensionFolder(), 'node_modules/tree-sitter');
  renameSync(join(parser, 'prebuilds'), join(parser, 'away'));
  try {
    await editor.command('IOMMU Review: Restart Server');
    const toasts = editor.page.locator('.notification-list-item', { hasText: 'npm run build-parser' });
    await toasts.first().waitFor();
    await editor.page.waitForTimeout(2000);
    assert.equal(await toasts.count(), 1);
    assert.deepEqual(serverProcesses(), []);
    await editor.screenshot('parser-missing');
  } finally {
    renameSync(join(parser, 'away'), join(parser, 'prebuilds'));
  }
  await editor.command('IOMMU Review: Restart Server');
  await editor.problems((rows) => hasAll(rows, EXPECTED.c.findings));
});

function extensionFolder(): string {
  const folder = join(editor.session.profile, 'ext');
  return join(folder, readdirSync(folder).find((name) => name.startsWith('iommu-review.')) ?? 'absent');
}

const serverProcesses = (): number[] => editor.languageServers().map(({ id }) => id);
