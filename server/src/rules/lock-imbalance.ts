/** The function returns with a lock on one path and without it on another. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const lockImbalance = defineRule({
  id: 'lock-imbalance',
  classes: ['lock-imbalance', 'error-unwind'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'The function returns with a lock on one path and without it on another.',
  why: 'The caller cannot know which. The next one who wants the lock waits for ever, or two run where one may.',
  remedy: 'Unlock on that path, by the goto chain of the function or by guard().',
  source: 'Documentation/locking/lockdep-design.rst (6.12)',
  bad: [
    {
      title: 'what a function of another file gives may be an error',
      code: `
struct toy { int id; struct mutex lock; };

int toy_map(struct toy *toy, u32 entry)
{
	u32 *slot;

	mutex_lock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^ lock-imbalance: on one path
	slot = toy_find_slot(toy);
	if (IS_ERR(slot))
		return PTR_ERR(slot);
	*slot = entry;
	mutex_unlock(&toy->lock);
	return 0;
}`,
    },
    {
      title: 'an error return keeps the mutex',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_setup(struct toy *toy);

int toy_start(struct toy *toy)
{
	int ret;

	mutex_lock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^ lock-imbalance: returns with it
	ret = toy_setup(toy);
	if (ret)
		return ret;
	mutex_unlock(&toy->lock);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'given back by a function of another file',
      code: `
struct toy { int id; struct mutex lock; };

int toy_setup(struct toy *toy);
void toy_state_unlock(struct toy *toy);

int toy_start(struct toy *toy)
{
	int ret;

	mutex_lock(&toy->lock);
	ret = toy_setup(toy);
	toy_state_unlock(toy);
	return ret;
}`,
    },
    {
      title: 'one way out',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_setup(struct toy *toy);

int toy_start(struct toy *toy)
{
	int ret;

	mutex_lock(&toy->lock);
	ret = toy_setup(toy);
	mutex_unlock(&toy->lock);
	return ret;
}`,
    },
  ],
  check: (input) => breachesOf(input, ['LOCKBAL'], 'Give it back on every path.'),
});
