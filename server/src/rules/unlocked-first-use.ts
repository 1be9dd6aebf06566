/** A number is made on first use, with no lock over test and store. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const unlockedFirstUse = defineRule({
  id: 'unlocked-first-use',
  classes: ['missing-lock'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A number in a shared object is found zero, allocated and stored, and no lock keeps another task from doing the same.',
  why: 'Two tasks both find zero and both allocate: one number is lost, and its user goes on with it.',
  remedy: 'Hold a lock of the object from the test to the store.',
  source: 'Documentation/kernel-hacking/locking.rst (6.12)',
  bad: [
    {
      title: 'two may do it',
      code: `
struct toy { u32 pasid; struct mutex lock; };
u32 pasid_alloc(struct toy *toy);

int toy_enable(struct toy *toy)
{
	if (!toy->pasid)
		toy->pasid = pasid_alloc(toy);
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked-first-use: two tasks
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'one of them',
      code: `
struct toy { u32 pasid; struct mutex lock; };
u32 pasid_alloc(struct toy *toy);

int toy_enable(struct toy *toy)
{
	mutex_lock(&toy->lock);
	if (!toy->pasid)
		toy->pasid = pasid_alloc(toy);
	mutex_unlock(&toy->lock);
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'unlocked-first-use',
      ({ subject }) =>
        `With no lock from the test to this store, two tasks both find ${subject} zero and both make one. Hold the lock of the object?`,
    ),
});
