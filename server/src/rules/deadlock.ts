/** A lock is taken by who holds it, or something is waited for that can never come. Seen when the function is run. */
import type { CallFact, DesignFacts, Spot } from '../iommu/index.js';
import { breachesOf } from './breaches.js';
import { type BreachFact, defineRule } from './rule.js';

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
    {
      title: 'a lock where an unlock should be',
      code: `
struct toy { int id; struct mutex lock; };

void toy_reset(struct toy *toy)
{
	mutex_lock(&toy->lock);
	toy->id = 0;
	mutex_lock(&toy->lock);
//      ^^^^^^^^^^^^^^^^^^^^^^ deadlock: Is mutex_unlock() meant
}`,
    },
  ],
  good: [
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
  *check(input) {
    const isSlip = (breach: BreachFact): boolean => unlockMeant(breach, input.facts) !== null;
    const others = { ...input, breaches: input.breaches.filter((each) => !isSlip(each)) };
    yield* breachesOf(
      others,
      ['SELFDEAD', 'ABBA', 'FLUSHDEAD', 'LOCKREQ'],
      'Call the variant that expects the lock to be held, or let go of it first.',
    );
    for (const each of input.breaches.filter(isSlip)) {
      const unlock = unlockMeant(each, input.facts);
      yield* breachesOf({ ...input, breaches: [each] }, ['SELFDEAD'], `Is ${unlock}() meant?`);
    }
  },
});

/**
 * The function that gives the lock back, where the code itself takes the same
 * lock a second time and no unlock stands in between: a slip of the pen.
 */
function unlockMeant(
  { monitor, function: name, spot }: BreachFact,
  { functions }: DesignFacts,
): string | null {
  // A series may have a function of this name in each of its patches.
  const called = functions.filter((fn) => fn.name === name).map((fn) => fn.calls);
  const calls = called.find((each) => each.some((call) => isAtSpot(call.spot, spot))) ?? [];
  const at = calls.findIndex((each) => isAtSpot(each.spot, spot));
  const second = calls[at];
  if (monitor !== 'SELFDEAD' || !second || !/_lock$/.test(second.name)) return null;
  const unlock = second.name.replace(/_lock$/, '_unlock');
  const isSame = (each: CallFact): boolean => each.args.join() === second.args.join();
  const before = calls.slice(0, at).filter(isSame);
  const last = before.at(-1);
  return last?.name === second.name ? unlock : null;
}

function isAtSpot(one: Spot, other: Spot): boolean {
  return one.unit === other.unit && one.span.start === other.span.start && one.span.end === other.span.end;
}
