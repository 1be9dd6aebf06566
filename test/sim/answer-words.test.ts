/** What the answers to a question of a run are called by who chooses among them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answerWords, type Choice } from '../../server/src/sim/engine/index.js';

function choice(kind: Choice['kind'], meanings: readonly string[], more: Partial<Choice> = {}): Choice {
  const site = { path: 'a.c', name: 'model_attach', start: 0, end: 1 };
  return { kind, count: meanings.length, taken: 0, cost: 0, isFree: false, site, meanings, ...more };
}

const called = (name: string): string[] =>
  answerWords(choice('fault', [`${name}() succeeds`, `${name}() fails`]));

test('a call that fails says what it gives then', () => {
  assert.deepEqual(called('kzalloc'), ['kzalloc() succeeds', 'kzalloc() fails: NULL']);
  assert.equal(called('xa_insert')[1], 'xa_insert() fails: -ENOMEM');
  assert.equal(called('xa_store')[1], 'xa_store() fails: ERR_PTR(-ENOMEM)');
  assert.equal(called('copy_from_user')[1], 'copy_from_user() fails: a number that is not 0');
  assert.equal(called('no_such_call')[1], 'no_such_call() fails');
});

test('what only the simulation has is told by the function that it stands in', () => {
  assert.deepEqual(called('simulated_command'), [
    "the hardware's part in model_attach() succeeds",
    "the hardware's part in model_attach() fails: -ENOMEM",
  ]);
});

test('who is running goes on, others run here; where nobody was running, whoever is chosen runs here', () => {
  const tasks = ['first', 'device'];
  assert.deepEqual(answerWords(choice('schedule', tasks)), ['first goes on', 'device runs here']);
  assert.deepEqual(answerWords(choice('schedule', tasks, { isFree: true })), [
    'first runs here',
    'device runs here',
  ]);
  assert.deepEqual(answerWords(choice('unknown', ['true', 'false'])), ['true', 'false']);
});
