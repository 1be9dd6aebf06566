/**
 * What user space has mapped in a container of VFIO type 1 is pinned, mapped
 * in every domain and replayed in a new one: Linux 6.12 does so, on the
 * simulated IOMMU, and each small change that makes it wrong is found.
 */
import assert from 'node:assert/strict';
import type { Row } from './loop-tests.js';
import type { LoopReached } from './loops.js';
import { VFIO } from './vfio-loop.js';
import { MAPPING_DEFECTS } from './vfio-mapping-defects.js';

const POINT: readonly LoopReached[] = ['a device is attached', 'the story comes to its point'];
const SHARED: readonly LoopReached[] = [...POINT, 'two domains are attached', 'two domains map one page'];

const ROWS: readonly Row[] = [
  { setUp: 'replayed', story: 'what is mapped is mapped for a group that comes', reaches: SHARED },
  { setUp: 'replayed_in_pieces', story: 'so is what is in pieces', reaches: SHARED },
  { setUp: 'replayed_as_one_page', story: 'so is what is one large page', reaches: SHARED },
  { setUp: 'replayed_once_more', story: 'and all of it twice', reaches: SHARED },
  {
    setUp: 'mapped_before',
    story: 'what was only written down is pinned when the first group comes',
    reaches: SHARED,
  },
  { setUp: 'mapped_before_in_pieces', story: 'so is what is in pieces', reaches: SHARED },
  {
    setUp: 'replay_fails',
    story: 'a group that cannot have what is mapped leaves the first one its own',
    reaches: SHARED,
  },
  {
    setUp: 'replay_of_ranges_fails',
    story: 'so it does when a part was mapped for it already',
    reaches: SHARED,
  },
  {
    setUp: 'first_replay_fails',
    story: 'what the first group cannot have is unpinned again',
    reaches: SHARED,
  },
  {
    setUp: 'mapped_in_one_only',
    story: 'what one of two domains has no room for neither has',
    reaches: SHARED,
  },
  { setUp: 'mapped_twice', story: 'addresses that have something are not given away', reaches: SHARED },
  {
    setUp: 'refused_at_once',
    story: 'nothing stays pinned of a range that there is no room for',
    reaches: POINT,
  },
  { setUp: 'refused_half_way', story: 'nor of one that there is too little room for', reaches: POINT },
  {
    setUp: 'unmapped',
    story: 'what is unmapped is gone in both domains, and unpinned once',
    reaches: SHARED,
  },
  { setUp: 'unmapped_in_pieces', story: 'so is what is in pieces', reaches: SHARED },
  { setUp: 'released_with_all', story: 'a container that goes unpins what is mapped in it', reaches: SHARED },
  { setUp: 'limit_exceeded', story: 'a process that may not lock so much maps nothing', reaches: POINT },
  { setUp: 'page_absent', story: 'nothing stays of a range of which a page is missing', reaches: POINT },
  {
    setUp: 'emulated_keeps_ranges',
    story: 'what is mapped goes with the last IOMMU and comes with the next',
    reaches: SHARED,
  },
];

const MEMORY: readonly Row[] = [
  { setUp: 'replayed', story: 'in replaying', reaches: SHARED },
  { setUp: 'replayed_in_pieces', story: 'in replaying pieces', reaches: SHARED, cost: 1 },
  { setUp: 'replayed_as_one_page', story: 'in replaying a large page', reaches: SHARED, cost: 1 },
  { setUp: 'mapped_before', story: 'in pinning what was written down', reaches: SHARED },
  { setUp: 'mapped_before_in_pieces', story: 'in pinning pieces', reaches: SHARED, cost: 1 },
  { setUp: 'unmapped', story: 'in mapping in two domains and unmapping', reaches: SHARED },
  { setUp: 'unmapped_in_pieces', story: 'in unmapping pieces', reaches: SHARED, cost: 1 },
  { setUp: 'released_with_all', story: 'in releasing', reaches: SHARED, cost: 1 },
  { setUp: 'emulated_keeps_ranges', story: 'in coming back', reaches: SHARED, cost: 1 },
].map((row) => ({ ...row, faults: true, story: `memory runs out at every place in turn ${row.story}` }));

const BESIDE: readonly Row[] = [
  {
    setUp: 'first_is_in',
    tasks: ['give_second', 'map_beside'],
    tearDown: 'both_have_it',
    story: 'a group comes while something is mapped',
    reaches: SHARED,
  },
  {
    setUp: 'first_has_it',
    tasks: ['give_second', 'unmap_beside'],
    tearDown: 'neither_has_it',
    story: 'a group comes while something is unmapped',
    reaches: SHARED,
  },
].map((row) => ({ ...row, cost: 1 }) as Row);

VFIO.holds([...ROWS, ...MEMORY, ...BESIDE]);
VFIO.finds(MAPPING_DEFECTS);

// io-pgtable warns of that: __arm_lpae_unmap() in drivers/iommu/io-pgtable-arm.c (6.12).
VFIO.test('a replay that fails unmaps the range that it could not map', () => {
  const { broken } = VFIO.stage().play({ setUp: 'replay_unwound_too_far' });
  assert.deepEqual(broken, ['WARNHIT in model_unmap(): `WARN_ON(!gone && minds_unmapping)` comes true']);
});
