/**
 * What user space maps in an address space of iommufd is pinned once, mapped
 * in every domain, and filled into one that comes: Linux 6.12 does so, on the
 * simulated IOMMU, and small changes that make it wrong are found.
 *
 * Not modelled: accesses of mediated devices, whose pages an xarray keeps, and
 * what is split, copied or written to.
 */

import assert from 'node:assert/strict';
import { IOMMUFD_MAPPING_DEFECTS, UNMAPPED_FIRST } from './iommufd-mapping-defects.js';
import { LoopTests, type Row } from './loop-tests.js';
import type { LoopReached } from './loops.js';

const FOLDER = 'drivers/iommu/iommufd';

/** As for VFIO. The walk over two trees is a loop like others once it has another name: the functions are C. */
const BEFORE: Readonly<Record<string, string>> = {
  [`${FOLDER}/fault.c`]: '#define O_RDWR 2\n#define O_CLOEXEC 02000000\n',
  [`${FOLDER}/pages.c`]: `#define RLIMIT_MEMLOCK 8
static struct mm_struct model_mm;
static struct task_struct model_task = { .group_leader = &model_task, .mm = &model_mm };
#define current (&model_task)
#define for_each_span_of_two(span, one, other, first, last) \\
	for (interval_tree_double_span_iter_first(span, one, other, first, last); \\
	     !interval_tree_double_span_iter_done(span); interval_tree_double_span_iter_next(span))
`,
  // The world stands there, and sees what that sees.
  'drivers/iommu/iommu.c': '#include <linux/interval_tree.h>\n#include "iommufd/iommufd_private.h"\n',
};

const IOMMUFD = new LoopTests({
  title: 'mappings of iommufd of 6.12',
  paths: [
    ...['main', 'device', 'hw_pagetable', 'ioas', 'io_pagetable', 'fault', 'pages'].map(
      (name) => `${FOLDER}/${name}.c`,
    ),
    'drivers/iommu/iommu.c',
  ],
  callers: ['user-domains.c', 'files.c', 'process-memory.c', 'spans.c', 'iommufd.c', 'iommufd-mappings.c'],
  before: (path) => BEFORE[path] ?? '',
  reads: (text) => text.replaceAll('interval_tree_for_each_double_span(', 'for_each_span_of_two('),
});

const SHARED: readonly LoopReached[] = [
  'a device is attached',
  'two domains are attached',
  'two domains map one page',
  'the story comes to its point',
];

const ROWS: readonly Row[] = [
  { setUp: 'mapped_before', story: 'what was mapped first is pinned for the first device', reaches: SHARED },
  { setUp: 'mapped_before_in_pieces', story: 'so is what is in pieces', reaches: SHARED },
  { setUp: 'mapped_between', story: 'what is mapped is mapped for a device that comes', reaches: SHARED },
  {
    setUp: 'second_is_refused',
    story: 'a device that cannot have it leaves the first one its own',
    reaches: SHARED,
  },
  { setUp: 'mapped_in_both', story: 'what is unmapped is gone in both domains', reaches: SHARED },
  {
    setUp: 'mapped_in_one_only',
    story: 'what one domain has no room for neither has',
    reaches: SHARED,
    change: UNMAPPED_FIRST,
  },
];

const MEMORY: readonly Row[] = [
  { setUp: 'mapped_before', story: 'in filling domains', reaches: SHARED, cost: 1 },
  { setUp: 'mapped_before_in_pieces', story: 'in filling them in pieces', reaches: SHARED, cost: 1 },
  { setUp: 'mapped_between', story: 'in mapping and filling', reaches: SHARED, cost: 1 },
  {
    setUp: 'mapped_in_both',
    story: 'in mapping and unmapping',
    reaches: SHARED,
    cost: 1,
    change: UNMAPPED_FIRST,
  },
].map((row) => ({ ...row, faults: true, story: `memory runs out at every place in turn ${row.story}` }));

IOMMUFD.holds([...ROWS, ...MEMORY]);
// pfn_reader_release_pins() comes before the unmapping in iopt_area_fill_domains(), drivers/iommu/iommufd/pages.c (6.12).
IOMMUFD.test('what could not be mapped everywhere is unpinned while a domain maps it', () => {
  const { broken } = IOMMUFD.stage().play({ setUp: 'mapped_in_one_only' });
  assert.equal(broken.length, 1, broken.join('\n'));
  assert.match(broken[0]!, /^UNPINMAP in batch_unpin\(\): unpins page \d+, .* still maps at 0x0$/);
});

IOMMUFD.finds(IOMMUFD_MAPPING_DEFECTS);
