/** Settings, by the three ways in which editors give them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Editor, FULL, startEditor } from './editor.js';

const URI = 'file:///nowhere/driver.c';
const TEXT = '#include <linux/iommu.h>\n@bad @worse\n';
/** An editor that cannot be asked. */
const PUSHES = { ...FULL, workspace: {} };

async function shownAfter(editor: Editor, count: number): Promise<unknown[]> {
  await editor.until(() => editor.statuses.length >= count, `review ${count}`);
  return editor.published.at(-1)!.diagnostics.map(({ code, severity }) => `${code} ${severity}`);
}

test('the editor is asked, once per document, and again when it says that something changed', async (t) => {
  const editor = await startEditor(t, { settings: { severity: { bad: 'error' } } });
  editor.open(URI, TEXT);
  assert.deepEqual(await shownAfter(editor, 1), ['bad 1', 'worse 2']);
  assert.ok(editor.registered.includes('workspace/didChangeConfiguration'));
  editor.settings = { severity: { bad: 'hint', worse: 'info' } };
  editor.change(URI, 2, TEXT);
  assert.deepEqual(await shownAfter(editor, 2), ['bad 1', 'worse 2'], 'nobody said so yet');
  editor.tell('workspace/didChangeConfiguration', { settings: null });
  assert.deepEqual(await shownAfter(editor, 3), ['bad 4', 'worse 3']);
});

test('an editor that cannot be asked pushes its settings, with or without the section', async (t) => {
  const editor = await startEditor(t, { capabilities: PUSHES });
  editor.open(URI, TEXT);
  assert.deepEqual(await shownAfter(editor, 1), ['bad 2', 'worse 2']);
  editor.tell('workspace/didChangeConfiguration', {
    settings: { iommuReview: { severity: { bad: 'off' } } },
  });
  assert.deepEqual(await shownAfter(editor, 2), ['worse 2']);
  editor.tell('workspace/didChangeConfiguration', { settings: { severity: { worse: 'off' } } });
  assert.deepEqual(await shownAfter(editor, 3), ['bad 2']);
});

test('initialization options hold until something else is said', async (t) => {
  for (const initializationOptions of [
    { commands: [], settings: { severity: { bad: 'off' } } },
    { commands: [], iommuReview: { severity: { bad: 'off' } } },
  ]) {
    const editor = await startEditor(t, { capabilities: PUSHES, initializationOptions });
    editor.open(URI, TEXT);
    assert.deepEqual(await shownAfter(editor, 1), ['worse 2']);
  }
});

test('an editor that answers with nothing, or cannot answer, leaves the initial settings', async (t) => {
  const initializationOptions = { commands: [], settings: { severity: { bad: 'off' } } };
  const silent = await startEditor(t, { initializationOptions, settings: null });
  silent.open(URI, TEXT);
  assert.deepEqual(await shownAfter(silent, 1), ['worse 2']);
  const failing = await startEditor(t, { initializationOptions });
  failing.connection.onRequest('workspace/configuration', () => {
    throw new Error('no');
  });
  failing.open(URI, TEXT);
  assert.deepEqual(await shownAfter(failing, 1), ['worse 2']);
});

test('scope is passed on, and left to the reviewer by default', async (t) => {
  for (const scope of ['auto', 'changed', 'all']) {
    const editor = await startEditor(t, { settings: { scope } });
    editor.open(URI, TEXT);
    await shownAfter(editor, 1);
    assert.equal(editor.calls[0]?.options.scope, scope === 'auto' ? undefined : scope);
  }
});

test('findings weaker than the minimum are not published', async (t) => {
  const settings = { severity: { bad: 'error', worse: 'info' }, minimumSeverity: 'warning' };
  const editor = await startEditor(t, { settings });
  editor.open(URI, TEXT);
  assert.deepEqual(await shownAfter(editor, 1), ['bad 1']);
  assert.equal(editor.statuses[0]?.findings, 1);
  assert.equal(editor.statuses[0]?.worst, 'error');
});

test('switching off withdraws everything, switching on brings it back', async (t) => {
  const editor = await startEditor(t, { settings: {} });
  editor.open(URI, TEXT);
  assert.equal((await shownAfter(editor, 1)).length, 2);
  editor.settings = { enable: false };
  editor.tell('workspace/didChangeConfiguration', { settings: {} });
  assert.deepEqual(await shownAfter(editor, 2), []);
  assert.match(editor.statuses.at(-1)?.reason ?? '', /switched off/);
  assert.equal(await editor.hover(URI), null);
  assert.equal(editor.calls.length, 1);
  editor.settings = {};
  editor.tell('workspace/didChangeConfiguration', { settings: {} });
  assert.equal((await shownAfter(editor, 3)).length, 2);
});

test('what is wrong in the settings is said once, and the rest holds', async (t) => {
  const settings = {
    enable: 'yes',
    scope: 'everything',
    minimumSeverity: 7,
    kernelTree: ['linux'],
    severity: { bad: 'loud', 'no-such-rule': 'off', worse: 'error' },
  };
  const editor = await startEditor(t, { settings });
  editor.open(URI, TEXT);
  assert.deepEqual(await shownAfter(editor, 1), ['bad 2', 'worse 1']);
  editor.tell('workspace/didChangeConfiguration', { settings: {} });
  await editor.settled();
  for (const complaint of [
    'iommuReview.enable: expected true or false',
    'iommuReview.scope: expected auto, changed, all',
    'iommuReview.minimumSeverity: expected error, warning, info, hint',
    'iommuReview.kernelTree: expected a folder',
    'iommuReview.severity: bad expects error, warning, info, hint or off',
    'iommuReview.severity: there is no rule "no-such-rule"',
  ])
    assert.equal(editor.logged.filter((line) => line === complaint).length, 1, complaint);
});

test('settings that change while they are asked for are not mixed up', async (t) => {
  const editor = await startEditor(t);
  const answers: ((settings: object[]) => void)[] = [];
  editor.connection.onRequest(
    'workspace/configuration',
    () => new Promise((resolve) => answers.push(resolve)),
  );
  editor.open(URI, TEXT);
  while (answers.length < 1) await new Promise((resolve) => setTimeout(resolve, 5));
  editor.tell('workspace/didChangeConfiguration', { settings: {} });
  while (answers.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  answers[0]!([{ severity: { bad: 'off' } }]);
  answers[1]!([{ severity: { worse: 'off' } }]);
  assert.deepEqual(await shownAfter(editor, 1), ['bad 2']);
  await editor.settled();
  assert.equal(editor.calls.length, 1, 'the superseded settings were never used');
});
