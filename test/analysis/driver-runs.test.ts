/** Runs of a driver's programmes one at a time: what each shows, another answer, and the same on the command line. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DriverProgress,
  type RunQuestion,
  type ScenarioRun,
  TWO_INSTANCES,
  tapeWith,
} from '../../server/src/findings/index.js';
import { SimulatedVersions, simulate } from '../../server/src/review/index.js';
import { TOY_DRIVER } from '../../server/src/rules/toy-driver.js';

const PATH = 'toy.c';
const FUNCTION = 'toy_attach_dev';
const never = (): boolean => false;
const idOf = (programme: string): string => `${TWO_INSTANCES}/${programme}`;

function codeOf(driver: string) {
  const part = { path: PATH, content: `#include <linux/iommu.h>\n${driver}` };
  const versions = new SimulatedVersions();
  const [last] = [...versions.run(part, { tree: null, isCancelled: never })].slice(-1);
  const [[told] = []] = last!.drivers();
  const ask = (programme: string, tape: string | null, more: Partial<RunQuestion> = {}) =>
    versions.answer(
      0,
      {
        ...{ design: null, operation: { function: FUNCTION, file: PATH }, scenario: idOf(programme), tape },
        ...{ isBeforeFailures: false, ...more },
      },
      never,
    );
  const run = (...asked: Parameters<typeof ask>): ScenarioRun => {
    const answer = ask(...asked);
    assert.ok(answer?.kind === 'run', answer?.kind === 'none' ? answer.why : 'nothing is known');
    return answer.run;
  };
  const row = (programme: string): DriverProgress['rows'][number] => {
    const found = told!.rows.find((each) => each.programme === programme);
    assert.ok(found, told!.rows.map((each) => each.programme).join());
    return found;
  };
  return { input: { path: PATH, parts: [part] }, told: told!, ask, run, row };
}

const CHECK = /\tif \(toy->iommu && toy->iommu != iommu\) \{\n[^}]*\}\n/;
assert.match(TOY_DRIVER, CHECK);
const good = codeOf(TOY_DRIVER);
const bad = codeOf(
  TOY_DRIVER.replace(CHECK, '').replace(
    '\ttoy->iommu = iommu;\n',
    '\tif (!toy->iommu)\n\t\ttoy->iommu = iommu;\n',
  ),
);

test('the run that is told of a programme is the one that shows what came of it', () => {
  for (const { told, run, row } of [good, bad])
    for (const { programme, verdict, what, tape } of told.rows) {
      const shown = run(programme, tape);
      assert.equal(shown.trace.tape, tape, programme);
      assert.deepEqual([shown.scenario, shown.verdict.runs], [idOf(programme), 1]);
      assert.equal(shown.verdict.verdict, verdict, `${programme}: ${shown.verdict.why} / ${what}`);
      assert.deepEqual(shown.operation, { function: FUNCTION, file: PATH });
      assert.equal(row(programme).breach !== null, shown.breach !== null, programme);
    }
});

test('a domain of another instance is taken: the step at which the operation comes back breaks it', () => {
  const { breach, tape } = bad.row('foreign');
  const shown = bad.run('foreign', tape);
  assert.equal(shown.breach?.message, `${FUNCTION}(): ${breach!.message}`);
  const broken = shown.trace.steps.filter(({ isViolation }) => isViolation);
  assert.deepEqual(
    broken.map(({ text }) => text),
    [`${FUNCTION}() returns 0`],
  );
  assert.match(shown.story, /^A domain is attached .* Wanted: EINVAL/);
  const held = good.run('foreign', good.row('foreign').tape);
  assert.equal(held.breach, null);
  assert.match(held.verdict.why, /^EINVAL: /);
  assert.deepEqual(
    held.trace.steps.filter(({ isViolation }) => isViolation),
    [],
  );
});

test('all runs of a programme say what check says', () => {
  const { runs, what, verdict, tape } = bad.row('foreign');
  const all = bad.run('foreign', null);
  assert.deepEqual([all.verdict.runs, all.verdict.why, all.verdict.verdict], [runs, what, verdict]);
  assert.equal(all.trace.tape, tape);
});

test('the world of it can be read, and a call that may fail is let fail', () => {
  const plain = good.run('retry', '-');
  assert.deepEqual(
    plain.sources.map(({ file }) => file),
    ['simulated/two-instances.c'],
  );
  const inWorld = plain.trace.steps.find(({ file }) => file === plain.sources[0]!.file)!;
  assert.ok(plain.sources[0]!.text.split('\n')[inWorld.line! - 1]);
  const fault = plain.choices.find(({ kind }) => kind === 'fault');
  assert.ok(fault, 'nothing may fail in it');
  assert.ok(fault.step >= 1 && fault.step <= plain.trace.steps.length);
  const tape = tapeWith(plain.answers, fault.at, 1);
  const failed = good.run('retry', tape);
  assert.equal(failed.choices.find(({ at }) => at === fault.at)?.taken, 1);
  assert.match(failed.trace.steps[fault.step - 1]!.text, / fails$/);
});

test('the tape is that of the command line', () => {
  const { tape } = bad.row('foreign');
  const { drivers } = simulate(bad.input, {
    ...{ tree: null, scenario: idOf('foreign'), functions: [FUNCTION], tape },
  });
  const texts = (steps: readonly { readonly text: string }[]): string[] => steps.map(({ text }) => text);
  assert.deepEqual(texts(drivers[0]!.replayed!.steps), texts(bad.run('foreign', tape).trace.steps));
});

test('what is not there is said', () => {
  const why = (...asked: Parameters<typeof good.ask>): string => {
    const answer = good.ask(...asked);
    assert.ok(answer?.kind === 'none');
    return answer.why;
  };
  assert.match(
    why('foreign', '-', { operation: { function: 'other', file: PATH } }),
    /no operation other\(\)/,
  );
  assert.match(why('nonsense', '-'), /no such programme/);
  assert.match(why('foreign', 'x'), /no tape/);
  assert.match(why('foreign', '9.9.9.9.9.9.9.9'), /question|open/);
});
