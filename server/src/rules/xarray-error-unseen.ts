/** An entry is stored in an xarray, and nobody asks whether that failed. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const xarrayErrorUnseen = defineRule({
  id: 'xarray-error-unseen',
  classes: ['error-code'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'What xa_store() or xa_cmpxchg() answers may be an encoded error, and is not asked for one.',
  why: 'These calls allocate. On failure they answer with xa_err() in a pointer, which is neither the old entry nor NULL; taken for an entry it is told as "busy", and ignored it is a lost object.',
  remedy: 'Test xa_is_err() or hand xa_err() on.',
  source: 'include/linux/xarray.h:xa_err, lib/xarray.c:xa_cmpxchg (6.12)',
  bad: [
    {
      title: 'taken for an entry',
      code: `
int toy_add(struct xarray *toys, unsigned long id, void *toy)
{
	void *curr;

	curr = xa_cmpxchg(toys, id, NULL, toy, GFP_KERNEL);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ xarray-error-unseen: xa_err
	if (curr)
		return -EBUSY;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'the error handed on',
      code: `
int toy_add(struct xarray *toys, unsigned long id, void *toy)
{
	void *curr;

	curr = xa_cmpxchg(toys, id, NULL, toy, GFP_KERNEL);
	if (curr)
		return xa_err(curr) ?: -EBUSY;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(input, 'discarded-store', ({ subject, other }) =>
      other && subject.includes('cmpxchg')
        ? `${subject}() may fail, and then ${other} is an error and no entry. Hand xa_err() on.`
        : {
            message: `${subject}() may fail for want of memory, and the entry is lost. Hand xa_err() on?`,
            severity: 'info',
          },
    ),
});
