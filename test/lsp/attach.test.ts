/** What scenarios show of code that binds and unbinds: in hovers, above the function, on a page, in diagnostics; and the designs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { CodeLens } from 'vscode-languageserver/node';
import type { AttachProgress, AttachScenario } from '../../server/src/findings/index.js';
import { ForkedSimulator } from '../../server/src/lsp/index.js';
import { attachTraceOf, attachTraceUriOf } from '../../server/src/protocol/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { type Editor, type EditorOptions, FULL, startEditor } from './editor.js';
import { FakeSimulator, leakOn, traceOf } from './fake-simulator.js';

const PATH = '/nowhere/driver.c';
const URI = `file://${PATH}`;
const CODE = '#include <linux/iommu.h>\nflow toy_bind\nunflow toy_unbind\n@bad\n';
const COMMANDS = { commands: ['iommuReview.openAttachTrace'] };
const OPTIONS: EditorOptions = {
  initializationOptions: COMMANDS,
  capabilities: { ...FULL, workspace: { ...FULL.workspace, codeLens: { refreshSupport: true } } },
};

const HELD: AttachScenario = {
  ...{ id: 'two-processes', verdict: 'held', explored: 'completely', runs: 4, why: '', breach: null },
  story: 'Two processes bind.',
};
const FAILED: AttachScenario = {
  ...{ id: 'bind-bind/late', verdict: 'violated', explored: 'to-bound', runs: 20, why: '20 runs' },
  story: 'Two threads bind | at once.',
  breach: {
    title: 'two domains',
    confidence: 'certain',
    function: 'toy_bind',
    message: 'makes a second domain',
    trace: { ...traceOf(PATH, [2, 3, 4]), scenario: 'bind-bind/late', tape: '0.1' },
  },
};

function reportOf(scenarios: readonly AttachScenario[], isOver = true): AttachProgress {
  return { scenarios, total: 2, obstacle: null, isOver };
}

async function withFake(t: TestContext, options: EditorOptions = {}) {
  const simulator = new FakeSimulator();
  const editor = await startEditor(t, { simulator, ...OPTIONS, ...options });
  let refreshed = 0;
  editor.connection.onRequest('workspace/codeLens/refresh', () => {
    refreshed++;
    return null;
  });
  return { editor, simulator, refreshed: () => refreshed };
}

function lenses(editor: Editor, uri = URI): Promise<CodeLens[] | null> {
  return editor.ask('textDocument/codeLens', { textDocument: { uri } });
}

async function titles(editor: Editor, uri = URI): Promise<(string | undefined)[]> {
  return ((await lenses(editor, uri)) ?? []).map(({ command }) => command?.title);
}

const PLAYED = { phase: 'scenarios', isAll: true } as const;

test('above the function that binds stands how far the scenarios are, and how many fail', async (t) => {
  const { editor, simulator, refreshed } = await withFake(t);
  editor.open(URI, CODE);
  await simulator.started(1);
  const [waiting, ...others] = (await lenses(editor)) ?? [];
  assert.deepEqual(others, []);
  assert.equal(waiting?.range.start.line, 1);
  assert.deepEqual(waiting.command, { title: 'Simulating attach flow…', command: '' });
  const before = refreshed();
  simulator.shows([], { ...PLAYED, attach: [reportOf([HELD], false)], isLast: false });
  assert.deepEqual(await titles(editor), ['Simulating attach flow…']);
  simulator.shows([], { ...PLAYED, attach: [reportOf([HELD, FAILED])] });
  const [lens] = (await lenses(editor)) ?? [];
  assert.deepEqual(lens?.command, {
    title: 'Simulate attach flow: 2 scenarios, 1 fail',
    command: 'iommuReview.openAttachTrace',
    arguments: [URI, 0],
  });
  await editor.settled();
  assert.equal(refreshed(), before + 1, 'the editor was told to ask again');
  editor.change(URI, 2, `${CODE}\n`);
  assert.deepEqual(await titles(editor), ['Simulating attach flow…'], 'an edit begins anew');
});

test('no line where it is switched off, nothing is run, or the simulation fails', async (t) => {
  for (const settings of [{ codeLens: false }, { simulate: false }]) {
    const { editor } = await withFake(t, { settings });
    editor.open(URI, CODE);
    assert.deepEqual(await titles(editor), []);
  }
  const { editor, simulator } = await withFake(t);
  editor.open(URI, CODE);
  await simulator.started(1);
  simulator.fails('RangeError: too deep');
  await editor.settled();
  assert.deepEqual(await titles(editor), []);
  assert.doesNotMatch((await editor.hover(URI, 1))?.contents.value ?? '', /attach flow/);
});

test('the hover of a part has the rows, the first run that fails, and a picture of it', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, CODE);
  await simulator.started(1);
  assert.match((await editor.hover(URI, 1))!.contents.value, /^\*\*line 1\*\*[\s\S]*have not been run yet/);
  simulator.shows([], { ...PLAYED, attach: [reportOf([HELD], false)], isLast: false });
  assert.match((await editor.hover(URI, 1))!.contents.value, /Simulating: 1 of 2 scenarios/);
  simulator.shows([], { ...PLAYED, attach: [reportOf([HELD, FAILED])] });
  const { value } = (await editor.hover(URI, 1))!.contents;
  const lines = value.split('\n');
  assert.ok(lines.includes('| two-processes | ✓ held | completely | 4 |'), value);
  assert.ok(lines.includes('| bind-bind | ✗ violated | to a bound | 20 |'), value);
  assert.match(value, /Two threads bind \\\| at once/);
  assert.ok(lines.includes('| 3 | toy | driver.c:4 | **✗ step on 4** |  |'), value);
  assert.match(value, /\[Open the whole trace\]\(command:iommuReview\.openAttachTrace\?%5B[^()]*%5D\)/);
  const [, picture = ''] = /!\[[^\]]*\]\(data:image\/svg\+xml;base64,([\w+/=]+)\)/.exec(value) ?? [];
  assert.match(
    Buffer.from(picture, 'base64').toString(),
    /^<svg [\s\S]*prefers-color-scheme[\s\S]*step on 4/,
  );
  assert.ok(value.length < 100_000, 'longer ones are cut short by editors');
  assert.match((await editor.hover(URI, 2))!.contents.value, /undo a bond/);
  assert.equal((await editor.hover(URI, 3))!.contents.value, '**line 3**');
});

test('an editor that does not know our commands gets neither links nor pictures', async (t) => {
  for (const capabilities of [OPTIONS.capabilities!, {}]) {
    const { editor, simulator } = await withFake(t, { capabilities, initializationOptions: {} });
    editor.open(URI, CODE);
    await simulator.started(1);
    simulator.shows([], { ...PLAYED, attach: [reportOf([HELD, FAILED])] });
    const { value } = (await editor.hover(URI, 1))!.contents;
    assert.match(value, /✗ /);
    assert.match(value, /step on 4/);
    assert.doesNotMatch(value, /command:|data:/);
    assert.equal((await lenses(editor))?.[0]?.command?.command, '');
  }
});

test('the page has every scenario, and the run of each that fails', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, CODE);
  await simulator.started(1);
  const ask = () =>
    editor.ask<{ markdown: string } | null>('iommuReview/attachTrace', { uri: URI, batch: 0 });
  assert.equal(await ask(), null);
  simulator.shows([], { ...PLAYED, attach: [reportOf([HELD, FAILED])] });
  const { markdown } = (await ask())!;
  assert.match(markdown, /^# `toy_bind\(\)` in the scenarios\n\n2 scenarios, 1 fail\.\n/);
  assert.match(markdown, /## ✗ bind-bind\/late[\s\S]*data:image\/svg[\s\S]*step on 4/);
  assert.match(markdown, /\| two-processes \| ✓ held, explored completely in 4 runs \|/);
});

test('the address of a page names its document', () => {
  for (const uri of [URI, 'file:///a%20b/c%28d%29.mbox', 'untitled:Untitled-1', 'vscode-remote://x+y/ä.c']) {
    const page = attachTraceUriOf({ uri, batch: 3 });
    assert.match(page, /^iommu-review-trace:\/[^?]*\.md\?/);
    assert.deepEqual(attachTraceOf(page), { uri, batch: 3 });
  }
  assert.equal(attachTraceOf('iommu-review-trace:/x.md'), null);
  assert.equal(attachTraceOf('file:///x.md?0%20y'), null);
});

test('where nothing can be bound, the line says why instead of counting', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, CODE);
  await simulator.started(1);
  const obstacle = 'the device has no driver';
  simulator.shows([], { ...PLAYED, attach: [{ ...reportOf([]), obstacle }] });
  const words = 'not modelled, because the device has no driver';
  assert.deepEqual(await titles(editor), [`Simulate attach flow: ${words}`]);
  assert.ok((await editor.hover(URI, 1))!.contents.value.includes(words));
});

test('what scenarios prove takes the place of what was read off the code, until the next edit', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, CODE);
  await editor.diagnostics(URI, 1);
  await simulator.started(1);
  simulator.shows([leakOn(2, PATH)], { isLast: false });
  await editor.until(() => editor.rules(URI)?.length === 2, 'the leak beside it');
  const related = leakOn(3, PATH, { message: 'simulated' });
  const proved = leakOn(4, PATH, { rule: 'bad', related: [{ ...related, region: related.region! }] });
  simulator.shows([leakOn(2, PATH), proved], { ...PLAYED, attach: [reportOf([FAILED])] });
  await editor.until(() => editor.published.length === 3, 'the proof');
  const last = editor.published.at(-1)!.diagnostics;
  assert.deepEqual(editor.rules(URI), ['memory-leak', 'bad'], 'each once');
  assert.deepEqual(
    last[1]?.relatedInformation?.map(({ message }) => message),
    ['simulated'],
  );
  editor.change(URI, 2, `${CODE}\n`);
  await editor.diagnostics(URI, 2);
  assert.deepEqual(editor.rules(URI), ['bad']);
  simulator.shows([proved], { ...PLAYED, attach: [reportOf([FAILED])] }, 1);
  await simulator.started(2);
  await editor.settled();
  assert.deepEqual(editor.rules(URI), ['bad'], 'of the old text nothing is taken');
  assert.deepEqual(await titles(editor), ['Simulating attach flow…']);
});

test('what is too weak is not shown, proved or not', async (t) => {
  const { editor, simulator } = await withFake(t, { settings: { minimumSeverity: 'error' } });
  editor.open(URI, CODE);
  await simulator.started(1);
  simulator.shows([leakOn(2, PATH), leakOn(3, PATH, { severity: 'error', rule: 'worse' })], PLAYED);
  await editor.until(() => editor.rules(URI)?.length === 1, 'the error');
  assert.deepEqual(editor.rules(URI), ['worse']);
});

test('the designs that come with it are listed, and each is C that is reviewed and played', async (t) => {
  const { editor } = await withFake(t, { openDocument });
  const designs = await editor.ask<{ id: string; title: string; story: string }[]>('iommuReview/designs', {});
  assert.deepEqual(
    designs.map(({ id }) => id),
    ['rfc-v2', 'enclosing', 'per-group', 'list-per-mm'],
  );
  for (const { id, title, story } of designs) {
    assert.ok(title && story);
    const code = await editor.ask<{ text: string } | null>('iommuReview/designCode', { id });
    const uri = `untitled:${id}`;
    editor.open(uri, code?.text ?? '');
    assert.deepEqual(await titles(editor, uri), ['Simulating attach flow…'], id);
  }
  assert.equal(await editor.ask('iommuReview/designCode', { id: 'x' }), null);
});

test('a design, as the simulating process plays it', async (t) => {
  const simulator = new ForkedSimulator(join(import.meta.dirname, 'simulator-process.cjs'));
  const editor = await startEditor(t, { ...OPTIONS, openDocument, simulator });
  const code = readFileSync(new URL('../../server/simulated/designs/rfc-v2.c', import.meta.url), 'utf8');
  const text = `#include <linux/iommu.h>\n${code}`;
  const line = text.split('\n').findIndex((each) => each.includes('iommu_sva_bind_device('));
  editor.open(URI, text);
  await editor.diagnostics(URI, 1);
  assert.deepEqual(await titles(editor), ['Simulating attach flow…']);
  const isProved = () =>
    editor.published
      .at(-1)!
      .diagnostics.some(
        ({ code: rule, relatedInformation: places = [] }) =>
          rule === 'domain-reused-unchecked' &&
          places.some(({ message }) =>
            message.startsWith('a run of two-devices-two-iommus/strict shows it: '),
          ) &&
          places.some(({ message }) => /^\d+\. /.test(message)),
      );
  await editor.until(isProved, 'the proof', 60_000);
  for (const { location } of editor.published
    .at(-1)!
    .diagnostics.flatMap((each) => each.relatedInformation ?? []))
    assert.equal(location.uri, URI);
  const character = text.split('\n')[line]!.indexOf('iommu_sva_bind_device') + 3;
  const hover = await editor.ask<{ contents: { value: string } }>('textDocument/hover', {
    textDocument: { uri: URI },
    position: { line, character },
  });
  assert.match(hover.contents.value, /\| two-devices-two-iommus \| ✗ violated/);
  assert.match(hover.contents.value, /data:image\/svg/);
  assert.ok(hover.contents.value.length < 100_000);
  // An edit puts an end to it, and what is read off the code is all that is said.
  editor.change(URI, 2, `${text}\n`);
  const again = await editor.diagnostics(URI, 2);
  assert.ok(
    again.every(
      ({ relatedInformation: places = [] }) => !places.some(({ message }) => /^\d+\. /.test(message)),
    ),
  );
});
