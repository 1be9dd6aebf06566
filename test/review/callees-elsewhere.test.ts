/** What is read of a callee that another file of the tree has: the locks that it takes, and whether it sleeps, on every way. */
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openDocument } from '../../server/src/review/index.js';
import { series, treeOf } from './mails.js';

const PATH = 'drivers/iommu/toy/irq.c';
const HEADER = `struct toy { int state; unsigned long flags; spinlock_t lock; spinlock_t other; };
void toy_clear(struct toy *toy);
`;
const CALLER = `#include "toy.h"

void toy_halt(struct toy *toy)
{
	spin_lock(&toy->lock);
	toy_clear(toy);
	spin_unlock(&toy->lock);
}
`;

/** What is said of the caller, its callee being so. */
function said(clear: string, caller = CALLER, wanted = 'deadlock'): readonly string[] {
  const tree = treeOf({
    'include/linux/iommu.h': '',
    'drivers/iommu/toy/toy.h': HEADER,
    'drivers/iommu/toy/device.c': `#include "toy.h"\n\n${clear}`,
    [PATH]: caller,
  });
  const { findings } = openDocument(
    { path: PATH, content: caller, treePath: PATH },
    { tree, simulates: true },
  ).review;
  return findings.filter(({ rule }) => rule === wanted).map(({ region }) => `line ${region?.line}`);
}

describe('who holds a lock calls a function of another file', () => {
  test('that takes it on each of its ways', () => {
    const clear = `void toy_clear(struct toy *toy)
{
	if (test_bit(0, &toy->flags)) {
		toy->flags = 0;
		spin_lock(&toy->lock);
	} else {
		spin_lock(&toy->lock);
	}
	toy->state = 0;
	spin_unlock(&toy->lock);
}
`;
    assert.deepEqual(said(clear), ['line 6']);
  });

  test('that takes it on one way, another lock, or the lock of another object', () => {
    const some = `void toy_clear(struct toy *toy)
{
	if (test_bit(0, &toy->flags))
		return;
	spin_lock(&toy->lock);
	toy->state = 0;
	spin_unlock(&toy->lock);
}
`;
    const other = `void toy_clear(struct toy *toy)
{
	spin_lock(&toy->other);
	toy->state = 0;
	spin_unlock(&toy->other);
}
`;
    assert.deepEqual(said(some), []);
    assert.deepEqual(said(other), []);
    const two = CALLER.replace('struct toy *toy)', 'struct toy *toy, struct toy *next)').replace(
      'toy_clear(toy)',
      'toy_clear(next)',
    );
    assert.deepEqual(said(other.replaceAll('other', 'lock'), two), []);
  });

  test('that nobody else sees under that name', () => {
    const hidden = `static void toy_clear(struct toy *toy)
{
	spin_lock(&toy->lock);
	spin_unlock(&toy->lock);
}
`;
    assert.deepEqual(said(hidden), []);
  });

  test('that sleeps on each of its ways, itself or by what it calls', () => {
    const sleeping = (body: string): readonly string[] =>
      said(
        `void toy_wait(struct toy *toy)
{
	msleep(toy->state);
}

void toy_clear(struct toy *toy)
{
${body}
}
`,
        CALLER,
        'sleep-in-atomic-context',
      );
    assert.deepEqual(sleeping('	msleep(1);'), ['line 6']);
    assert.deepEqual(sleeping('	toy->state = 1;\n	toy_wait(toy);'), ['line 6']);
    assert.deepEqual(sleeping('	if (toy->state)\n		msleep(1);'), []);
    assert.deepEqual(sleeping('	spin_unlock(&toy->lock);\n	msleep(1);\n	spin_lock(&toy->lock);'), []);
  });
});

describe('a callee of a file that is reviewed from its hunks alone', () => {
  const clear = `static void toy_clear(struct toy *toy)
{
	spin_lock(&toy->lock);
	toy->state = 0;
	spin_unlock(&toy->lock);
}

`;
  /** What is said of a patch to a function of the tree, the lines around the change being `around`. */
  function saidOfPatch(around: string): readonly string[] {
    const tree = treeOf({
      'include/linux/iommu.h': '',
      'drivers/iommu/toy/toy.h': HEADER.replace(/void toy_clear.*\n/, ''),
      [PATH]: `#include "toy.h"\n\n${clear}int toy_halt(struct toy *toy)\n{\n\ttoy_clear(toy);\n}\n`,
    });
    const lines = [
      ' int toy_halt(struct toy *toy)',
      ' {',
      '+	spin_lock(&toy->lock);',
      ` 	${around}`,
      '+	spin_unlock(&toy->lock);',
      ' }',
    ];
    const content = series([[{ path: PATH, at: 10, lines }]]);
    const { findings } = openDocument({ path: 'a.patch', content }, { tree, simulates: true }).review;
    return findings.filter(({ rule }) => rule === 'deadlock').map(({ region }) => `line ${region?.line}`);
  }

  test('is not taken from the tree, which has another version of the file', () => {
    assert.deepEqual(saidOfPatch('toy_clear(toy);'), ['line 12']);
    assert.deepEqual(saidOfPatch('toy_clear(toy); /* as it was once */'), []);
  });
});
