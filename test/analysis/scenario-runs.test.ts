/** Runs of scenarios one at a time: what they leave open, another answer to that, other worlds, other designs. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { type RunQuestion, type ScenarioRun, tapeWith } from '../../server/src/findings/index.js';
import { SimulatedVersions, simulate } from '../../server/src/review/index.js';

const never = (): boolean => false;

function codeOf(design: string) {
  const path = `${design}.c`;
  const content = readFileSync(new URL(`../../server/simulated/designs/${path}`, import.meta.url), 'utf8');
  const versions = new SimulatedVersions();
  // What is asked for needs none of the runs of the functions.
  for (const _ of versions.run({ path, content }, { tree: null, isCancelled: never })) break;
  const ask = (scenario: string, more: Partial<RunQuestion> = {}, isCancelled = never) =>
    versions.answer(0, { design: null, scenario, tape: null, isBeforeFailures: false, ...more }, isCancelled);
  const run = (...asked: Parameters<typeof ask>): ScenarioRun => {
    const answer = ask(...asked);
    assert.ok(answer?.kind === 'run', answer?.kind === 'none' ? answer.why : 'nothing is known');
    return answer.run;
  };
  const why = (...asked: Parameters<typeof ask>): string => {
    const answer = ask(...asked);
    assert.ok(answer?.kind === 'none');
    return answer.why;
  };
  return { input: { path, parts: [{ path, content }] }, run, why };
}

const list = codeOf('list-per-mm');
const rfc = codeOf('rfc-v2');

test('a scenario in which nothing breaks has a run too, its plainest', () => {
  const { verdict, breach, trace, choices } = list.run('same-device-twice');
  assert.deepEqual([verdict.verdict, verdict.runs, breach, choices], ['held', 1, null, []]);
  assert.match(trace.tape, /^-~/);
  assert.ok(trace.steps.length > 50);
});

test('a call that may fail is let fail, and the run is the one that the command line has of that tape', () => {
  const plain = list.run('same-device-twice+failures', { tape: '-' });
  assert.equal(plain.breach, null);
  const calls = plain.choices.filter(({ kind }) => kind === 'fault');
  const made = calls.find(({ answers }) => answers[1] === 'kzalloc() fails: NULL')!;
  assert.equal(made.answers[0], 'kzalloc() succeeds');
  assert.match(plain.trace.steps[made.step - 1]!.text, /^kzalloc\(/);
  assert.match(made.place, /^list-per-mm\.c:\d+$/);
  const tape = tapeWith(plain.answers, made.at, 1);
  const failed = list.run('same-device-twice+failures', { tape });
  assert.equal(failed.trace.steps[made.step - 1]!.text, 'kzalloc() fails');
  assert.deepEqual(failed.trace.steps.slice(0, made.step - 1), plain.trace.steps.slice(0, made.step - 1));
  assert.deepEqual(failed.answers.slice(0, made.at), plain.answers.slice(0, made.at));
  assert.equal(failed.choices.find(({ at }) => at === made.at)?.taken, 1);
  const { attached } = simulate(list.input, {
    ...{ tree: null, scenario: 'same-device-twice+failures', tape: failed.trace.tape },
  });
  assert.deepEqual(attached[0]?.scenarios[0]?.replayed, failed.trace);
  assert.deepEqual(list.run('same-device-twice+failures', { tape: failed.trace.tape }), failed);
});

test('who runs is chosen at each step at which another could', () => {
  const plain = list.run('bind-bind', { tape: '-' });
  const [first] = plain.choices;
  assert.deepEqual(first!.answers, ['first runs here', 'second runs here']);
  const here = plain.choices.find(({ code }) => code === 'mutex_lock(&iommu_sva_lock)')!;
  assert.deepEqual(here.answers, ['first goes on', 'second runs here']);
  const other = list.run('bind-bind', { tape: tapeWith(plain.answers, here.at, 1) });
  assert.deepEqual(
    [plain.trace.steps[here.step - 1]!.lane, other.trace.steps[here.step - 1]!.lane],
    ['first', 'second'],
  );
});

test('every other answer to every question is a run, and the answers before it are kept', () => {
  for (const scenario of ['bind-last-put/unbind', 'two-devices-one-iommu+failures']) {
    const plain = list.run(scenario, { tape: '-' });
    assert.ok(plain.choices.length > 5);
    for (const { at, answers, step } of plain.choices) {
      assert.ok(step >= 1 && step <= plain.trace.steps.length);
      for (let answer = 1; answer < answers.length; answer++) {
        const run = list.run(scenario, { tape: tapeWith(plain.answers, at, answer) });
        assert.deepEqual(run.answers.slice(0, at + 1), [...plain.answers.slice(0, at), answer]);
        assert.equal(run.breach, null, `${scenario} ${run.trace.tape}: ${run.breach?.message}`);
      }
    }
  }
});

test('a run in which no call failed is the same where calls may fail, with that as questions', () => {
  const { tape } = rfc.run('bind-last-put/unbind', { tape: '0.0.0.0.0.0.0.0.0.1' }).trace;
  const before = rfc.run('bind-last-put/unbind', { tape });
  const with_ = rfc.run('bind-last-put/unbind+failures', { tape, isBeforeFailures: true });
  assert.deepEqual(
    with_.trace.steps.map(({ text }) => text),
    before.trace.steps.map(({ text }) => text),
  );
  assert.ok(with_.choices.some(({ kind }) => kind === 'fault'));
  // Its name is one of the scenario in which calls fail.
  const again = rfc.run('bind-last-put/unbind+failures', { tape: with_.trace.tape });
  assert.deepEqual(again.trace, with_.trace);
});

test('in another world all runs are explored, and the first that breaks a rule is shown', () => {
  const fits = rfc.run('two-devices-one-iommu');
  assert.equal(fits.verdict.verdict, 'held');
  const breaks = rfc.run('two-devices-one-iommu+two-iommus');
  assert.equal(breaks.verdict.verdict, 'violated');
  assert.match(breaks.breach!.message, /^iommu_sva_bind_device\(\): bind of D3 to M1 fails/);
  assert.ok(breaks.trace.steps.some(({ isViolation }) => isViolation));
  assert.match(breaks.story, /second IOMMU of the same driver\.$/);
  assert.ok(
    breaks.variants.some(
      ({ id, isOn, other }) => id === 'two-iommus' && isOn && other === 'two-devices-one-iommu',
    ),
  );
});

test('a design beside it says what the matrix says of it, in its own code', () => {
  const scenario = 'two-devices-two-iommus/strict';
  const verdicts = ['rfc-v2', 'enclosing', 'per-group', 'list-per-mm'].map(
    (design) => list.run(scenario, { design }).verdict.verdict,
  );
  assert.deepEqual(verdicts, ['violated', 'held', 'held', 'held']);
  const { trace, breach } = list.run(scenario, { design: 'rfc-v2' });
  assert.ok(trace.steps.some(({ file }) => file === 'simulated/designs/rfc-v2.c'));
  assert.match(breach!.message, /^iommu_sva_bind_device\(\): bind of D3/);
  // Another answer there is a run of the design.
  const plain = list.run('bind-bind', { design: 'per-group', tape: '-' });
  const { at } = plain.choices.find(({ kind }) => kind === 'schedule')!;
  const other = list.run('bind-bind', { design: 'per-group', tape: tapeWith(plain.answers, at, 1) });
  assert.equal(other.trace.steps[0]!.lane, 'second');
});

test('what stands in no folder comes with the run: the scenario, the drivers, the design', () => {
  const { trace, sources } = list.run('two-devices-one-iommu+failures', { design: 'per-group', tape: '-' });
  assert.deepEqual(sources.map(({ file }) => file).sort(), [
    'simulated/designs/per-group.c',
    'simulated/scenario.c',
  ]);
  for (const { file, line, text } of trace.steps) {
    const called = /^calls (\w+)\(\)$/.exec(text)?.[1];
    if (!called?.startsWith('iommu_')) continue;
    const source = sources.find((each) => each.file === file)!;
    assert.ok(source.text.split('\n')[line! - 1]?.includes(`${called}(`), `${file}:${line}: ${text}`);
  }
  // The code under review is the user's own.
  const own = list.run('two-devices-one-iommu', { tape: '-' });
  assert.deepEqual(
    own.sources.map(({ file }) => file),
    ['simulated/scenario.c'],
  );
});

test('what is not there says why', () => {
  assert.equal(list.why('no-such'), 'there is no such scenario');
  assert.equal(list.why('bind-bind+no-drain'), 'no device asks for a page in this scenario');
  assert.equal(list.why('same-device-twice', { tape: 'x' }), 'that is no tape');
  assert.match(list.why('same-device-twice', { tape: '1' }), /leaves 0 questions open/);
  assert.match(list.why('bind-last-put/fault', { design: 'list-per-mm' }), /the design is not asked this/);
  assert.equal(list.why('bind-bind', { design: 'x' }), 'there is no such design');
});

test('who does not wait any longer gets what was explored by then, and it is not taken for all', () => {
  const cut = list.run('bind-bind+failures', {}, () => true);
  assert.deepEqual([cut.verdict.explored, cut.verdict.why], ['to-bound', 'cancelled']);
  assert.ok(list.run('bind-bind', {}).verdict.runs > cut.verdict.runs);
});

test('objects of one name are told apart where a run is walked through, and the command line calls them as they are', () => {
  const id = 'two-devices-two-iommus';
  const { trace } = list.run(id, { tape: '-' });
  const changes = trace.steps.flatMap((step) => step.changes.map(({ text }) => text));
  for (const text of [
    'own',
    'own->users = 1',
    'own#2',
    'own#2->users = 1',
    'handle#2->domain: &own → &own#2->domain',
  ])
    assert.ok(changes.includes(text), text);
  const { attached } = simulate(list.input, { tree: null, scenario: id });
  const told = JSON.stringify(attached[0]?.scenarios.map((each) => each.breaches));
  assert.doesNotMatch(told, /own#2/);
});
