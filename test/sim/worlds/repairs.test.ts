/**
 * Each repair makes the cells right that the defect makes wrong: a scenario
 * that found something finds nothing in the repaired design.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CELLS, type CellRow, cellOf, designNamed } from '../../../server/src/sim/worlds/index.js';
import { REPAIR_NAMES } from './sources.js';

interface Repair {
  readonly design: string;
  readonly row: string;
  /** Which variants of the row, by a part of their circumstances; all, when it is left out. */
  readonly when?: RegExp;
  /** What it leaves as it was, and why that is right. */
  readonly leaves?: readonly string[];
}

const REPAIRS: Readonly<Record<string, readonly Repair[]>> = {
  'rfc-v2-unlock': [{ design: 'rfc-v2', row: 'same-device-twice' }],
  'rfc-v2-compatibility': [{ design: 'rfc-v2', row: 'two-devices-two-iommus' }],
  'rfc-v2-no-iommu': [{ design: 'rfc-v2', row: 'no-pasid', when: /without/ }],
  'rfc-v2-errno': [{ design: 'rfc-v2', row: 'allocation-failures' }],
  'rfc-v2-pasid-while-used': [{ design: 'rfc-v2', row: 'exit-before-unbind', when: /last user/ }],
  'rfc-v2-patch-3-lock': [
    { design: 'rfc-v2', row: 'bind-bind', when: /patch 3/ },
    { design: 'rfc-v2', row: 'bind-last-put', when: /patch 3/ },
  ],
  'rfc-v2-fault-pins-mm': [
    { design: 'rfc-v2', row: 'bind-last-put', when: /whole series/ },
    { design: 'rfc-v2', row: 'fault-at-unbind' },
  ],
  'rfc-v2-group': [{ design: 'rfc-v2', row: 'group-of-two', when: /one device/ }],
  // That bind is refused on x86 stays: it is what the backport is for.
  'per-group-6.6-x86-free': [
    { design: 'per-group', row: 'allocation-failures', when: /X86/, leaves: ['ERRNO'] },
  ],
  'per-group-rollback': [{ design: 'per-group', row: 'group-of-two' }],
  'per-group-fault-pins-mm': [{ design: 'per-group', row: 'fault-at-unbind', when: /not drain/ }],
  'list-per-mm-6.8-rc1-reuse': [{ design: 'list-per-mm', row: 'same-device-twice', when: /rc1/ }],
  'list-per-mm-6.8-rc-repair-complete': [
    { design: 'list-per-mm', row: 'same-device-twice', when: /rc repair/ },
  ],
  'list-per-mm-fault-pins-mm': [{ design: 'list-per-mm', row: 'fault-at-unbind', when: /not drain/ }],
};

/** Of a device without an IOMMU the matrix says nothing there, but the design follows a pointer that is NULL. */
const NO_IOMMU: CellRow = { row: 'no-pasid', when: null, plays: ['no-pasid/no-iommu'] };

for (const [name, repairs] of Object.entries(REPAIRS))
  for (const { design, row, when = /^/, leaves = [] } of repairs)
    for (const each of (CELLS[design] ?? []).filter((cell) => cell.row === row && when.test(cell.when ?? '')))
      test(`${name}: ${row}, ${each.when ?? 'always'}`, () => checkRepair(name, design, each, leaves));

test('per-group-no-iommu: no-pasid, no-pasid/no-iommu', () =>
  checkRepair('per-group-no-iommu', 'per-group', NO_IOMMU, []));

test('every repair is tried', () => {
  assert.deepEqual([...Object.keys(REPAIRS), 'per-group-no-iommu'].sort(), REPAIR_NAMES);
});

function checkRepair(name: string, design: string, row: CellRow, leaves: readonly string[]): void {
  const known = designNamed(design)!;
  const before = cellOf(known, row);
  assert.equal(before.verdict, 'violated');
  const after = cellOf(known, row, [textOf(name)]);
  assert.deepEqual(after.monitors, leaves);
  if (leaves.length === 0) assert.equal(after.verdict, 'held');
  else assert.notDeepEqual(before.monitors, after.monitors);
}

function textOf(name: string): string {
  return readFileSync(fileURLToPath(new URL(`repairs/${name}.patch`, import.meta.url)), 'utf8');
}
