/** The steps of a run that a breach is told by. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { upTo } from '../../server/src/analysis/scenario-traces.js';

type Steps = Parameters<typeof upTo>[0];
type Breach = Parameters<typeof upTo>[1];

const site = (path: string, start: number) => ({ path, name: 'f', start, end: start + 1 });

function stepsOf(...violations: readonly [path: string, start: number, words: string][]): Steps {
  return violations.map(([path, start, words]) => ({
    ...{ task: 'caller', depth: 0, words, site: site(path, start) },
    ...{ changes: [], locks: [], isViolation: true },
  }));
}

test('a run is told up to the breach in its file, not to one that another file has at the same place', () => {
  const steps = stepsOf(
    ['a.c', 1, 'reads a freed object'],
    ['b.c', 1, 'reads a freed object'],
    ['b.c', 2, 'x'],
  );
  const at = (path: string): Steps =>
    upTo(steps, { site: site(path, 1), words: 'reads a freed object' } as Breach);
  assert.equal(at('a.c').length, 1);
  assert.equal(at('b.c').length, 2);
  assert.equal(at('c.c').length, 3);
});
