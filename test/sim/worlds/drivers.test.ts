/**
 * Drivers of our own, one for each thing that a driver can do about a domain
 * of another instance, and the drivers of real trees.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  ALL_PROGRAMMES,
  driversOf,
  type InstanceReport,
} from '../../../server/src/analysis/driver-instances.js';
import { treeOnDisk } from '../../../server/src/cli/tree-on-disk.js';
import { traceLines } from '../../../server/src/findings/index.js';
import { SourceTree, type TreeReader } from '../../../server/src/tree/index.js';
import { kernelTree, noKernel } from '../../tree/source-tree-bench.js';
import { TOY_DRIVERS } from './toy-drivers.js';

const FOLDER = fileURLToPath(new URL('drivers', import.meta.url));

/** What the verdict itself is objected to for. */
const OBJECTED_BY_VERDICT: Readonly<Record<string, string>> = {
  'checked-late': 'HALF foreign',
  'wrong-errno': 'ERRNO foreign',
  foreign: 'INC foreign',
  'foreign-silent': 'NOTDONE foreign',
  'foreign-half-told': 'INC foreign',
};

/** A tree of one driver. */
function treeOf(name: string): TreeReader {
  const read = (file: string): string => readFileSync(join(FOLDER, file), 'utf8');
  const text = read(`${name}.c`);
  // Some have structs of their own.
  const head = /struct toy_(?:iommu|device) \{/.test(text) ? '' : read('head.h');
  const files: Readonly<Record<string, string>> = {
    'include/linux/iommu.h': read('iommu.h'),
    'drivers/iommu/toy.c': `#include <linux/iommu.h>\n${head}\n${text}`,
  };
  return {
    root: 'memory',
    read: (path) => files[path] ?? null,
    list: (folder) => {
      const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
      return below.length === 0
        ? null
        : [...new Set(below.map((path) => path.slice(folder.length + 1).replace(/\/.*/, '/')))];
    },
  };
}

for (const [name, { verdict, errno = null, why, faults = [], rows = {} }] of Object.entries(TOY_DRIVERS))
  test(`a driver that is ${name}: ${verdict}`, () => {
    const reports = [...driversOf(new SourceTree(treeOf(name)))];
    const [report] = reports.filter((each) => each.function !== 'toy_identity') as [InstanceReport];
    assert.equal(`${report.verdict}: ${report.why}`, `${verdict}: ${report.why}`, report.world ?? '');
    assert.match(report.why, why);
    assert.equal(report.errno, errno);
    const objected = report.faults.map(({ monitor, programme }) => `${monitor} ${programme}`);
    if (name in OBJECTED_BY_VERDICT) objected.splice(objected.indexOf(OBJECTED_BY_VERDICT[name]!), 1);
    assert.deepEqual(objected, faults);
    for (const [programme, wanted] of Object.entries(rows)) {
      const row = report.rows.find((each) => each.programme === programme);
      assert.match(`${row?.verdict}: ${row?.what}`, wanted);
    }
    const trace = report.trace();
    assert.ok(trace && traceLines(trace).some((line) => line.includes('toy.c:')));
  });

test('a domain for all devices is shared by all', () => {
  const reports = [...driversOf(new SourceTree(treeOf('pasid')))];
  const identity = reports.find((report) => report.function === 'toy_identity');
  assert.equal(identity?.verdict, 'shared', identity?.why);
});

test('every driver of the folder is expected to be something', () => {
  const names = readdirSync(FOLDER).filter((name) => name.endsWith('.c'));
  assert.deepEqual(names.map((name) => basename(name, '.c')).sort(), Object.keys(TOY_DRIVERS).sort());
});

/** What drivers of real trees do, as people found on reading them; the trees are unpacked by ../shared/tools/kernel-tree.sh. */
const IN_TREES: Readonly<Record<'6.1' | '6.12', Readonly<Record<string, string>>>> = {
  '6.1': {
    'arm/arm-smmu-v3/arm-smmu-v3.c:arm_smmu_attach_dev': 'wrong errno ENXIO',
    'arm/arm-smmu/arm-smmu.c:arm_smmu_attach_dev': 'checked EINVAL',
    'ipmmu-vmsa.c:ipmmu_attach_device': 'checked EINVAL',
    'rockchip-iommu.c:rk_iommu_attach_device': 'shared',
    'sprd-iommu.c:sprd_iommu_attach_device': 'checked EINVAL',
    'virtio-iommu.c:viommu_attach_dev': 'wrong errno EXDEV',
  },
  '6.12': {
    'apple-dart.c:apple_dart_attach_dev_paging': 'checked EINVAL',
    'arm/arm-smmu-v3/arm-smmu-v3-sva.c:arm_smmu_sva_set_dev_pasid': 'checked EINVAL',
    'omap-iommu.c:omap_iommu_attach_dev': 'checked EINVAL',
    'sprd-iommu.c:sprd_iommu_attach_device': 'accepted although foreign',
    'virtio-iommu.c:viommu_attach_dev': 'checked EINVAL',
  },
};

for (const version of ['6.1', '6.12'] as const)
  test(`drivers of Linux ${version}`, { skip: noKernel }, () => {
    const expected = IN_TREES[version];
    const keys = Object.keys(expected);
    const isWanted = (path: string): boolean =>
      keys.some((key) => `drivers/iommu/${key}`.startsWith(`${path}:`));
    const verdictAlone = { ...ALL_PROGRAMMES, programmes: new Set<never>() };
    const found = [...driversOf(new SourceTree(treeOnDisk(kernelTree(version))), isWanted, verdictAlone)];
    const told = found.map(({ path, function: name, verdict, errno }): [string, string] => [
      `${path.replace('drivers/iommu/', '')}:${name}`,
      errno === null ? verdict : `${verdict} ${errno}`,
    ]);
    assert.deepEqual(Object.fromEntries(told.filter(([key]) => key in expected)), expected);
  });
