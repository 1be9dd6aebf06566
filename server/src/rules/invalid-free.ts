/** What is freed was freed before, is a member of something larger, or was never allocated. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const invalidFree = defineRule({
  id: 'invalid-free',
  classes: ['use-after-free', 'error-unwind'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'What is freed was freed before, is a member of something larger, or was never allocated.',
  why: 'The allocator takes back what it gave, once, by the address it gave. Anything else corrupts its lists.',
  remedy: 'Free each object once; convert an embedded member back with container_of() first.',
  source: 'mm/slub.c:kfree (6.12)',
  bad: [
    {
      title: "both the callee's label and the caller free",
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_load(struct toy *toy)
{
	char *name = kzalloc(16, GFP_KERNEL);

	if (!name)
		return -ENOMEM;
	if (toy->id) {
		kfree(name);
		goto out;
	}
	toy->id = 1;
out:
	kfree(name);
//      ^^^^^^^^^^^ invalid-free: a second time
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'one place frees',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_load(struct toy *toy)
{
	char *name = kzalloc(16, GFP_KERNEL);

	if (!name)
		return -ENOMEM;
	if (toy->id)
		goto out;
	toy->id = 1;
out:
	kfree(name);
	return 0;
}`,
    },
  ],
  check: (input) => breachesOf(input, ['DF'], 'Free what was allocated, once.'),
});
