/** The cells of the reference designs as data: places in the files as they are shipped, traces of the story alone. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  cellRuns,
  referenceDesigns,
  replayCell,
  scenarioCode,
  scenarioIds,
  scenarioNames,
} from '../../server/src/analysis/index.js';
import type { DesignCell, Trace } from '../../server/src/findings/index.js';

const ran = new Map<string, DesignCell[]>();

function run(design: string, scenario: string): DesignCell[] {
  const key = `${design} ${scenario}`;
  const cells = ran.get(key) ?? cellRuns(design, scenario).map((each) => each.run());
  ran.set(key, cells);
  return cells;
}

/** Of the only scenario of the only cell. */
function traceOf(design: string, scenario: string): Trace {
  const [cell] = run(design, scenario);
  return cell!.scenarios[0]!.trace!;
}

function lineOf(file: string, line: number): string {
  const text = readFileSync(new URL(`../../server/${file}`, import.meta.url), 'utf8');
  return text.split('\n')[line - 1] ?? '';
}

test('every row and every scenario has cells', () => {
  for (const { id } of referenceDesigns) {
    for (const name of scenarioNames(id)) {
      assert.ok(cellRuns(id, name).length > 0, `${id} ${name}`);
      const ids = scenarioIds(id, name);
      assert.ok(ids.length > 0 && (!name.includes('/') || ids[0] === name), `${id} ${name}`);
    }
    assert.deepEqual(cellRuns(id, 'nothing'), []);
  }
});

test('a trace leaves out the making of the world', () => {
  const { steps } = traceOf('rfc-v2', 'same-device-twice');
  assert.equal(steps[0]!.text, 'calls iommu_sva_bind_device()');
  assert.equal(steps[0]!.n, 1);
  assert.ok(
    steps.every(({ text, file }) => !/\bstart_|join_group/.test(text) && file !== 'simulated/world.c'),
  );
  const beside = traceOf('rfc-v2', 'bind-last-put/unbind').steps;
  assert.ok(beside.some(({ lane }) => lane === 'second'));
});

test('a call of a driver is one line, with what it does to objects and to hardware', () => {
  const { steps } = traceOf('rfc-v2', 'same-device-twice');
  const attach = steps.filter(({ text }) => text.includes('model_attach_dev_pasid'));
  assert.equal(attach.length, 1);
  assert.equal(attach[0]!.text, 'model_attach_dev_pasid() returns 0');
  assert.deepEqual(
    attach[0]!.changes.map(({ text }) => text),
    ['M1->mm_count: 1 → 2', 'D1 has the model_domain `own` for PASID 1'],
  );
});

test('a step of the world that has a part in what breaks is a line of its own, and lies in the file that ships', () => {
  const [cell] = run('rfc-v2', 'fault-at-unbind/drains');
  const { breaches, trace } = cell!.scenarios[0]!;
  const [breach] = breaches;
  assert.equal(breach!.function, 'iommu_detach_device_pasid');
  assert.match(lineOf(breach!.file, breach!.line!), /detach_dev_pasid/);
  const noticed = breach!.related.find(({ message }) => message === 'noticed here')!;
  assert.match(lineOf(noticed.file, noticed.line), /flush_workqueue/);
  const last = trace!.steps.at(-1)!;
  assert.ok(last.isViolation);
  assert.match(lineOf(last.file, last.line!), /flush_workqueue/);
});

test('operations of drivers are shown in their own file', () => {
  const id = 'allocation-failures';
  // The first allocation of a domain fails: that of the driver.
  const answers = Array.from({ length: 6 }, (_, at) => [...Array(at).fill(0), 1].join('.'));
  const steps = answers.flatMap((tape) => {
    const again = replayCell('list-per-mm', id, tape);
    assert.equal(again.kind, 'replayed');
    return again.kind === 'replayed' ? again.cells[0]!.scenarios[0]!.trace!.steps : [];
  });
  const worlds = steps.filter(({ file }) => /(?:driver|operations-[\d.]+)\.c$/.test(file));
  assert.ok(worlds.length > 0);
  for (const { file, line, text } of worlds.filter((step) => step.text.endsWith(' fails')))
    assert.ok(lineOf(file, line!).includes(text.slice(0, text.indexOf('('))), `${file}:${line} ${text}`);
});

test('each place of a trace has code, and a call of the scenario the code of that call', () => {
  for (const id of ['same-device-twice', 'fault-at-unbind/drains']) {
    const scenario = scenarioCode('rfc-v2', id).split('\n');
    const { steps } = traceOf('rfc-v2', id);
    const isScenario = (file: string) => file === 'simulated/scenario.c';
    for (const { file, line } of steps)
      assert.match(isScenario(file) ? scenario[line! - 1]! : lineOf(file, line!), /\w/, `${file}:${line}`);
    const calls = steps.flatMap(({ file, line, text }) => {
      const name = /^calls (\w+)\(\)$/.exec(text)?.[1];
      return name !== undefined && isScenario(file) ? [{ line, name }] : [];
    });
    assert.ok(calls.length > 1);
    for (const { line, name } of calls) assert.ok(scenario[line! - 1]!.includes(`${name}(`), `${id}:${line}`);
  }
});

test('what only another scenario shows says so, and has no tape', () => {
  const [cell] = run('rfc-v2', 'two-devices-two-iommus/shared');
  const [scenario] = cell!.scenarios;
  assert.equal(cell!.verdict, 'violated');
  assert.equal(cell!.tape, null);
  assert.deepEqual([scenario!.shownBy, scenario!.trace], ['two-devices-two-iommus/strict', null]);
});

test('a form of a design that a patch makes is named', () => {
  assert.deepEqual(
    run('list-per-mm', 'same-device-twice').map(({ changedBy }) => changedBy),
    [
      null,
      'simulated/variants/list-per-mm-6.8-rc1.patch',
      'simulated/variants/list-per-mm-6.8-rc-repair.patch',
    ],
  );
});
