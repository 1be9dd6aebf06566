/** One driver that has all that is played and keeps its contracts, and what becomes of it when a line of it is wrong. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  ALL_PROGRAMMES,
  driversOf,
  type InstanceReport,
} from '../../../server/src/analysis/driver-instances.js';
import { PROGRAMMES, type ProgrammeName } from '../../../server/src/sim/worlds/index.js';
import { SourceTree } from '../../../server/src/tree/index.js';

const read = (name: string): string => readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
const WHOLE = read('whole-driver.c');

type Operation = 'toy_attach' | 'toy_set_pasid' | 'toy_rest_attach';

function reportOf(
  text: string,
  operation: Operation,
  programmes: ReadonlySet<ProgrammeName>,
): InstanceReport {
  const files: Readonly<Record<string, string>> = {
    'include/linux/iommu.h': read('whole-driver.h'),
    'drivers/iommu/toy.c': `#include <linux/iommu.h>\n${text}`,
  };
  const tree = new SourceTree({
    root: 'memory',
    read: (path) => files[path] ?? null,
    list: (folder) => {
      const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
      const names = below.map((path) => path.slice(folder.length + 1).replace(/\/.*/, '/'));
      return below.length === 0 ? null : [...new Set(names)];
    },
  });
  return [...driversOf(tree, () => true, { ...ALL_PROGRAMMES, programmes })].find(
    (each) => each.function === operation,
  )!;
}

function cameOf(text: string, operation: Operation, programme: ProgrammeName): string {
  const report = reportOf(text, operation, new Set([programme]));
  const row = report.rows.find((each) => each.programme === programme);
  assert.ok(row, `${programme} is not played: ${report.verdict}, ${report.why}`);
  return `${row.verdict}: ${row.what}`;
}

/** What the whole driver comes to, by the operation that it is played with. */
const GOOD: readonly (readonly [ProgrammeName, Operation, RegExp])[] = [
  ['numbers-run-out', 'toy_attach', /^held: ENOSPC, and nothing attached/],
  ['power-fails', 'toy_attach', /^held: EAGAIN/],
  ['two-streams', 'toy_attach', /^held: nothing is left behind, in 1 failures/],
  ['forced-snoop', 'toy_attach', /^held: EINVAL for an instance/],
  ['snoop-late', 'toy_attach', /^held: false, and nothing changed/],
  ['dirty', 'toy_attach', /^held: EINVAL for an instance/],
  ['at-once', 'toy_attach', /^held: a lock orders/],
  ['at-once-beside', 'toy_attach', /^held: a lock orders/],
  ['attach-over-pasid', 'toy_attach', /^held: 0/],
  ['release', 'toy_attach', /^held: the domain forgets it/],
  ['release-beside', 'toy_attach', /^held: the other one keeps it/],
  ['probe-fails', 'toy_attach', /^held: it can be probed again, after 2 failures/],
  ['left', 'toy_rest_attach', /^held: the domain that was left forgets the device/],
  ['removed', 'toy_set_pasid', /^held: they forget each other/],
  ['removed-unset', 'toy_set_pasid', /^held: nothing is given back twice/],
  ['exit', 'toy_set_pasid', /^held: nothing is given back twice/],
  ['exit-at-once', 'toy_set_pasid', /^held: the second device is torn down as the first/],
  ['pasid-over-attach', 'toy_set_pasid', /^held: 0/],
];

/** What becomes of it when a few words of it are others. */
const BAD: readonly (readonly [ProgrammeName, Operation, string, string, RegExp])[] = [
  [
    ...(['numbers-run-out', 'toy_attach', '\tif (ret < 0)\n\t\tgoto asleep;'] as const),
    '\tif (ret < 0) {\n\t\tret = -EBUSY;\n\t\tgoto asleep;\n\t}',
    /^violated: returns EBUSY where no number is left/,
  ],
  [
    ...(['power-fails', 'toy_attach', 'pm_runtime_resume_and_get', 'pm_runtime_get_sync'] as const),
    /^violated: the count of users of its power stays up, once pm_runtime_get_sync\(\) fails/,
  ],
  [
    ...(['two-streams', 'toy_attach', '\ttoy->nr_users--;\n', ''] as const),
    /^violated: fails because kzalloc\(\) fails for the second stream, and leaves `domain->nr_users` counted up/,
  ],
  [
    ...([
      'forced-snoop',
      'toy_attach',
      'features & 1))\n\t\treturn -EINVAL',
      'features & 1))\n\t\treturn -ENODEV',
    ] as const),
    /^violated: ENODEV for an instance/,
  ],
  [
    ...([
      'dirty',
      'toy_attach',
      'features & 2))\n\t\treturn -EINVAL',
      'features & 2))\n\t\treturn -ENODEV',
    ] as const),
    /^violated: ENODEV for an instance/,
  ],
  [
    ...([
      'snoop-late',
      'toy_attach',
      '\tlist_for_each_entry(data, &toy->devices',
      '\ttoy->snoops = true;\n\tlist_for_each_entry(data, &toy->devices',
    ] as const),
    /^violated: false, but `snoops` of the domain is changed/,
  ],
  [
    ...([
      'at-once-beside',
      'toy_attach',
      '\tspin_lock(&toy->lock);\n\ttoy->nr_users++;\n\tspin_unlock(&toy->lock);\n',
      '\ttoy->nr_users++;\n',
    ] as const),
    /^violated: both count `toy->nr_users`, and nothing orders the two/,
  ],
  [
    ...(['release', 'toy_attach', '\ttoy_leave(data);\n\tkfree(data);', '\tkfree(data);'] as const),
    /^violated: the domain still knows the device/,
  ],
  [
    ...([
      'release-beside',
      'toy_attach',
      'list_del_init(&data->node);',
      'INIT_LIST_HEAD(data->node.prev);',
    ] as const),
    /^violated: /,
  ],
  [
    ...([
      'probe-fails',
      'toy_attach',
      '\tif (!table) {\n\t\tkfree(data);',
      '\tif (!table) {\n\t\tkfree(data);\n\t\tkfree(data);',
    ] as const),
    /^violated: invalid free/,
  ],
  [
    ...([
      'left',
      'toy_rest_attach',
      '\ttoy_leave(dev_iommu_priv_get(dev));\n\treturn 0;',
      '\treturn 0;',
    ] as const),
    /^violated: the domain that was left still knows the device/,
  ],
  [
    ...(['removed', 'toy_set_pasid', '\tlist_del(&bond->node);\n\tkfree(bond);\n', ''] as const),
    /^violated: domain and device still know each other/,
  ],
  [
    ...([
      'removed-unset',
      'toy_set_pasid',
      '\tif (!bond)\n\t\treturn;\n',
      '\tif (!bond)\n\t\tbond = list_first_entry(&toy->pasids, struct toy_pasid, node);\n',
    ] as const),
    /^violated: invalid free/,
  ],
  [
    ...(['exit', 'toy_set_pasid', '\t\tbond->data->pasid = 0;\n', '\t\tkfree(bond);\n'] as const),
    /^violated: use after free/,
  ],
  [
    ...([
      'exit-at-once',
      'toy_set_pasid',
      '\tlist_for_each_entry(bond, &toy->pasids, node) {\n\t\tbond->data',
      '\tbond = list_last_entry(&toy->pasids, struct toy_pasid, node);\n\t{\n\t\tbond->data',
    ] as const),
    /^violated: the second device keeps its PASID/,
  ],
  [
    ...([
      'exit-at-once',
      'toy_set_pasid',
      '\tdata->pasid = pasid;\n\twritel(pasid, data->iommu->base);\n\tmmput(domain->mm);\n',
      '\tmmput(domain->mm);\n\tdata->pasid = pasid;\n\twritel(pasid, data->iommu->base);\n',
    ] as const),
    /^violated: the second device keeps its PASID/,
  ],
];

describe('a driver that keeps its contracts', () => {
  for (const [programme, operation, wanted] of GOOD)
    test(`${programme}, played with ${operation}()`, () => {
      assert.match(cameOf(WHOLE, operation, programme), wanted);
    });

  test('is objected to for nothing', () => {
    const all = new Set(Object.keys(PROGRAMMES) as ProgrammeName[]);
    assert.deepEqual(
      reportOf(WHOLE, 'toy_attach', all).faults.map(({ monitor, words }) => `${monitor}: ${words}`),
      [],
    );
  });
});

describe('one that does not', () => {
  for (const [programme, operation, before, after, wanted] of BAD)
    test(`${programme}, played with ${operation}()`, () => {
      assert.equal(WHOLE.split(before).length, 2, 'stands in it once');
      assert.match(cameOf(WHOLE.replace(before, after), operation, programme), wanted);
    });
});
