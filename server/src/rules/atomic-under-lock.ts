/** An atomic counter is only touched under one lock. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const atomicUnderLock = defineRule({
  id: 'atomic-under-lock',
  classes: ['needless-lock-hot-path'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'Every use of a refcount_t or atomic_t in the file is under the same lock.',
  why: 'The lock orders everything already; the atomic makes readers look for the path that runs without it.',
  remedy: 'Use a plain integer.',
  source: 'Documentation/core-api/refcount-vs-atomic.rst (6.12); review of the DMA ownership series',
  bad: [
    {
      title: 'always under the lock',
      code: `
struct toy {
	struct mutex lock;
	refcount_t owners;
//      ^^^^^^^^^^^^^^^^^^ atomic-under-lock: plain integer
};

void toy_claim(struct toy *toy)
{
	mutex_lock(&toy->lock);
	refcount_inc(&toy->owners);
	mutex_unlock(&toy->lock);
}

void toy_release(struct toy *toy)
{
	mutex_lock(&toy->lock);
	refcount_dec(&toy->owners);
	mutex_unlock(&toy->lock);
}

int toy_claimed(struct toy *toy)
{
	int owners;

	mutex_lock(&toy->lock);
	owners = refcount_read(&toy->owners) + 1;
	mutex_unlock(&toy->lock);
	return owners;
}`,
    },
  ],
  good: [
    {
      title: 'a plain count',
      code: `
struct toy {
	struct mutex lock;
	unsigned int owners;
};

void toy_claim(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy->owners++;
	mutex_unlock(&toy->lock);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'count-under-lock',
      ({ subject, other }) =>
        `Every use of ${subject} is under ${other}. What is atomic about it for? A plain integer will do.`,
    ),
});
