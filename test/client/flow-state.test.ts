/** What the simulator panel says is so at a step. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lanesOf, stateAt, textOf } from '../../client/panel/flow-state.js';
import type { FlowStep } from '../../server/src/protocol/index.js';
import { step } from './steps.js';

const STEPS: readonly FlowStep[] = [
  step('first', 'mutex_lock(&lock)', { locks: ['lock'] }),
  step('first', 'kzalloc()', { locks: ['lock'], changes: [{ kind: 'added', text: 'bond' }] }),
  step('second', '', { changes: [{ kind: 'modified', text: 'bond->users = 1' }] }),
  step('first', '', { locks: [], depth: 1, changes: [{ kind: 'modified', text: 'bond->users: 1 → 2' }] }),
  step('second', 'kfree(bond)', { changes: [{ kind: 'freed', text: 'bond' }], isViolation: true }),
];

test('lanes come in the order in which they come up', () => {
  assert.deepEqual(lanesOf(STEPS), ['first', 'second']);
});

test('locks are those of the latest step of each lane', () => {
  const held = (index: number) => Object.fromEntries(stateAt(STEPS, index).locks);
  assert.deepEqual(held(0), { first: ['lock'], second: [] });
  assert.deepEqual(held(2), { first: ['lock'], second: [] });
  assert.deepEqual(held(3), { first: [], second: [] });
});

test('objects read as they were left last, the latest first', () => {
  const known = (index: number) =>
    stateAt(STEPS, index).known.map(({ name, value, before, kind, isNew }) =>
      [name, before && `${before} →`, value, kind === 'freed' ? 'freed' : '', isNew ? 'new' : '']
        .filter(Boolean)
        .join(' '),
    );
  assert.deepEqual(known(0), []);
  assert.deepEqual(known(2), ['bond->users 1 new', 'bond']);
  assert.deepEqual(known(3), ['bond->users 1 → 2 new', 'bond']);
  assert.deepEqual(known(4), ['bond freed new', 'bond->users 1 → 2']);
});

test('what the hardware has is told by device and PASID, not as an object', () => {
  const changed = (text: string): FlowStep => step('first', '', { changes: [{ kind: 'modified', text }] });
  const steps = [
    changed('D1 has the model_domain `own` for PASID 1'),
    changed('D3 has own for PASID 1'),
    changed('D1 is blocked for PASID 1'),
  ];
  const at = (index: number) =>
    stateAt(steps, index).attachments.map(({ device, pasid, domain, isNew }) =>
      [device, pasid, domain || 'blocked', isNew ? 'new' : ''].filter(Boolean).join(' '),
    );
  assert.deepEqual(at(1), ['D1 1 model_domain own', 'D3 1 own new']);
  assert.deepEqual(at(2), ['D1 1 blocked new', 'D3 1 own']);
  assert.deepEqual(stateAt(steps, 2).known, []);
});

test('as text every step has its line', () => {
  assert.deepEqual(textOf(STEPS).split('\n').slice(2), [
    '  3  second  a.c:1  ~ bond->users = 1',
    '  4  first   a.c:1    ~ bond->users: 1 → 2',
    '  5  second  a.c:1  ✗ kfree(bond)   − bond',
  ]);
});
