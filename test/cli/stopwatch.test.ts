/** Where a review spends its time, told by whoever has a clock. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stopwatch } from '../../server/src/cli/stopwatch.js';
import { review } from '../../server/src/review/index.js';

test('adds up the time of each phase', () => {
  let now = 100;
  const stopwatch = new Stopwatch(() => now);
  const spend = (phase: 'parse' | 'rules', milliseconds: number): void => {
    stopwatch.enter(phase);
    now += milliseconds;
  };
  spend('parse', 5);
  spend('rules', 7.04);
  spend('parse', 0.5);
  stopwatch.stop();
  now += 1000;
  assert.deepEqual(stopwatch.milliseconds, { parse: 5.5, rules: 7, simulate: 0 });
});

test('a review tells its phases, and begins by reading', () => {
  const phases: string[] = [];
  review([{ path: 'a.c', parts: [{ path: 'a.c', content: 'int a;\n' }] }], {
    tree: null,
    enter: (phase) => phases.push(phase),
  });
  assert.deepEqual(phases, ['parse', 'rules', 'simulate', 'rules', 'parse']);
});
