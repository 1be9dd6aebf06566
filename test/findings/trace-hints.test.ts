/** What a trace says beside the lines of the code that it runs through. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type TraceStep, traceHints } from '../../server/src/findings/index.js';

const CODE = [
  'bond = kzalloc(sizeof(*bond), GFP_KERNEL);',
  'mutex_lock(&group->mutex);',
  'bond->users = 1;',
  'ret = attach(bond);',
  'bond_get(bond);',
  'mutex_unlock(&group->mutex);',
  'kfree(bond);',
];

function step(line: number, text: string, more: Partial<TraceStep> = {}): TraceStep {
  return {
    ...{ n: line, lane: 'bind', file: 'toy.c', line, depth: 0, text },
    ...{ changes: [], locks: [], isViolation: false },
    ...more,
  };
}

function hintsOf(steps: readonly TraceStep[]): string[] {
  const lineOf = ({ file, line }: TraceStep) => (file === 'toy.c' && line !== null ? line - 1 : null);
  const hints = traceHints({ scenario: 'alone', tape: '', steps }, lineOf, (line) => CODE[line] ?? '');
  return hints.map(({ line, words }) => `${line + 1} ${words}`);
}

const LOCKED = { locks: ['`group->mutex`'] };

test('counts, locks and objects are told on their lines, in few words', () => {
  const steps = [
    step(1, 'kzalloc(sizeof(*bond), GFP_KERNEL)', { changes: [{ kind: 'added', text: 'bond' }] }),
    step(2, 'takes `group->mutex`', LOCKED),
    step(3, '', { ...LOCKED, changes: [{ kind: 'modified', text: 'bond->users = 1' }] }),
    step(4, 'calls attach()', LOCKED),
    step(9, 'kmalloc() fails', { ...LOCKED, file: 'other.c' }),
    step(4, 'attach() returns -12', LOCKED),
    step(5, 'refcount_inc(&bond->users)', {
      ...LOCKED,
      changes: [{ kind: 'modified', text: 'bond->users: 1 → 2' }],
    }),
    step(6, 'releases `group->mutex`'),
    step(7, 'kfree(bond)', { changes: [{ kind: 'freed', text: 'bond' }], isViolation: true }),
  ];
  assert.deepEqual(hintsOf(steps), [
    '1 new bond',
    '2 holds group->mutex',
    '3 = 1',
    '4 = -12',
    '5 bond->users 1 → 2',
    '6 holds nothing',
    '7 frees bond, ✗ breaks here',
  ]);
});

test('a line that is passed again says so, and a loop is cut short', () => {
  const counts = (from: number) =>
    step(5, '', { changes: [{ kind: 'modified', text: `bond->users: ${from} → ${from + 1}` }] });
  assert.deepEqual(hintsOf([counts(1), counts(2)]), ['5 bond->users 1 → 2; then bond->users 2 → 3']);
  assert.match(hintsOf([1, 2, 3, 4, 5].map(counts))[0]!, /3 → 4; then …$/);
  const same = step(4, 'attach() returns 0');
  assert.deepEqual(hintsOf([same, same]), ['4 = 0'], 'the same twice is told once');
});

test('of several tasks each says its name, and holds its own locks', () => {
  const steps = [
    step(2, 'takes `group->mutex`', LOCKED),
    step(1, 'kzalloc() fails', { lane: 'exit' }),
    step(4, 'attach() returns 0', LOCKED),
  ];
  assert.deepEqual(hintsOf(steps), ['1 exit: fails', '2 bind: holds group->mutex', '4 bind: = 0']);
});

test('what a patch writes to disturb a terminal or a page is text', () => {
  const hostile = step(4, 'attach() returns \u001b[31m\u202e<b>x</b>');
  assert.deepEqual(hintsOf([hostile]), ['4 = ·[31m·<b>x</b>']);
});
