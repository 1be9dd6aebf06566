/** Inlay hints along a run that fails: off until asked for, and of one run. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { InlayHint } from 'vscode-languageserver/node';
import type {
  AttachProgress,
  AttachScenario,
  RunQuestion,
  ScenarioRun,
  Trace,
} from '../../server/src/findings/index.js';
import { type Editor, type EditorOptions, FULL, startEditor } from './editor.js';
import { FakeSimulator, leakOn, traceOf } from './fake-simulator.js';

const PATH = '/nowhere/driver.c';
const URI = `file://${PATH}`;
const CODE = '#include <linux/iommu.h>\r\nflow toy_bind\r\n\tone();\r\n\ttwo();\r\n\tthree();\r\n';
const ON = { inlayHints: true };
const CAPABILITIES = { ...FULL, workspace: { ...FULL.workspace, inlayHint: { refreshSupport: true } } };

/** That calls on these lines came back with these values. */
function returns(values: Readonly<Record<number, string>>): Trace {
  const trace = traceOf(PATH, Object.keys(values).map(Number));
  const steps = trace.steps.map((step) => ({ ...step, text: `call() returns ${values[step.line!]}` }));
  return { ...trace, steps };
}

function fails(id: string, trace: Trace): AttachScenario {
  return {
    ...{ id, verdict: 'violated', explored: 'completely', runs: 1, why: '', story: 'Somebody binds.' },
    breach: {
      ...{ title: 'leak', confidence: 'certain', function: 'toy_bind', message: 'leaks' },
      trace: { ...trace, scenario: id },
    },
  };
}

function runOf(trace: Trace): ScenarioRun {
  return {
    ...{ scenario: 'two', story: 'Somebody binds.', breach: null, trace },
    verdict: { id: 'two', verdict: 'violated', explored: 'to-bound', runs: 1, why: '1 run' },
    ...{ answers: [], choices: [], variants: [], sources: [] },
  };
}

function played(...scenarios: AttachScenario[]): {
  attach: AttachProgress[];
  phase: 'scenarios';
  isAll: true;
} {
  return {
    ...{ phase: 'scenarios', isAll: true },
    attach: [{ scenarios, total: scenarios.length, obstacle: null, isOver: true }],
  };
}

async function withFake(t: TestContext, options: EditorOptions = {}) {
  const simulator = new FakeSimulator();
  const editor = await startEditor(t, { simulator, capabilities: CAPABILITIES, settings: ON, ...options });
  let refreshed = 0;
  editor.connection.onRequest('workspace/inlayHint/refresh', () => {
    refreshed++;
    return null;
  });
  return { editor, simulator, refreshed: () => refreshed };
}

function ask(editor: Editor, from = 0, to = 99): Promise<InlayHint[] | null> {
  const range = { start: { line: from, character: 0 }, end: { line: to, character: 0 } };
  return editor.ask('textDocument/inlayHint', { textDocument: { uri: URI }, range });
}

async function hints(editor: Editor, from = 0, to = 99): Promise<string[]> {
  return ((await ask(editor, from, to)) ?? []).map(
    ({ position: { line, character }, label }) => `${line}:${character} ${label}`,
  );
}

test('along the first scenario that fails, behind the code, in the lines that are asked for', async (t) => {
  const { editor, simulator, refreshed } = await withFake(t);
  assert.equal((editor.hello.capabilities as { inlayHintProvider?: unknown }).inlayHintProvider, true);
  editor.open(URI, CODE);
  await simulator.started(1);
  assert.deepEqual(await hints(editor), []);
  simulator.shows(
    [],
    played(fails('one', returns({ 3: '0', 4: '&bond' })), fails('two', returns({ 5: '1' }))),
  );
  assert.deepEqual(await hints(editor), ['2:7 = 0', '3:7 = &bond, ✗ breaks here']);
  assert.deepEqual(await hints(editor, 3, 3), ['3:7 = &bond, ✗ breaks here']);
  const [first] = (await ask(editor)) ?? [];
  assert.match(String(first?.tooltip), /^Scenario one: toy_bind\(\): leaks\n\n1\. toy: call\(\) returns 0$/);
  await editor.settled();
  assert.ok(refreshed() > 0, 'the editor was told to ask again');
});

test('they follow the run that the user looks at', async (t) => {
  const { editor, simulator, refreshed } = await withFake(t);
  editor.open(URI, CODE);
  await simulator.started(1);
  simulator.shows([], played(fails('one', returns({ 3: '0' })), fails('two', returns({ 5: '1' }))));
  assert.deepEqual(await hints(editor), ['2:7 = 0, ✗ breaks here']);
  const before = refreshed();
  const looksAt = (trace: Trace, more: Partial<RunQuestion> = {}): void => {
    simulator.answer = { kind: 'run', run: runOf(trace) };
    const run = { design: null, scenario: 'two', tape: '0.1', isBeforeFailures: false, ...more };
    editor.tell('iommuReview/traceChosen', { uri: URI, batch: 0, run });
  };
  looksAt(returns({ 5: '1' }));
  await editor.settled();
  assert.equal(refreshed(), before + 1);
  assert.deepEqual(await hints(editor), ['4:9 = 1, ✗ breaks here']);
  looksAt(returns({ 4: '7' }), { design: 'enclosing' });
  await editor.settled();
  assert.deepEqual(await hints(editor), ['4:9 = 1, ✗ breaks here'], 'a design is no document');
  editor.change(URI, 2, `${CODE}\n`);
  await simulator.started(2);
  assert.deepEqual(await hints(editor), [], 'of other code');
  simulator.shows([], played(fails('one', returns({ 3: '0' })), fails('two', returns({ 5: '1' }))));
  assert.deepEqual(await hints(editor), ['2:7 = 0, ✗ breaks here'], 'the first that fails again');
});

test('where no scenario fails, the runs that show findings; a line tells of one of them', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, CODE.replace('flow toy_bind', ''));
  await simulator.started(1);
  simulator.shows([
    leakOn(3, PATH, { trace: returns({ 3: '0' }) }),
    leakOn(4, PATH, { trace: returns({ 3: '1', 4: '2' }) }),
    leakOn(5, PATH, { trace: returns({ 5: '3' }) }),
  ]);
  assert.deepEqual(await hints(editor), ['2:7 = 0, ✗ breaks here', '4:9 = 3, ✗ breaks here']);
});

test('off at first; switched on and off without anything being run again', async (t) => {
  const { editor, simulator, refreshed } = await withFake(t, { settings: {} });
  editor.open(URI, CODE);
  await simulator.started(1);
  simulator.shows([], played(fails('one', returns({ 3: '0' }))));
  assert.equal(await ask(editor), null);
  editor.settings = ON;
  editor.tell('workspace/didChangeConfiguration', { settings: null });
  await editor.settled();
  assert.equal(refreshed(), 1);
  assert.deepEqual(await hints(editor), ['2:7 = 0, ✗ breaks here']);
  assert.equal(simulator.jobs.length, 1);
  assert.equal(editor.calls.length, 1);
  editor.settings = { ...ON, minimumSeverity: 'error' };
  editor.tell('workspace/didChangeConfiguration', { settings: null });
  await simulator.started(2);
  assert.equal(editor.calls.length, 2, 'what findings depend on is reviewed again');
});

test('a mail has none where nobody can read its code: beside base64, not beside quoted-printable', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, `${CODE}=40bad\n`);
  await simulator.started(1);
  simulator.shows([], played(fails('one', returns({ 3: '0' }))));
  assert.deepEqual(await hints(editor), ['2:7 = 0, ✗ breaks here']);
  const lines = CODE.split('\n');
  lines[2] = 'IGRyaXZlcnMvaW9tbXUvc2FtcGxlLWJpbmQuYyB8IDExICsrKw==';
  editor.change(URI, 2, `${lines.join('\n')}=40bad\n`);
  await simulator.started(2);
  simulator.shows([], played(fails('one', returns({ 3: '0' }))));
  assert.deepEqual(await hints(editor), []);
});
