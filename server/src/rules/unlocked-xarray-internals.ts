/** An internal function of the xarray is called without its lock. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const unlockedXarrayInternals = defineRule({
  id: 'unlocked-xarray-internals',
  classes: ['missing-lock'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: '__xa_store() and its like are called, and nobody holds xa_lock.',
  why: 'They change the tree without a lock; two at a time corrupt it.',
  remedy: 'Hold xa_lock(), or call the function without the underscores.',
  source: 'include/linux/xarray.h: context of __xa_store (6.12)',
  bad: [
    {
      title: 'no lock',
      code: `
void toy_forget(struct xarray *toys, unsigned long id)
{
	__xa_erase(toys, id);
//      ^^^^^^^^^^^^^^^^^^^^ unlocked-xarray-internals: xa_lock
}`,
    },
  ],
  good: [
    {
      title: 'under its lock',
      code: `
void toy_forget(struct xarray *toys, unsigned long id)
{
	xa_lock(toys);
	__xa_erase(toys, id);
	xa_unlock(toys);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'unlocked-internal',
      ({ subject, other }) =>
        `${subject}() expects xa_lock of ${other}, which nobody holds here. Take it, or call ${subject.replace(/^__/, '')}().`,
    ),
});
