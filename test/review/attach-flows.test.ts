/**
 * Code under review in the scenarios: what the founding patch, its series and
 * Linux 6.12 come to, and that a run proves what a rule objects to instead of
 * saying it once more.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { treeOnDisk } from '../../server/src/cli/tree-on-disk.js';
import type { Finding } from '../../server/src/findings/index.js';
import { review } from '../../server/src/review/index.js';
import type { TreeReader } from '../../server/src/tree/index.js';
import { anonymous, readEditable, writeEditable } from './patches.js';

const SHARED = fileURLToPath(new URL('../../../shared/', import.meta.url));
const FOUNDING = join(SHARED, 'corpus/founding/rfc-v2-03.mbox');
const SERIES = join(SHARED, 'corpus/founding/rfc-v2-series.mbox');
const SAMPLE = fileURLToPath(new URL('../../samples/sva-domain-cache.patch', import.meta.url));
const skip = existsSync(FOUNDING) ? false : '../shared is not here';

function reviewed(path: string, content: string, tree: TreeReader | null = null) {
  return review([{ path, parts: [{ path, content }] }], { tree });
}

/** By rule, the scenario whose run proves a finding. */
function proofs(findings: readonly Finding[]): Record<string, string> {
  return Object.fromEntries(
    findings.flatMap(({ rule, trace, severity }) =>
      trace && severity === 'warning' ? [[rule, trace.scenario]] : [],
    ),
  );
}

/** By row, what the flows of an input came to. */
function verdicts(flows: ReturnType<typeof reviewed>['flows']): Record<string, string> {
  const scenarios = flows.find((each) => each.scenarios.length > 1)?.scenarios ?? [];
  return Object.fromEntries(scenarios.slice(1).map(({ id, verdict }) => [id, verdict]));
}

const PROVED = {
  'unlocked-lookup-then-fill': 'bind-bind',
  'pasid-as-only-key': 'exit-before-unbind/pasid-goes-with-users',
  'domain-reused-unchecked': 'two-devices-two-iommus/strict',
  'ignored-conditional-get': 'bind-last-put/unbind',
};

/** What only code of the core outside of the file under review makes playable, or what is asked of it exactly. */
const ROWS_OF_THE_TREE = [
  'pasid-too-narrow',
  'unequal-iommus/able-first',
  'pasid-taken',
  'driver-gives/no-device',
  'driver-gives/busy',
  'kernel-for-x86',
  'fault-at-unbind/drains',
  'fault-after-exit',
  'fault-after-exit/unbind',
  'fault-at-exit',
  'fork-after-bind',
];

function treeOf(version: string): TreeReader {
  return treeOnDisk(
    execFileSync(join(SHARED, 'tools/kernel-tree.sh'), [version], { encoding: 'utf8' }).trim(),
  );
}

describe('the founding patch in the scenarios', { skip }, () => {
  const mail = skip ? '' : readFileSync(FOUNDING, 'latin1');

  test('proves four of its findings and adds none', () => {
    const { findings } = reviewed('rfc.mbox', mail);
    assert.equal(findings.filter(({ severity }) => severity === 'warning').length, 10);
    assert.deepEqual(proofs(findings), PROVED);
  });

  test('is shown by the patch alone as on a tree, and under any name', () => {
    assert.deepEqual(proofs(reviewed('rfc.mbox', mail, treeOf('6.1')).findings), PROVED);
    const renamed = writeEditable(anonymous(readEditable(mail)));
    assert.deepEqual(proofs(reviewed('rfc.mbox', renamed).findings), PROVED);
  });

  test('ends each proof where it breaks', () => {
    for (const { trace, rule } of reviewed('rfc.mbox', mail).findings)
      if (trace) assert.ok(trace.steps.at(-1)!.isViolation, rule);
  });
});

describe('the series around it', { skip }, () => {
  test('breaks in the rows that its design breaks in, joined from its hunks', () => {
    const { flows, findings } = reviewed('series.mbox', skip ? '' : readFileSync(SERIES, 'latin1'));
    const came = Object.entries(verdicts(flows));
    assert.deepEqual(
      came.filter(([, verdict]) => verdict !== 'held').map(([id]) => id),
      [
        'same-device-twice',
        'two-devices-two-iommus/strict',
        'two-devices-two-iommus/lazy',
        'two-devices-two-iommus/shared',
        'two-devices-two-iommus/caps',
        'two-devices-two-iommus/foreign',
        'no-pasid/no-iommu',
        'unequal-iommus/able-first',
        'unequal-iommus/able-last',
        'pasid-taken',
        'allocation-failures',
        'exit-before-unbind/pasid-goes-with-users',
        'fault-at-unbind/drains',
        'group-of-two/one',
        'fault-after-exit/unbind',
        'fault-at-exit',
        'rebind/bc',
        'rebind/cb',
      ],
    );
    assert.ok(came.length >= 20);
    // The worker takes a lock under which unbind waits for it: its hunks show it only in part.
    const deadlock = findings.find(({ trace }) => trace?.scenario === 'fault-at-unbind/drains');
    assert.equal(deadlock?.rule, 'deadlock');
    assert.equal(deadlock.confidence, 'certain');
    assert.match(deadlock.message, /^iommu_get_domain_for_dev_pasid\(\)/);
  });
});

describe('Linux in the scenarios', { skip }, () => {
  test('6.12 holds in every row where drivers wait for page requests', () => {
    const tree = treeOf('6.12');
    const path = 'drivers/iommu/iommu-sva.c';
    const { findings, flows } = review(
      [{ path, parts: [{ path, content: tree.read(path)!, treePath: path }] }],
      { tree },
    );
    assert.deepEqual(
      findings.filter(({ severity }) => severity === 'warning'),
      [],
    );
    const came = Object.entries(verdicts(flows));
    // Its own code takes the page requests: those of a driver that waits for none outlive their bond.
    assert.deepEqual(
      came.filter(([, verdict]) => verdict !== 'held'),
      [['fault-at-unbind/no-drain', 'violated']],
    );
    const held = new Set(came.map(([id]) => id));
    for (const id of ROWS_OF_THE_TREE) assert.ok(held.has(id), id);
  });

  test('6.12 would not hold if a child kept what its parent has', () => {
    const tree = treeOf('6.12');
    const header = 'include/linux/iommu.h';
    const changed: TreeReader = {
      ...tree,
      read: (path) =>
        path === header
          ? tree.read(path)!.replace('mm->iommu_mm = NULL;', 'mm_count_forks(mm);')
          : tree.read(path),
    };
    const path = 'drivers/iommu/iommu-sva.c';
    const parts = [{ path, content: tree.read(path)!, treePath: path }];
    const { flows } = review([{ path, parts }], { tree: changed });
    assert.equal(verdicts(flows)['fork-after-bind'], 'violated');
  });

  test('6.1 leaves binding to its drivers: nothing is said of it', () => {
    const tree = treeOf('6.1');
    const path = 'drivers/iommu/iommu.c';
    const { flows } = review([{ path, parts: [{ path, content: tree.read(path)!, treePath: path }] }], {
      tree,
    });
    assert.deepEqual(verdicts(flows), {});
  });
});

test('the sample patch is proved as the design that it shows', () => {
  const { findings } = reviewed('sample.mbox', readFileSync(SAMPLE, 'utf8'));
  assert.deepEqual(proofs(findings), PROVED);
});
