/** A lock is taken to read one scalar. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const lockAroundOneRead = defineRule({
  id: 'lock-around-one-read',
  classes: ['needless-lock-hot-path'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A lock is taken, one scalar is read, and the lock is given back.',
  why: 'The value may be another one as soon as the lock is gone: the lock protects nothing that a plain read would not give.',
  remedy: 'Use READ_ONCE() without the lock, or hold the lock for as long as the answer has to be true.',
  source: 'Documentation/memory-barriers.txt (6.12); review of the DMA ownership series',
  bad: [
    {
      title: 'one flag',
      code: `
struct toy { struct mutex lock; int users; };

bool toy_in_use(struct toy *toy)
{
	int users;

	mutex_lock(&toy->lock);
	users = toy->users;
//      ^^^^^^^^^^^^^^^^^^^ lock-around-one-read: only to read
	mutex_unlock(&toy->lock);
	return users > 0;
}`,
    },
  ],
  good: [
    {
      title: 'a plain read',
      code: `
struct toy { struct mutex lock; int users; };

bool toy_in_use(struct toy *toy)
{
	return READ_ONCE(toy->users) > 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'lock-of-one-read',
      ({ subject, other }) =>
        `${other} is taken only to read ${subject}, which may change once it is given back. Is READ_ONCE() not enough?`,
    ),
});
