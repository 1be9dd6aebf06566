/** Runs of scenarios over the wire: with lines of the document, of another world, of a design, as a picture. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { ScenarioRun } from '../../server/src/findings/index.js';
import { ForkedSimulator } from '../../server/src/lsp/index.js';
import {
  type AttachFlow,
  AttachFlowRequest,
  type RunQuestion,
  type ScenarioPicture,
  ScenarioPictureRequest,
  type ScenarioRunAnswer,
  ScenarioRunRequest,
  tapeWith,
} from '../../server/src/protocol/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { type Editor, startEditor } from './editor.js';
import { FakeSimulator, traceOf } from './fake-simulator.js';

const PATH = '/nowhere/driver.c';
const URI = `file://${PATH}`;
const CODE = '#include <linux/iommu.h>\nflow toy_bind\nunflow toy_unbind\n@bad\n';

const QUESTION: RunQuestion = { design: null, scenario: 'bind-bind', tape: '0.1', isBeforeFailures: false };

const RUN: ScenarioRun = {
  scenario: 'bind-bind',
  story: 'Two threads bind.',
  verdict: { id: 'bind-bind', verdict: 'violated', explored: 'to-bound', runs: 1, why: '1 run' },
  breach: { title: 'two domains', confidence: 'possible', message: 'toy_bind(): </svg><script>' },
  trace: { ...traceOf(PATH, [2, 3]), tape: '0.1~ab12' },
  answers: [0, 1],
  choices: [],
  variants: [],
  sources: [{ file: 'simulated/scenario.c', text: 'one\ntwo\n' }],
};

function ask(editor: Editor, run: RunQuestion = QUESTION): Promise<ScenarioRunAnswer | null> {
  return editor.ask(ScenarioRunRequest, { uri: URI, batch: 0, run });
}

test('a run is asked for of the version that is open, and has lines of it', async (t) => {
  const simulator = new FakeSimulator();
  const editor = await startEditor(t, { simulator });
  assert.equal(await ask(editor), null, 'nothing is open');
  editor.open(URI, CODE, 'c', 7);
  await simulator.started(1);
  assert.equal(await ask(editor), null, 'nothing is known yet');
  simulator.answer = { kind: 'run', run: RUN };
  const answer = await ask(editor);
  assert.deepEqual(simulator.questions.at(-1), { uri: URI, version: 7, batch: 0, run: QUESTION });
  assert.ok(answer?.kind === 'run');
  const { verdict, runs, breach, tape, steps } = answer.run;
  assert.deepEqual([verdict, runs, tape], ['violated', 1, '0.1~ab12']);
  assert.deepEqual(breach, {
    ...{ title: 'two domains', isCertain: false, message: 'toy_bind(): </svg><script>' },
  });
  assert.deepEqual(
    steps.map(({ place, line }) => [place, line]),
    [
      ['driver.c:2', 1],
      ['driver.c:3', 2],
    ],
  );
  const [step] = RUN.trace.steps;
  const inWorld = { ...step!, file: 'simulated/scenario.c', line: 2 };
  simulator.answer = { kind: 'run', run: { ...RUN, trace: { ...RUN.trace, steps: [step!, inWorld] } } };
  const withSource = await ask(editor);
  assert.ok(withSource?.kind === 'run');
  assert.deepEqual(
    withSource.run.steps.map(({ line, source }) => [line, source]),
    [
      [1, null],
      [null, { file: 'simulated/scenario.c', line: 1 }],
    ],
  );
  assert.deepEqual(withSource.run.sources, RUN.sources);
  const ofDesign = await ask(editor, { ...QUESTION, design: 'enclosing' });
  assert.ok(ofDesign?.kind === 'run');
  assert.ok(
    ofDesign.run.steps.every(({ line }) => line === null),
    'a design is no document',
  );
  simulator.answer = { kind: 'none', why: 'of another world' };
  assert.deepEqual(await ask(editor), simulator.answer);
});

test('as a picture nothing of the code is markup', async (t) => {
  const simulator = new FakeSimulator();
  const editor = await startEditor(t, { simulator });
  editor.open(URI, CODE);
  await simulator.started(1);
  const picture = () =>
    editor.ask<ScenarioPicture | null>(ScenarioPictureRequest, { uri: URI, batch: 0, run: QUESTION });
  simulator.answer = { kind: 'none', why: 'x' };
  assert.equal(await picture(), null);
  simulator.answer = { kind: 'run', run: RUN };
  const { svg } = (await picture())!;
  assert.match(svg, /^<svg /);
  assert.match(svg, /toy_bind\(\): &lt;\/svg&gt;&lt;script&gt;/);
  assert.doesNotMatch(svg, /<script/);
});

test('the simulating process answers, also for another world and a design, and of old versions nothing', async (t) => {
  const simulator = new ForkedSimulator(join(import.meta.dirname, 'simulator-process.cjs'));
  const editor = await startEditor(t, { openDocument, simulator });
  // The process keeps nobody alive, and neither do streams in memory.
  const alive = setInterval(() => undefined, 1000);
  t.after(() => clearInterval(alive));
  const code = readFileSync(new URL('../../server/simulated/designs/list-per-mm.c', import.meta.url), 'utf8');
  const text = `#include <linux/iommu.h>\n${code}`;
  editor.open(URI, text);
  await editor.diagnostics(URI, 1);
  let answer: ScenarioRunAnswer | null = null;
  const isKnown = async (): Promise<boolean> => {
    answer = await ask(editor, { ...QUESTION, tape: '-' });
    return answer !== null;
  };
  for (let tries = 0; tries < 600 && !(await isKnown()); tries++)
    await new Promise((resolve) => setTimeout(resolve, 100));
  const plain = (answer as ScenarioRunAnswer | null)!;
  assert.ok(plain.kind === 'run');
  const lines = text.split('\n');
  const locked = plain.run.steps.find((step) => step.text === 'takes `iommu_sva_lock`')!;
  assert.match(lines[locked.line!]!, /mutex_lock\(&iommu_sva_lock\)/);
  const { at, step } = plain.run.choices.find(({ kind }) => kind === 'schedule')!;
  const other = await ask(editor, { ...QUESTION, tape: tapeWith(plain.run.answers, at, 1) });
  assert.ok(other?.kind === 'run');
  assert.notEqual(other.run.steps[step - 1]!.lane, plain.run.steps[step - 1]!.lane);
  const design = await ask(editor, {
    ...{ design: 'rfc-v2', scenario: 'two-devices-one-iommu+two-iommus', tape: null },
    isBeforeFailures: false,
  });
  assert.ok(design?.kind === 'run');
  assert.equal(design.run.verdict, 'violated');
  assert.equal((await ask(editor, { ...QUESTION, scenario: 'x' }))?.kind, 'none');
  // What scenarios say is of a version, so that who shows it knows when to ask again.
  const flow = await editor.ask<AttachFlow | null>(AttachFlowRequest, { uri: URI, batch: 0 });
  if (flow) assert.equal(flow.version, 1);
  await simulator.ask({ uri: URI, version: 0, batch: 0, run: QUESTION }).then((of) => assert.equal(of, null));
  const pending = simulator.ask({ uri: URI, version: 1, batch: 0, run: QUESTION });
  simulator.close();
  assert.equal(await pending, null, 'who waits when the process ends is told');
});
