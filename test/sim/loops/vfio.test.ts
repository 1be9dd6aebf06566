/**
 * VFIO type 1 gives a group a domain of its own, tries those that are there in
 * its place, and keeps what fits: Linux 6.12 does so, on the simulated IOMMU.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Reached } from '../../../server/src/sim/engine/index.js';
import { kernelTree, noKernel } from '../../tree/source-tree-bench.js';
import { type Loop, LoopStage } from './loops.js';

const PATH = 'drivers/vfio/vfio_iommu_type1.c';

/** The tree as it is, and as a change makes it. */
const stages = new Map<string, LoopStage>();
function stageOf(change: Change = AS_IT_IS): LoopStage {
  let stage = stages.get(change.what);
  if (!stage) {
    let isChanged = change === AS_IT_IS;
    stage = new LoopStage(kernelTree('6.12'), [PATH], 'vfio.c', (text) => {
      const changed = change.make(text);
      isChanged ||= changed !== text;
      return RESOURCES + changed;
    });
    assert.ok(isChanged, 'the tree has no such place');
    stages.set(change.what, stage);
  }
  return stage;
}

/** What a header says that the trees at hand do not have: asm-generic/resource.h. */
const RESOURCES = '#define RLIMIT_MEMLOCK 8\n';

interface Change {
  readonly what: string;
  make(text: string): string;
}

const AS_IT_IS: Change = { what: 'as it is', make: (text) => text };

/**
 * The group is put on the list of the domain that is there while it is still
 * on that of its own, which is freed at once: nobody comes to see it.
 */
const OFF_ITS_LIST: Change = {
  what: 'a group is on one list at a time',
  make: (text) =>
    text.replace('list_add(&group->next, &d->group_list)', 'list_move(&group->next, &d->group_list)'),
};

interface Row extends Loop {
  readonly story: string;
  readonly reaches: readonly Reached[];
  readonly change?: Change;
}

const ATTACHED: readonly Reached[] = ['a device is attached'];
const TWO: readonly Reached[] = ['a device is attached', 'two domains are attached'];

const ROWS: readonly Row[] = [
  { setUp: 'two_instances', story: 'groups behind two instances get a domain each', reaches: TWO },
  {
    setUp: 'one_instance',
    story: 'groups behind one instance share a domain',
    reaches: ATTACHED,
    change: OFF_ITS_LIST,
  },
  {
    setUp: 'shared_instances',
    story: 'so do those of a driver that does not mind',
    reaches: ATTACHED,
    change: OFF_ITS_LIST,
  },
  { setUp: 'two_drivers', story: 'the domain of another driver is not tried', reaches: TWO },
  { setUp: 'once_more', story: 'all of it twice, in the other order', reaches: TWO },
  {
    setUp: 'own_domain_lost',
    story: "neither the domain that is there nor the group's own takes it: it is blocked",
    reaches: TWO,
  },
  { setUp: 'first_attach_fails', story: "the group's own domain does not take it", reaches: ATTACHED },
  { setUp: 'apertures_apart', story: 'the domains translate nothing in common', reaches: TWO },
  { setUp: 'same_group_twice', story: 'a group comes a second time', reaches: ATTACHED },
  { setUp: 'emulated_stays', story: 'only a group without an IOMMU is left', reaches: ATTACHED },
  {
    setUp: 'two_instances',
    faults: true,
    story: 'memory runs out at every place in turn',
    reaches: TWO,
  },
  {
    setUp: 'open_only',
    tasks: ['give_first', 'give_second'],
    tearDown: 'take_both_back',
    cost: 1,
    story: 'two groups come at the same time',
    reaches: TWO,
  },
];

for (const row of ROWS)
  test(`VFIO type 1 of 6.12: ${row.story}`, { skip: noKernel }, () => {
    const { verdict, broken, reached, cuts, steps } = stageOf(row.change).play(row);
    assert.deepEqual(broken, []);
    assert.deepEqual([...cuts], []);
    assert.equal(verdict.kind, 'held', verdict.why);
    for (const each of row.reaches) assert.ok(reached.has(each), each);
    // A domain that does not fit is no error.
    assert.deepEqual(
      steps.filter((words) => /^(?:dev|pr)_(?:err|warn)/.test(words)),
      [],
    );
  });

test('VFIO type 1 of 6.12: of a group without a device it looks at the first', {
  skip: noKernel,
}, () => {
  const { broken } = stageOf().play({ setUp: 'no_device' });
  assert.equal(broken.length, 1, broken.join('\n'));
  assert.match(broken[0]!, /^LIST in iommu_group_first_dev\(\)/);
});

test('VFIO type 1 of 6.12: a group that joins a domain is on two lists for a moment', {
  skip: noKernel,
}, () => {
  const { broken } = stageOf().play({ setUp: 'one_instance' });
  assert.equal(broken.length, 1, broken.join('\n'));
  assert.match(broken[0]!, /^LIST in vfio_iommu_type1_attach_group\(\).*on a list already$/);
});

/** What makes the loop wrong, and what it then breaks: each is a line less, or another answer. */
const CHANGES: readonly (Change & { readonly setUp: string; readonly monitor: string })[] = [
  {
    what: 'a group is left with nothing although its own domain was there',
    setUp: 'two_instances',
    monitor: 'NOTDONE',
    make: (text) =>
      text.replace(/ret = iommu_attach_group\(domain->domain,\s+group->iommu_group\);/g, (call, at) =>
        at > text.indexOf('&iommu->domain_list, next) {') ? 'ret = 0;' : call,
      ),
  },
  {
    what: 'a domain that is not needed stays',
    setUp: 'one_instance',
    monitor: 'LEAK',
    make: (text) =>
      OFF_ITS_LIST.make(text).replace(
        /iommu_domain_free\(domain->domain\);(?=\s+kfree\(domain\);\s+goto done;)/,
        '',
      ),
  },
  {
    what: 'a group is not detached when something fails after it was attached',
    setUp: 'apertures_apart',
    monitor: 'HALF',
    make: (text) => text.replace(/out_detach:\s+iommu_detach_group\([^;]*;/, 'out_detach:'),
  },
  {
    what: 'a domain is freed while a group has it',
    setUp: 'two_instances',
    monitor: 'FREEATT',
    make: (text) => text.replace(/iommu_detach_group\([^;]*;(?=\s+update_dirty_scope)/, ''),
  },
];

for (const change of CHANGES)
  test(`${change.monitor}: ${change.what}`, { skip: noKernel }, () => {
    const { monitors, broken } = stageOf(change).play(change);
    assert.ok(
      monitors.some((each) => each === change.monitor),
      broken.join('\n') || 'nothing breaks',
    );
  });
