/** The address space of a process that may have gone. */
import { defineRule } from './rule.js';

export const mmapLockWithoutMmget = defineRule({
  id: 'mmap-lock-without-mmget',
  classes: ['mm-lifetime'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A function takes the mmap lock of an mm that it found in an object, without a reference on the users of the mm.',
  why: 'After exit_mmap() there is nothing left to walk; mmgrab() keeps the struct, not the address space.',
  remedy: 'if (!mmget_not_zero(mm)) the process is gone; mmput() afterwards.',
  source: 'Documentation/mm/active_mm.rst; drivers/iommu/iommu-sva.c:iommu_sva_handle_mm (6.12)',
  bad: [
    {
      title: 'a fault for a process',
      code: `
int toy_fault(struct toy *toy, unsigned long addr)
{
	mmap_read_lock(toy->mm);
//      ^^^^^^^^^^^^^^^^^^^^^^^ mmap-lock-without-mmget: mmget_not_zero
	toy_walk(toy->mm, addr);
	mmap_read_unlock(toy->mm);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'only while it is there',
      code: `
int toy_fault(struct toy *toy, unsigned long addr)
{
	if (!mmget_not_zero(toy->mm))
		return -EFAULT;
	mmap_read_lock(toy->mm);
	toy_walk(toy->mm, addr);
	mmap_read_unlock(toy->mm);
	mmput(toy->mm);
	return 0;
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { spot, mm } of fn.mmapLocks) {
        if (!isNew(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `The process behind \`${mm}\` may have exited, and its address space be gone. Take mmget_not_zero() first, and mmput() after.`,
        };
      }
    }
  },
});
