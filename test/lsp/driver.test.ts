/** What came of a driver's attach operation on two hardware instances: in its hover, in the panel, and above its code. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import type { CodeLens } from 'vscode-languageserver/node';
import type { DriverProgress } from '../../server/src/findings/index.js';
import { ForkedSimulator } from '../../server/src/lsp/index.js';
import {
  type AttachFlow,
  AttachFlowRequest,
  ClientCommand,
  type ScenarioRunAnswer,
  ScenarioRunRequest,
} from '../../server/src/protocol/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { TOY_DRIVER } from '../../server/src/rules/toy-driver.js';
import { FULL, startEditor } from './editor.js';
import { FakeSimulator } from './fake-simulator.js';

const URI = 'file:///nowhere/driver.c';
const CODE = '#include <linux/iommu.h>\nstatic int toy_attach(void)\nstatic int toy_other(void)\n';

const PROGRESS: DriverProgress = {
  ...{ op: 'attach_dev', function: 'toy_attach', file: 'driver.c', errno: null, isSingleton: false, line: 2 },
  ...{ verdict: 'accepted although foreign', why: 'for the second instance `iommu1->base` is written' },
  rows: [
    {
      programme: 'foreign',
      story: 'a domain is attached',
      wanted: 'EINVAL',
      verdict: 'violated',
      what: 'the first one is told',
      runs: 3,
      tape: '0.1~ab12',
      breach: { title: 'another instance', confidence: 'certain', message: 'accepts it' },
    },
    {
      programme: 'move',
      story: 'a device is moved',
      wanted: 'success',
      verdict: 'held',
      what: 'each attach does something',
      runs: 1,
      tape: '-~cd34',
      breach: null,
    },
  ],
  faults: ['accepts a domain of another instance'],
};

for (const markdown of [true, false])
  test(`the hover has the verdict, why, and the programmes, as ${markdown ? 'Markdown' : 'text'}`, async (t) => {
    const simulator = new FakeSimulator();
    const capabilities = markdown
      ? FULL
      : { ...FULL, textDocument: { ...FULL.textDocument, hover: { contentFormat: ['plaintext' as const] } } };
    const editor = await startEditor(t, { simulator, capabilities });
    editor.open(URI, CODE);
    await simulator.started(1);
    assert.equal((await editor.hover(URI, 1))!.contents.value, '**line 1**');
    simulator.shows([], { drivers: [[PROGRESS]], isLast: false });
    const { value } = (await editor.hover(URI, 1))!.contents;
    assert.match(value, /On two hardware instances\S*: accepted although foreign\./);
    assert.match(
      value,
      /It accepts a domain of another hardware instance and does not serve it: for the second/,
    );
    assert.match(value, /✗ accepts a domain of another instance/);
    assert.match(
      value,
      markdown ? /\| foreign \| ✗ violated \| the first one is told \|/ : /✗ foreign: the first/,
    );
    assert.equal((await editor.hover(URI, 2))!.contents.value, '**line 2**');
    // An edit makes it a thing of the past.
    editor.change(URI, 2, `${CODE}\n`);
    await simulator.started(2);
    assert.equal((await editor.hover(URI, 1))!.contents.value, '**line 1**');
  });

const flowOf = (editor: Awaited<ReturnType<typeof startEditor>>): Promise<AttachFlow | null> =>
  editor.ask(AttachFlowRequest, { uri: URI, batch: 0 });

test('the panel has the programmes of a driver as scenarios, each with its operation and the run that shows it', async (t) => {
  const simulator = new FakeSimulator();
  const editor = await startEditor(t, { simulator });
  editor.open(URI, CODE);
  await simulator.started(1);
  assert.equal(await flowOf(editor), null);
  simulator.shows([], { drivers: [[PROGRESS, { ...PROGRESS, function: 'toy_other' }]], isLast: false });
  const running = await flowOf(editor);
  assert.deepEqual(
    [running?.function, running?.isOver, running?.words],
    ['toy_attach', false, 'On two instances: 4 programmes, 2 fail'],
  );
  const [foreign, move, other] = running!.scenarios;
  assert.deepEqual(foreign, {
    id: 'two-instances/foreign',
    operation: { function: 'toy_attach', file: 'driver.c' },
    tape: '0.1~ab12',
    story: 'A domain is attached. Wanted: EINVAL.',
    ...{ verdict: 'violated', explored: 'to-bound', runs: 3, why: 'the first one is told' },
    breach: {
      ...{ title: 'another instance', isCertain: true, message: 'toy_attach(): accepts it' },
      ...{ tape: '0.1~ab12', scenario: 'two-instances/foreign' },
    },
  });
  assert.deepEqual([move?.verdict, move?.tape, move?.breach], ['held', '-~cd34', null]);
  assert.equal(other?.operation?.function, 'toy_other');
  simulator.shows([], { isLast: true });
  assert.equal((await flowOf(editor))?.isOver, true);
  editor.change(URI, 2, `${CODE}\n`);
  await simulator.started(2);
  assert.equal(await flowOf(editor), null);
});

test('a line above each operation opens the panel on it', async (t) => {
  const simulator = new FakeSimulator();
  const initializationOptions = { commands: [ClientCommand.openSimulator] };
  const capabilities = { ...FULL, workspace: { ...FULL.workspace, codeLens: { refreshSupport: true } } };
  const editor = await startEditor(t, { simulator, initializationOptions, capabilities });
  const refreshed = new Promise<void>((resolve) =>
    editor.connection.onRequest('workspace/codeLens/refresh', () => {
      resolve();
      return null;
    }),
  );
  editor.open(URI, CODE);
  await simulator.started(1);
  const own = { ...PROGRESS, file: '/nowhere/driver.c' };
  const elsewhere = { ...PROGRESS, file: 'other.c', function: 'other_attach' };
  simulator.shows([], { drivers: [[own, elsewhere]], isLast: true });
  await refreshed;
  const lenses = await editor.ask<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: URI } });
  assert.deepEqual(
    lenses.map(({ range, command }) => [range.start.line, command]),
    [
      [
        1,
        {
          title: 'Play on two instances: 2 programmes, 1 fails',
          command: ClientCommand.openSimulator,
          arguments: [URI, 0, 'toy_attach'],
        },
      ],
    ],
  );
});

test('a driver outside of any tree is played by the simulating process, and a run of it has lines of the document', async (t) => {
  const simulator = new ForkedSimulator(join(import.meta.dirname, 'simulator-process.cjs'));
  const editor = await startEditor(t, { openDocument, simulator });
  // The process keeps nobody alive, and neither do streams in memory.
  const alive = setInterval(() => undefined, 1000);
  t.after(() => clearInterval(alive));
  const text = `#include <linux/iommu.h>\n${TOY_DRIVER}`;
  editor.open(URI, text);
  let flow: AttachFlow | null = null;
  for (let tries = 0; tries < 600 && !flow; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    flow = await flowOf(editor);
  }
  const { operation, tape } = flow!.scenarios.find(({ id }) => id === 'two-instances/foreign')!;
  const run = { design: null, operation: operation!, scenario: 'two-instances/foreign', tape: tape! };
  const answer = await editor.ask<ScenarioRunAnswer>(ScenarioRunRequest, {
    ...{ uri: URI, batch: 0, run: { ...run, isBeforeFailures: false } },
  });
  simulator.close();
  assert.ok(answer.kind === 'run');
  assert.deepEqual([answer.run.operation, answer.run.verdict], [operation, 'held']);
  const lines = text.split('\n');
  const locked = answer.run.steps.find((step) => step.text === 'takes `toy->lock`');
  assert.match(lines[locked!.line!]!, /mutex_lock\(&toy->lock\)/);
  assert.ok(answer.run.steps.some(({ source }) => source?.file === 'simulated/two-instances.c'));
});
