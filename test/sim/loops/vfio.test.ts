/**
 * VFIO type 1 gives a group a domain of its own, tries those that are there in
 * its place, and keeps what fits: Linux 6.12 does so, on the simulated IOMMU.
 */
import assert from 'node:assert/strict';
import type { Change, Defect, Row } from './loop-tests.js';
import type { LoopReached } from './loops.js';
import { VFIO } from './vfio-loop.js';

/**
 * The group is put on the list of the domain that is there while it is still
 * on that of its own, which is freed at once: nobody comes to see it.
 */
const OFF_ITS_LIST: Change = {
  what: 'a group is on one list at a time',
  make: (text) =>
    text.replace('list_add(&group->next, &d->group_list)', 'list_move(&group->next, &d->group_list)'),
};

const ATTACHED: readonly LoopReached[] = ['a device is attached'];
const TWO: readonly LoopReached[] = ['a device is attached', 'two domains are attached'];

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
  { setUp: 'addresses_invalid', story: 'nothing is attached while addresses are invalid', reaches: ATTACHED },
  {
    setUp: 'mapping_in_the_way',
    story: 'what is mapped already lies where a device keeps memory for itself',
    reaches: ATTACHED,
  },
  {
    setUp: 'mapping_in_the_way',
    faults: true,
    cost: 1,
    story: 'memory runs out at every place in turn while something is mapped',
    reaches: ATTACHED,
  },
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

VFIO.holds(ROWS);

VFIO.test('of a group without a device it looks at the first', () => {
  const { broken } = VFIO.stage().play({ setUp: 'no_device' });
  assert.equal(broken.length, 1, broken.join('\n'));
  assert.match(broken[0]!, /^LIST in iommu_group_first_dev\(\)/);
});

VFIO.test('a group that joins a domain is on two lists for a moment', () => {
  const { broken } = VFIO.stage().play({ setUp: 'one_instance' });
  assert.equal(broken.length, 1, broken.join('\n'));
  assert.match(broken[0]!, /^LIST in vfio_iommu_type1_attach_group\(\).*on a list already$/);
});

const DEFECTS: readonly Defect[] = [
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
  {
    what: 'a group is not detached when a mapping is in its way',
    setUp: 'mapping_in_the_way',
    monitor: 'HALF',
    make: (text) =>
      text.replace(
        /(vfio_iommu_resv_conflict\(iommu, &group_resv_regions\)\) \{\s+ret = -EINVAL;\s+goto) out_detach;/,
        '$1 out_domain;',
      ),
  },
  {
    what: 'a mapping goes and stays in the tree',
    setUp: 'mapping_in_the_way',
    monitor: 'UAF',
    make: (text) => text.replace('vfio_unlink_dma(iommu, dma);\n\tput_task_struct', 'put_task_struct'),
  },
  {
    what: 'a group is attached while addresses are invalid',
    setUp: 'addresses_invalid',
    monitor: 'ERRNO',
    make: (text) => text.replace(/if \(iommu->vaddr_invalid_count\)\s+goto out_unlock;/, ''),
  },
];

VFIO.finds(DEFECTS);
