/**
 * Something that may sleep is called under a spinlock, in a read section, or
 * with interrupts off: seen when the function is run, or by what its callees do.
 */
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const sleepInAtomicContext = defineRule({
  id: 'sleep-in-atomic-context',
  classes: ['deadlock-sleep'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'Something that may sleep is called under a spinlock, in a read section, or with interrupts off.',
  why: 'Who sleeps there lets others spin for a lock whose owner does not run, or breaks the grace period that others wait for.',
  remedy: 'Allocate before the lock is taken, use GFP_ATOMIC, or make the lock a mutex.',
  source: 'Documentation/locking/locktypes.rst (6.12), CONFIG_DEBUG_ATOMIC_SLEEP',
  // Where a run comes by a callee that sleeps, it is the proof of what reading says of the call.
  provedBy: ['sleep-in-atomic-context'],
  bad: [
    {
      title: 'an allocation that may sleep, under a spinlock',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_add(struct toy *toy)
{
	spin_lock(&toy->slock);
	toy->bond = kzalloc(64, GFP_KERNEL);
//                  ^^^^^^^^^^^^^^^^^^^^^^^ sleep-in-atomic-context: may sleep
	spin_unlock(&toy->slock);
	return toy->bond ? 0 : -ENOMEM;
}`,
    },
    {
      title: 'a callee that sleeps under a lock of its own',
      code: `
struct toy { struct mutex lock; spinlock_t slock; int nr; };

void toy_stop(struct toy *toy)
{
	int at;

	for (at = 0; at < toy->nr; at++) {
		mutex_lock(&toy->lock);
		toy->nr--;
		mutex_unlock(&toy->lock);
	}
}

void toy_halt(struct toy *toy)
{
	spin_lock(&toy->slock);
	toy_stop(toy);
//      ^^^^^^^^^^^^^ sleep-in-atomic-context: sleeps in mutex_lock()
	spin_unlock(&toy->slock);
}`,
    },
  ],
  good: [
    {
      title: 'a callee that lets go of the lock, and one that is told',
      code: `
struct toy { struct mutex lock; spinlock_t slock; int nr; };

void toy_stop(struct toy *toy)
{
	spin_unlock(&toy->slock);
	mutex_lock(&toy->lock);
	toy->nr--;
	mutex_unlock(&toy->lock);
	spin_lock(&toy->slock);
}

void toy_slow(struct toy *toy, bool may_wait)
{
	if (may_wait)
		msleep(1);
}

void toy_halt(struct toy *toy)
{
	spin_lock(&toy->slock);
	toy_stop(toy);
	toy_slow(toy, false);
	spin_unlock(&toy->slock);
}`,
    },
    {
      title: 'an allocation that does not sleep',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_add(struct toy *toy)
{
	spin_lock(&toy->slock);
	toy->bond = kzalloc(64, GFP_ATOMIC);
	spin_unlock(&toy->slock);
	return toy->bond ? 0 : -ENOMEM;
}`,
    },
  ],
  *check(input) {
    yield* breachesOf(
      input,
      ['ATOMSLEEP'],
      'Do it before, or use GFP_ATOMIC where it is an allocation.',
      'info',
    );
    for (const objection of odditiesIn(
      input,
      'sleeps-under-spinlock',
      ({ subject, other }) =>
        `${subject} sleeps in ${other}, and is called under a spinlock. Call it before or after, or make the lock a mutex.`,
    ))
      yield { ...objection, confidence: 'possible' };
  },
});
