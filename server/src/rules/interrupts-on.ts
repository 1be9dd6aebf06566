/** A lock that interrupts take is taken with interrupts on. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const interruptsOn = defineRule({
  id: 'interrupts-on',
  classes: ['deadlock-sleep'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A spinlock is taken with interrupts on, which every other place of the file takes with interrupts off.',
  why: 'When the interrupt comes on the same CPU while the lock is held, it waits for a lock that only the code which it interrupted can give back.',
  remedy: 'spin_lock_irqsave(), as everywhere else.',
  source: 'Documentation/locking/spinlocks.rst, Lesson 3 (6.12)',
  bad: [
    {
      title: 'one of three',
      code: `
struct toy { spinlock_t lock; int users; int faults; };

void toy_add(struct toy *toy)
{
	unsigned long flags;

	spin_lock_irqsave(&toy->lock, flags);
	toy->users++;
	spin_unlock_irqrestore(&toy->lock, flags);
}

void toy_remove(struct toy *toy)
{
	unsigned long flags;

	spin_lock_irqsave(&toy->lock, flags);
	toy->users--;
	spin_unlock_irqrestore(&toy->lock, flags);
}

void toy_flush(struct toy *toy)
{
	spin_lock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^ interrupts-on: 2 other places
	toy->faults += toy->users;
	spin_unlock(&toy->lock);
}`,
    },
  ],
  good: [
    {
      title: 'in the interrupt itself',
      code: `
struct toy { spinlock_t lock; int users; int faults; };

void toy_add(struct toy *toy)
{
	unsigned long flags;

	spin_lock_irqsave(&toy->lock, flags);
	toy->users++;
	spin_unlock_irqrestore(&toy->lock, flags);
}

void toy_remove(struct toy *toy)
{
	unsigned long flags;

	spin_lock_irqsave(&toy->lock, flags);
	toy->users--;
	spin_unlock_irqrestore(&toy->lock, flags);
}

irqreturn_t toy_fault(int irq, void *data)
{
	struct toy *toy = data;

	spin_lock(&toy->lock);
	toy->faults += toy->users;
	spin_unlock(&toy->lock);
	return IRQ_HANDLED;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'locked-with-interrupts-on',
      ({ subject, other }) =>
        `${subject} is taken with interrupts on; ${other} other places turn them off. Can an interrupt want it? Then spin_lock_irqsave().`,
    ),
});
