/** Which series is held against which, as the state of a workspace keeps it. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptComparisons } from '../../client/src/kept-comparisons.js';

/** The state of a workspace, as an editor hands it out again in the next window: as JSON. */
function workspaceState(text = '{}') {
  const values = new Map(Object.entries(JSON.parse(text) as Record<string, unknown>));
  return {
    get: <T>(key: string) => values.get(key) as T | undefined,
    update: async (key: string, value: unknown) => void values.set(key, value),
    text: () => JSON.stringify(Object.fromEntries(values)),
  };
}

test('the next window knows what was held against what', () => {
  const state = workspaceState();
  const before = new KeptComparisons(state);
  before.hold('file:///v3', 'file:///v1');
  before.hold('file:///v3', 'file:///v2');
  before.hold('file:///other', 'file:///v1');
  assert.equal(before.end('file:///other'), true);
  assert.equal(before.end('file:///other'), false);
  const after = new KeptComparisons(workspaceState(state.text()));
  assert.deepEqual(after.pairs(), [['file:///v3', 'file:///v2']]);
  assert.equal(after.against('file:///v3'), 'file:///v2');
  assert.equal(after.against('file:///v2'), undefined);
});

test('closing either of the two ends it for good', () => {
  const state = workspaceState();
  const kept = new KeptComparisons(state);
  kept.hold('file:///b2', 'file:///b1');
  kept.hold('file:///a2', 'file:///a1');
  assert.equal(
    kept.closed((address) => address === 'file:///c'),
    false,
  );
  assert.equal(
    kept.closed((address) => address === 'file:///a1'),
    true,
  );
  assert.deepEqual(new KeptComparisons(workspaceState(state.text())).pairs(), [['file:///b2', 'file:///b1']]);
});

test('a state that somebody else wrote is no comparison', () => {
  for (const kept of ['3', 'null', '[["a","b"]]', '{"a":3,"b":null}'])
    assert.deepEqual(new KeptComparisons(workspaceState(`{"comparisons":${kept}}`)).pairs(), [], kept);
});
