/** A member is touched without the lock that the project says protects it. */
import type { FieldUseFact, FunctionFact } from '../iommu/index.js';
import { defineRule, tagOf } from './rule.js';

const PROTECTED = '{ "fields": [{ "struct": "toy_set", "field": "users", "lock": "lock" }] }';

export const unlockedField = defineRule({
  id: 'unlocked-field',
  classes: ['missing-lock'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A member is touched without the lock that the file .iommu-review.json of the project names for it.',
  why: 'What a lock protects is known to those who wrote the struct, and seldom written where it is used. One access without the lock makes the lock of all the others worthless.',
  remedy:
    'Take the lock, or say with lockdep_assert_held() that the caller holds it, or read it once with READ_ONCE() where an old value does no harm.',
  source: 'Documentation/locking/lockdep-design.rst; "fields" in .iommu-review.json of the project',
  bad: [
    {
      title: 'read without it',
      project: PROTECTED,
      code: `
struct toy_set { struct mutex lock; int users; };

int toy_users(struct toy_set *set)
{
	return set->users;
//             ^^^^^^^^^^ unlocked-field: without lock
}`,
    },
    {
      title: 'written after the lock is given back',
      project: PROTECTED,
      code: `
struct toy_set { struct mutex lock; int users; };

void toy_join(struct toy_set *set, int users)
{
	mutex_lock(&set->lock);
	users += set->users;
	mutex_unlock(&set->lock);
	set->users = users;
//      ^^^^^^^^^^ unlocked-field: writes users of toy_set
}`,
    },
  ],
  good: [
    {
      title: 'under its lock',
      project: PROTECTED,
      code: `
struct toy_set { struct mutex lock; int users; };

int toy_users(struct toy_set *set)
{
	int users;

	mutex_lock(&set->lock);
	users = set->users;
	mutex_unlock(&set->lock);
	return users;
}`,
    },
    {
      title: 'held by the caller, not yet shared, or read once',
      project: PROTECTED,
      code: `
struct toy_set { struct mutex lock; int users; };

int toy_users(struct toy_set *set)
{
	lockdep_assert_held(&set->lock);
	return set->users;
}

static void toy_leave(struct toy_set *set)
{
	set->users--;
}

void toy_close(struct toy_set *set)
{
	mutex_lock(&set->lock);
	toy_leave(set);
	mutex_unlock(&set->lock);
}

struct toy_set *toy_set_alloc(void)
{
	struct toy_set *set = kzalloc(sizeof(*set), GFP_KERNEL);

	if (!set)
		return NULL;
	mutex_init(&set->lock);
	set->users = 1;
	return set;
}

bool toy_is_used(struct toy_set *set)
{
	return READ_ONCE(set->users) > 0;
}`,
    },
  ],
  *check({ facts, project, isNew }) {
    for (const { struct, field, lock } of project.fields) {
      const uses = facts.structs
        .filter(({ name }) => name === struct)
        .flatMap(({ fields }) => fields.filter(({ name }) => name === field))
        .flatMap((each) => each.uses);
      for (const use of uses) {
        const fn = facts.functions.find(
          ({ name, spot }) => name === use.function && spot.unit === use.spot.unit,
        );
        if (!fn || !isNew(use.spot) || !isBare(use, lock) || fn.runsAlone || !isAnswerable(fn, uses, lock))
          continue;
        yield {
          at: use.spot,
          function: fn.name,
          message:
            `${fn.name}() ${use.isWrite ? 'writes' : 'reads'} ${field} of ${tagOf(struct)} without ${lock}, which protects it. ` +
            'Take the lock, or assert with lockdep_assert_held() that the caller has it.',
        };
      }
    }
  },
});

function isBare({ isTyped, needsNoLock, mayLocks }: FieldUseFact, lock: string): boolean {
  return isTyped && !needsNoLock && mayLocks !== null && !mayLocks.some((held) => isCalled(held, lock));
}

/** Whether a lock, as it is written, is the member or the variable of that name. */
function isCalled(held: string, lock: string): boolean {
  return /\w+$/.exec(held.replace(/\)+$/, ''))?.[0] === lock;
}

/** Callers may hold the lock for a static function that never takes it. */
function isAnswerable(
  { name, isStatic, calls }: FunctionFact,
  uses: readonly FieldUseFact[],
  lock: string,
): boolean {
  if (!isStatic) return true;
  const takes = calls.some(({ acquires }) => acquires !== null && isCalled(acquires, lock));
  return (
    takes || uses.some((use) => use.function === name && use.mayLocks?.some((held) => isCalled(held, lock)))
  );
}
