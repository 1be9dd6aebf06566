/** What the simulator panel says of a run beside its steps: what is open in it, objects and who refers to them, hovers on lines. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stateAt } from '../../client/panel/flow-state.js';
import { objectIn, objectsOf } from '../../client/panel/objects.js';
import { commandOf, nextOpen, otherRun, questionsAt, sorted, unusual } from '../../client/panel/questions.js';
import { firstOf, groupsOf, keyOf, telling } from '../../client/panel/scenario-list.js';
import { runWords, verdictWords } from '../../client/panel/words.js';
import { hoverTexts } from '../../client/src/run-hovers.js';
import { type FlowScenario, tapeWith } from '../../server/src/protocol/index.js';
import { choice, run, step } from './steps.js';

test('another answer is a tape that ends with it', () => {
  assert.equal(tapeWith([0, 1, 0, 0], 2, 1), '0.1.1');
  assert.equal(tapeWith([0, 1, 0, 0], 3, 0), '0.1');
  assert.equal(tapeWith([0, 1], 1, 0), '-');
  const asked = run({ scenario: 'bind-bind+failures', answers: [0, 0, 1], choices: [choice(1, 4)] });
  assert.deepEqual(otherRun(asked, asked.choices[0]!, 1, 'enclosing'), {
    ...{ design: 'enclosing', scenario: 'bind-bind+failures', tape: '0.1', isBeforeFailures: false },
  });
});

test('the words to copy repeat a run on the command line', () => {
  const shown = run({ scenario: 'bind-bind+failures', tape: '0.1~ab12' });
  assert.equal(commandOf(shown, null), '--scenario bind-bind+failures --tape 0.1~ab12');
  assert.equal(
    commandOf(shown, 'per-group'),
    '--design per-group --scenario bind-bind+failures --tape 0.1~ab12',
  );
});

test('a run of a driver is one of its operation', () => {
  const operation = { function: 'toy_attach', file: 'a/toy.c' };
  const asked = run({
    ...{ scenario: 'two-instances/foreign', operation, tape: '0.1~ab12', answers: [0, 1] },
    choices: [choice(0, 1)],
  });
  assert.deepEqual(otherRun(asked, asked.choices[0]!, 1, null).operation, operation);
  assert.equal(
    commandOf(asked, null),
    '--scenario two-instances/foreign --function toy_attach --tape 0.1~ab12',
  );
  const held = run({ operation, verdict: 'held', why: 'EINVAL: it is refused', breach: null, runs: 3 });
  assert.equal(runWords(held), '✓ EINVAL: it is refused');
  assert.equal(verdictWords(held), '✓ held: EINVAL: it is refused (3 runs, explored to a bound)');
  assert.equal(
    runWords(run({ operation, verdict: 'violated', why: 'accepted this way', breach: null })),
    '✗ accepted this way',
  );
});

const listed = (
  id: string,
  verdict: FlowScenario['verdict'],
  more: Partial<FlowScenario> = {},
): FlowScenario => ({
  ...{ id, story: '', verdict, explored: 'to-bound', runs: 1, why: '', breach: null, ...more },
});

test('scenarios are listed by what came of them, those of a driver by operation', () => {
  const of = (name: string, file = 'drivers/a.c') => ({ operation: { function: name, file } });
  const breach = {
    title: 't',
    isCertain: true,
    message: 'm',
    tape: '0.2',
    scenario: 'two-instances/foreign',
  };
  const all = [
    listed('bind-bind', 'held'),
    listed('exit', 'violated'),
    listed('two-instances/move', 'held', { ...of('attach'), tape: '0.1' }),
    listed('two-instances/foreign', 'violated', { ...of('attach'), breach }),
    listed('two-instances/foreign', 'not-modelled', of('set_pasid')),
    listed('two-instances/foreign', 'held', of('set_pasid', 'drivers/b.c')),
  ];
  assert.deepEqual(
    groupsOf(all).map(({ label, options }) => [label, options.map((each) => each.label)]),
    [
      ['violated (1)', ['✗ exit']],
      ['held (1)', ['✓ bind-bind']],
      ['attach() on two instances', ['✗ foreign', '✓ move']],
      ['set_pasid() in a.c on two instances', ['? foreign']],
      ['set_pasid() in b.c on two instances', ['✓ foreign']],
    ],
  );
  assert.equal(new Set(all.map(keyOf)).size, all.length);
  assert.equal(telling(all), all[3]);
  assert.equal(telling(all, 'set_pasid'), all[4]);
  assert.equal(telling(all, 'nobody'), null);
  assert.deepEqual(firstOf(all[2]!), {
    ...{
      design: null,
      ...of('attach'),
      scenario: 'two-instances/move',
      tape: '0.1',
      isBeforeFailures: false,
    },
  });
  assert.deepEqual([firstOf(all[3]!).tape, firstOf(all[0]!).tape], ['0.2', '-']);
});

test('what is open stands at its step, and is found from step to step', () => {
  const asked = run({ choices: [choice(0, 2), choice(1, 2), choice(2, 5, { taken: 1 })] });
  const at = (index: number) => questionsAt(asked, index).map((each) => each.at);
  assert.deepEqual([at(0), at(1), at(4)], [[], [0, 1], [2]]);
  assert.deepEqual(
    unusual(asked).map((each) => each.at),
    [2],
  );
  assert.deepEqual([nextOpen(asked, 0, 1), nextOpen(asked, 1, 1), nextOpen(asked, 4, 1)], [1, 4, null]);
  assert.deepEqual([nextOpen(asked, 4, -1), nextOpen(asked, 1, -1)], [1, null]);
});

test('calls that may fail come first, and of many places for another task one', () => {
  const fault = choice(3, 1, { kind: 'fault', answers: ['kzalloc() succeeds', 'kzalloc() fails: NULL'] });
  const taken = choice(2, 1, { taken: 1 });
  const { first, more } = sorted([choice(0, 1), choice(1, 1), taken, fault]);
  assert.deepEqual([first.map(({ at }) => at), more.map(({ at }) => at)], [[2, 3, 0], [1]]);
});

test('an object has its members, and those that refer to it until they are freed', () => {
  const changed = (kind: 'added' | 'modified' | 'freed', text: string) =>
    step('first', '', { changes: [{ kind, text }] });
  const steps = [
    changed('added', 'bond'),
    changed('modified', 'bond->domain = &own->domain'),
    changed('modified', 'list[1] = &own'),
    changed('modified', 'own->list = &own->list'),
    changed('modified', 'handle = &bond'),
    changed('freed', 'bond'),
  ];
  const at = (index: number) =>
    objectsOf(stateAt(steps, index).known).map(({ name, self, members, referredBy, isNew }) => [
      [isNew ? '*' : '', name, self?.kind ?? ''].join(''),
      members.map((each) => each.name).join(' '),
      referredBy.map((each) => each.name).join(' '),
    ]);
  assert.deepEqual(at(2), [
    ['*list', 'list[1]', ''],
    ['bondadded', 'bond->domain', ''],
    ['*own', '', 'list[1] bond->domain'],
  ]);
  assert.deepEqual(at(5), [
    ['*bondfreed', 'bond->domain', 'handle'],
    ['handle', 'handle', ''],
    ['own', 'own->list', 'list[1]'],
    ['list', 'list[1]', ''],
  ]);
  assert.deepEqual(['g1->pasid_array[1]', 'own.users', 'lock'].map(objectIn), ['g1', 'own', 'lock']);
});

test('verdicts say what breaks and how far was looked, of one run only what it does', () => {
  const breach = { title: 'leak', isCertain: false, message: 'f(): leaks' };
  const explored = { explored: 'completely', runs: 12 } as const;
  assert.equal(
    verdictWords(run({ ...explored, verdict: 'violated', breach })),
    '✗ violated: leak (possible): f(): leaks (12 runs, completely explored)',
  );
  assert.equal(verdictWords(run()), '✓ held: nothing breaks (1 run, explored to a bound)');
  assert.equal(runWords(run()), '✓ nothing breaks in it');
  assert.equal(runWords(run({ verdict: 'not-modelled', why: 'x' })), '? not modelled, because x');
  assert.equal(runWords(run({ breach })), '✗ leak (possible): f(): leaks');
});

test('a line has the steps that stand on it, each on one line, and of many the first and the last', () => {
  const hostile = 'a\n[x](command:evil)\n```\n<img src=x>';
  const steps = [
    step('first', 'takes `lock`', { line: 3 }),
    step('second', hostile, { line: 3, changes: [{ kind: 'freed', text: 'bond' }], isViolation: true }),
    step('second', 'elsewhere', { line: null }),
    ...Array.from({ length: 40 }, (_, index) => step('first', `turn ${index}`, { line: 9 })),
  ];
  const texts = hoverTexts(steps);
  assert.deepEqual([...texts.keys()], [3, 9]);
  assert.deepEqual(texts.get(3)?.split('\n'), [
    '  1  first  takes `lock`',
    '  2  second  ✗ a [x](command:evil) ``` <img src=x>   − bond',
  ]);
  const many = texts.get(9)!.split('\n');
  assert.equal(many.length, 13);
  assert.deepEqual(
    [many[0], many[6], many[12]],
    ['  4  first  turn 0', '     … 28 more', ' 43  first  turn 39'],
  );
});
