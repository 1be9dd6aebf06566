/** A copy of what a lock protects, made before the lock is taken and put back under it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const copiedBeforeLock = defineRule({
  id: 'copied-before-lock',
  classes: ['missing-lock'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A member of an object is copied, the lock of the object is taken, and the copy is put back.',
  why: 'Whoever had the lock in between has changed the member, and the copy undoes it.',
  remedy: 'Take the lock, and then make the copy.',
  source: 'Documentation/kernel-hacking/locking.rst, "Race Conditions and Critical Regions" (6.12)',
  bad: [
    {
      title: 'a copy in a declaration',
      code: `
struct cfg { int id; int asid; };
struct toy { struct mutex lock; struct cfg cfg; bool on; };
int toy_number(void);

int toy_init(struct toy *toy)
{
	struct cfg *cfg = &toy->cfg;
	struct cfg fresh = *cfg;
//                         ^^^^ copied-before-lock: before toy->lock is taken
	int ret = 0;

	mutex_lock(&toy->lock);
	if (toy->on)
		goto out;
	fresh.id = toy_number();
	toy->cfg = fresh;
	toy->on = true;
out:
	mutex_unlock(&toy->lock);
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'copied under the lock, or never put back',
      code: `
struct cfg { int id; int asid; };
struct toy { struct mutex lock; struct cfg cfg; bool on; int limit; };
int toy_number(int limit);

int toy_init(struct toy *toy)
{
	int limit = toy->limit;
	struct cfg fresh;

	mutex_lock(&toy->lock);
	fresh = toy->cfg;
	fresh.id = toy_number(limit);
	toy->cfg = fresh;
	mutex_unlock(&toy->lock);
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'copied-before-lock',
      ({ subject, other }) =>
        `${subject} is copied before ${other} is taken, and the copy is stored under it: what another task changed in between is lost. Copy it under the lock.`,
    ),
});
