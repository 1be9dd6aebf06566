/** A lock is taken by who holds it, or something is waited for that can never come. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const deadlock = defineRule({
  id: 'deadlock',
  classes: ['deadlock-sleep'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A lock is taken by who holds it, or something is waited for that can never come.',
  why: 'Mutexes and spinlocks are not recursive. Who takes one again waits for himself.',
  remedy: 'Call the variant that expects the lock to be held, or let go of it first.',
  source: 'Documentation/locking/mutex-design.rst (6.12)',
  bad: [
    {
      title: 'the helper takes the lock that its caller holds',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

static void toy_reset(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy->id = 0;
	mutex_unlock(&toy->lock);
}

void toy_stop(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy_reset(toy);
//      ^^^^^^^^^^^^^^ deadlock: while it holds it
	mutex_unlock(&toy->lock);
}`,
    },
  ],
  good: [
    {
      title: 'who only tries does not wait',
      code: `
struct toy { int id; struct mutex lock; spinlock_t slock; };

void toy_reset_done(struct toy *toy)
{
	spin_lock(&toy->slock);
	if (!mutex_trylock(&toy->lock)) {
		spin_unlock(&toy->slock);
		return;
	}
	spin_unlock(&toy->slock);
	toy->id = 0;
	mutex_unlock(&toy->lock);
}

void toy_stop(struct toy *toy)
{
	mutex_lock(&toy->lock);
	spin_lock(&toy->slock);
	toy->id = 1;
	spin_unlock(&toy->slock);
	mutex_unlock(&toy->lock);
}`,
    },
    {
      title: 'the helper expects the lock',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

static void toy_reset_locked(struct toy *toy)
{
	lockdep_assert_held(&toy->lock);
	toy->id = 0;
}

void toy_stop(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy_reset_locked(toy);
	mutex_unlock(&toy->lock);
}`,
    },
  ],
  check: (input) =>
    breachesOf(
      input,
      ['SELFDEAD', 'ABBA', 'FLUSHDEAD', 'LOCKREQ'],
      'Call the variant that expects the lock to be held, or let go of it first; or was an unlock meant?',
    ),
});
