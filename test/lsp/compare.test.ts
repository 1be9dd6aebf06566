/** Two open versions of a series are held against each other, in the lines of their documents. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SeriesComparison } from '../../server/src/protocol/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { series } from '../review/mails.js';
import { startEditor } from './editor.js';
import { FakeSimulator, leakOn } from './fake-simulator.js';

const EARLIER = 'file:///nowhere/v8.mbox';
const LATER = 'file:///nowhere/v9.mbox';

/** A patch of a file that has a function around each of these lines. */
function patch(lines: readonly string[]): string {
  const code = lines.flatMap((line) => [
    `int toy_${line.length}(struct device *dev)`,
    '{',
    `\t${line}`,
    '}',
    '',
  ]);
  return series([[{ path: 'drivers/iommu/toy.c', at: 1, lines: code.map((line) => `+${line}`) }]]);
}

const BUS = 'use(dev->bus->iommu_ops);';
const GROUP = 'dev->bus->iommu_ops->probe(dev);';

const ask = (editor: Awaited<ReturnType<typeof startEditor>>) =>
  editor.ask<SeriesComparison | null>('iommuReview/compare', { uri: LATER, against: EARLIER });

test('what is new, still there and gone stands in the document that has it', async (t) => {
  const editor = await startEditor(t, { openDocument });
  const [before, now] = [patch([BUS]), patch(['int ret;', GROUP, BUS])];
  editor.open(EARLIER, before, 'kernel-patch');
  editor.open(LATER, now, 'kernel-patch');
  const lineOf = (text: string, line: string) => text.split('\n').indexOf(`+\t${line}`);
  const later = await ask(editor);
  assert.deepEqual(
    later?.still.map(({ rule, range }) => [rule, range.start.line]),
    [['bus-iommu-ops', lineOf(now, BUS)]],
  );
  assert.deepEqual(
    later?.fresh.map(({ rule, range }) => [rule, range.start.line]),
    [['bus-iommu-ops', lineOf(now, GROUP)]],
  );
  assert.deepEqual([later?.gone, later?.isOver, later?.remark], [[], true, '']);
  editor.change(LATER, 2, patch(['int ret;']));
  const mended = await ask(editor);
  assert.deepEqual(
    mended?.gone.map(({ rule, severity, range }) => [rule, severity, range.start.line]),
    [['bus-iommu-ops', 'warning', lineOf(before, BUS)]],
  );
  assert.deepEqual([mended?.fresh, mended?.still], [[], []]);
});

test('what runs show is compared as well, and until they are over that is said', async (t) => {
  const simulator = new FakeSimulator();
  const editor = await startEditor(t, { openDocument, simulator });
  editor.open(EARLIER, patch(['int a;']), 'kernel-patch');
  await editor.diagnostics(EARLIER, 1);
  await simulator.started(1);
  simulator.shows([]);
  editor.open(LATER, patch(['int a;']), 'kernel-patch');
  await editor.diagnostics(LATER, 1);
  await simulator.started(2);
  assert.equal((await ask(editor))?.isOver, false);
  const line = patch(['int a;']).split('\n').indexOf('+\tint a;') + 1;
  const source = { path: '/nowhere/v9.mbox', message: '<1@example.org>', line, decodedLine: line };
  simulator.shows([leakOn(3, 'drivers/iommu/toy.c', { source })]);
  const over = await ask(editor);
  assert.deepEqual([over?.isOver, over?.fresh.map(({ rule }) => rule)], [true, ['memory-leak']]);
});

test('there is no comparison with what is not open, or no patch', async (t) => {
  const editor = await startEditor(t, { openDocument });
  editor.open(LATER, patch([BUS]), 'kernel-patch');
  assert.equal(await ask(editor), null);
  editor.open(EARLIER, '#include <linux/iommu.h>\nint a;\n', 'c');
  assert.equal(await ask(editor), null);
});

test('what was not read of one of them is said', async (t) => {
  const editor = await startEditor(t, { openDocument });
  editor.open(EARLIER, patch([BUS]).replace('@@ -1,0 +1,5 @@', '@@ -1,0 +1,9 @@'), 'kernel-patch');
  editor.open(LATER, patch([BUS]), 'kernel-patch');
  const answer = await ask(editor);
  assert.match(answer?.remark ?? '', /v8\.mbox:\d+: /);
  assert.equal(answer?.still.length, 1);
});
