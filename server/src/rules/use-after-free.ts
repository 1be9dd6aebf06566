/** An object is used after the function has freed it. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const useAfterFree = defineRule({
  id: 'use-after-free',
  classes: ['use-after-free'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'An object is used after the function has freed it.',
  why: 'Freed memory belongs to whoever allocates next. What is read there is theirs, what is written there corrupts them.',
  remedy: 'Read what is still needed before the free, or free last.',
  source: 'Documentation/dev-tools/kasan.rst (6.12)',
  bad: [
    {
      title: 'the id is read too late',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_free(struct toy *toy)
{
	kfree(toy);
	return toy->id;
//             ^^^^^^^ use-after-free: after it was freed
}`,
    },
  ],
  good: [
    {
      title: 'the id is read first',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_free(struct toy *toy)
{
	int id = toy->id;

	kfree(toy);
	return id;
}`,
    },
  ],
  check: (input) =>
    breachesOf(input, ['UAF', 'FAULTUAF', 'STALE'], 'Free it last, or take what is needed before.'),
});
