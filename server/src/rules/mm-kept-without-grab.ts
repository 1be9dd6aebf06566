/** An mm_struct pointer that is stored for later, with nothing that keeps the mm_struct. */
import { defineRule } from './rule.js';

export const mmKeptWithoutGrab = defineRule({
  id: 'mm-kept-without-grab',
  classes: ['mm-lifetime'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'An mm_struct pointer is stored in an object that outlives the call, without mmgrab().',
  why: 'The process may exit at any time. mm_count keeps the struct, mm_users the address space; whoever stores the pointer holds neither unless he takes it.',
  remedy:
    'mmgrab(mm) where it is stored and mmdrop() where the object goes; mmget_not_zero() around each use of the address space.',
  source:
    'Documentation/mm/active_mm.rst; drivers/iommu/iommu-sva.c:iommu_sva_domain_alloc (6.12) calls mmgrab()',
  bad: [
    {
      title: 'stored as it came',
      code: `
int toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	handle->mm = mm;
//      ^^^^^^^^^^^^^^^ mm-kept-without-grab: without a reference
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'grabbed',
      code: `
int toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	mmgrab(mm);
	handle->mm = mm;
	return 0;
}`,
    },
    {
      title: 'kept by a notifier',
      code: `
int toy_bind(struct toy_handle *handle, struct mm_struct *mm)
{
	handle->mm = mm;
	return mmu_notifier_register(&handle->notifier, mm);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const kept of fn.keptMms) {
        if (kept.pinnedBy || !isNew(kept.spot)) continue;
        yield {
          at: kept.spot,
          function: fn.name,
          message:
            `\`${kept.target}\` keeps an mm_struct pointer without a reference: the process can exit and the mm be freed while this still points to it. ` +
            'Take mmgrab() here and mmdrop() when the pointer goes.',
        };
      }
    }
  },
});
