/** "Look, and if it is not there, make it" on a shared container, outside of the lock that the file has. */
import type { FillFact, FunctionFact, LookupFact, Spot } from '../iommu/index.js';
import { defineRule } from './rule.js';

export const unlockedLookupThenFill = defineRule({
  id: 'unlocked-lookup-then-fill',
  classes: ['missing-lock'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: 'A shared container is looked up and, on a miss, filled, with no lock held over the two.',
  why: "Two tasks both miss, both allocate and both store. A store that overwrites hides the first object: whoever got it uses what the container no longer knows, and its last put removes the other one's entry.",
  remedy:
    'Hold one lock from the lookup to the store, or insert with a call that reports an entry which is there already (xa_insert, xa_cmpxchg) and use that one.',
  source:
    'drivers/iommu/iommu-sva.c:iommu_sva_bind_device (6.12) holds iommu_sva_lock over lookup, allocation and list_add',
  bad: [
    {
      title: 'lookup and store in two functions',
      code: `
static DEFINE_MUTEX(toy_lock);
static DEFINE_XARRAY(toys);

static struct toy *toy_create(unsigned long id)
{
	struct toy *toy = kzalloc(sizeof(*toy), GFP_KERNEL);

	xa_store(&toys, id, toy, GFP_KERNEL);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked-lookup-then-fill: toy_lock
	return toy;
}

struct toy *toy_get(unsigned long id)
{
	struct toy *toy = xa_load(&toys, id);

	return toy ? toy : toy_create(id);
}`,
    },
  ],
  good: [
    {
      title: 'one critical section',
      code: `
static DEFINE_MUTEX(toy_lock);
static DEFINE_XARRAY(toys);

struct toy *toy_get(unsigned long id)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	if (!toy) {
		toy = kzalloc(sizeof(*toy), GFP_KERNEL);
		xa_store(&toys, id, toy, GFP_KERNEL);
	}
	mutex_unlock(&toy_lock);
	return toy;
}`,
    },
    {
      title: 'an insert that notices',
      code: `
static DEFINE_MUTEX(toy_lock);
static DEFINE_XARRAY(toys);

int toy_add(unsigned long id, struct toy *toy)
{
	if (xa_load(&toys, id))
		return -EBUSY;
	return xa_insert(&toys, id, toy, GFP_KERNEL);
}`,
    },
  ],
  *check({ facts, isNew }) {
    const callers = callersOf(facts.functions);
    for (const fn of facts.functions) {
      for (const lookup of fn.lookups) {
        if (!lookup.container.isFileScope || lookup.locks.length > 0 || callersHoldLock(fn, callers))
          continue;
        const fill = fillBehind(fn, lookup, facts.functions);
        if (!fill || (!isNew(lookup.spot) && !isNew(fill.fact.spot))) continue;
        const lock = facts.fileLocks.get(fn.spot.unit.image.path)?.[0];
        if (!lock) continue;
        yield {
          at: isNew(fill.fact.spot) ? fill.fact.spot : lookup.spot,
          function: fill.fn.name,
          message:
            `${lookup.container.text} is looked up in ${fn.name}() and filled here with no lock over the two, although the file has ${lock.name}. ` +
            `Two tasks can both miss and both store, and the second ${fill.fact.call}() hides the first one's object. ` +
            `Hold ${lock.name} over the two, or insert with xa_insert() and use the entry that is there.`,
          related: [
            { spot: lookup.spot, message: 'looked up here, without a lock' },
            { spot: lock.spot, message: 'the lock of this file' },
          ],
        };
      }
    }
  },
});

type Calls = ReadonlyMap<string, readonly { readonly locks: readonly string[] }[]>;

function callersOf(functions: readonly FunctionFact[]): Calls {
  const calls = new Map<string, { locks: readonly string[] }[]>();
  for (const fn of functions) {
    for (const call of fn.calls) {
      const list = calls.get(call.name);
      if (list) list.push(call);
      else calls.set(call.name, [call]);
    }
  }
  return calls;
}

/** Whether every caller at hand holds some lock; without a caller nobody does. */
function callersHoldLock(fn: FunctionFact, callers: Calls): boolean {
  const calls = callers.get(fn.name) ?? [];
  return calls.length > 0 && calls.every(({ locks }) => locks.length > 0);
}

/** The overwriting store into the same container, in the function itself or in one that it calls. */
function fillBehind(
  fn: FunctionFact,
  lookup: LookupFact,
  functions: readonly FunctionFact[],
): { fn: FunctionFact; fact: FillFact } | null {
  const called = new Set(fn.calls.map(({ name }) => name));
  const near = functions.filter(
    (each) => each === fn || (called.has(each.name) && sameFile(each.spot, fn.spot)),
  );
  for (const each of near) {
    const fact = each.fills.find(
      (fill) => fill.overwrites && fill.container.text === lookup.container.text && fill.locks.length === 0,
    );
    if (fact) return { fn: each, fact };
  }
  return null;
}

function sameFile(a: Spot, b: Spot): boolean {
  return a.unit.image.path === b.unit.image.path;
}
