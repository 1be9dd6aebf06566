/** A work item uses an address space whose last user may be gone. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';
import { BONDS_WITH_PAGE_REQUESTS, changed } from './toy-bonds.js';

export const mmUsedAfterExit = defineRule({
  id: 'mm-used-after-exit',
  classes: ['mm-lifetime'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A work item uses an address space without keeping a user of it.',
  why: 'When the last user goes, the mappings are torn down, whether or not somebody holds a reference on the mm_struct. Page tables must not be filled again after that.',
  remedy:
    'Use the mm only between mmget_not_zero() and mmput(), and answer a page request as invalid when it gives false.',
  source: 'drivers/iommu/iommu-sva.c:iommu_sva_handle_mm, Documentation/mm/active_mm.rst (6.12)',
  bad: [
    {
      title: 'a page request is handled without a user of the mm',
      code: changed(BONDS_WITH_PAGE_REQUESTS, [
        `	if (mmget_not_zero(request->mm)) {
		mmap_read_lock(request->mm);
		mmap_read_unlock(request->mm);
		mmput(request->mm);
	}`,
        `	mmap_read_lock(request->mm);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ mm-used-after-exit: whose last user is gone
	mmap_read_unlock(request->mm);`,
      ]),
    },
  ],
  good: [
    {
      title: 'mmget_not_zero() first',
      code: BONDS_WITH_PAGE_REQUESTS,
    },
  ],
  check: (input) => breachesOf(input, ['MMDEAD'], 'Keep a user by mmget_not_zero() meanwhile.'),
});
