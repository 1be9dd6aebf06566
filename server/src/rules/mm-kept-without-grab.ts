/** An mm_struct pointer that is kept without a reference. */
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const mmKeptWithoutGrab = defineRule({
  id: 'mm-kept-without-grab',
  classes: ['mm-lifetime'],
  since: '0.1.0',
  summary: 'A member keeps an mm_struct pointer that no reference is behind.',
  why: 'The process may exit at any time: mm_count keeps the struct, mm_users the address space, and whoever stores the pointer holds neither unless he takes it.',
  remedy:
    'mmgrab(mm) where it is stored and mmdrop() where the object goes; mmget_not_zero() around each use of the address space.',
  source:
    'Documentation/mm/active_mm.rst; drivers/iommu/iommu-sva.c:iommu_sva_domain_alloc (6.12) calls mmgrab(); kernel/fork.c:mmput (6.12)',
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
    {
      title: 'stored and put',
      code: `
void toy_bind(struct toy *toy)
{
	toy->mm = get_task_mm(current);
//                ^^^^^^^^^^^^^^^^^^^^ mm-kept-without-grab: goes on pointing
	toy_add(toy);
	mmput(toy->mm);
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
    {
      title: 'grabbed for as long as it is stored',
      code: `
void toy_bind(struct toy *toy)
{
	toy->mm = current->mm;
	mmgrab(toy->mm);
	toy_add(toy);
}`,
    },
  ],
  forms: [
    {
      of: 'An mm_struct pointer is stored in an object that outlives the call, without mmgrab().',
      why: 'The process may exit at any time. mm_count keeps the struct, mm_users the address space; whoever stores the pointer holds neither unless he takes it.',
      instead:
        'mmgrab(mm) where it is stored and mmdrop() where the object goes; mmget_not_zero() around each use of the address space.',
      severity: 'warning',
      confidence: 'certain',
      check: keptMms,
    },
    {
      of: 'A function drops its reference on an mm that a member goes on pointing to.',
      why: 'get_task_mm() keeps the mm until mmput(). Whoever reads the member later has no reference: the process may be gone, and its mm be another one.',
      instead: 'mmgrab() for as long as the member points to the mm, and mmget_not_zero() around each use.',
      severity: 'warning',
      confidence: 'certain',
      check: mmKeptAfterPut,
    },
  ],
});

function* keptMms({ facts, isNew }: RuleInput): Iterable<Objection> {
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
}

function* mmKeptAfterPut({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const fn of facts.functions) {
    for (const { spot, keptIn } of fn.ownMmsTaken) {
      if (keptIn === null || !isNew(spot)) continue;
      yield {
        at: spot,
        function: fn.name,
        message: `\`${keptIn}\` goes on pointing to the mm whose reference ${fn.name}() drops. Keep it by mmgrab() until the pointer goes.`,
      };
    }
  }
}
