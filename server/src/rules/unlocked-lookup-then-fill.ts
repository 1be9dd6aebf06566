/** "Look, and if it is not there, make it" on a shared container, outside of the lock that the file has. */
import { contains, type Span } from '../base/index.js';
import type { CallFact, DesignFacts, FillFact, FunctionFact, LookupFact, Spot } from '../iommu/index.js';
import { defineRule } from './rule.js';

export const unlockedLookupThenFill = defineRule({
  id: 'unlocked-lookup-then-fill',
  confirmedBy: ['DUP', 'OVERLAP'],
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
    {
      title: 'the lock is let go of in between',
      code: `
static DEFINE_MUTEX(toy_lock);
static DEFINE_XARRAY(toys);

struct toy *toy_get(unsigned long id, struct toy *new)
{
	struct toy *toy;

	mutex_lock(&toy_lock);
	toy = xa_load(&toys, id);
	mutex_unlock(&toy_lock);
	if (toy)
		return toy;
	mutex_lock(&toy_lock);
	xa_store(&toys, id, new, GFP_KERNEL);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked-lookup-then-fill: let go of in between
	mutex_unlock(&toy_lock);
	return new;
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
    const around = new Surroundings(facts);
    const said = new Set<FillFact>();
    for (const fn of facts.functions) {
      for (const lookup of fn.lookups) {
        const race = around.raceBehind(fn, lookup);
        if (!race || said.has(race.fill) || (!isNew(lookup.spot) && !isNew(race.fill.spot))) continue;
        said.add(race.fill);
        const { fill, lock } = race;
        yield {
          at: isNew(fill.spot) ? fill.spot : lookup.spot,
          function: race.fn.name,
          message:
            `${lookup.container.text} is looked up in ${fn.name}() ${HOW[race.how](lock.name)}. ` +
            'Two tasks can both miss and both store, and one object is lost or stands there twice. ' +
            `Hold ${lock.name} from the lookup to the store.`,
          related: [
            { spot: lookup.spot, message: 'looked up here' },
            ...(lock.spot ? [{ spot: lock.spot, message: 'the lock of this file' }] : []),
          ],
        };
      }
    }
  },
});

interface Race {
  readonly fn: FunctionFact;
  readonly fill: FillFact;
  readonly how: keyof typeof HOW;
  readonly lock: { readonly name: string; readonly spot: Spot | null };
}

/** How the lookup and the store are apart, in words that follow "… is looked up in f() ". */
const HOW = {
  'no lock': (lock: string) => `and filled here with no lock over the two, although the file has ${lock}`,
  'lookup unlocked': (lock: string) => `without ${lock} and filled here under it, without looking again`,
  'fill unlocked': (lock: string) => `under ${lock} and filled here without it`,
  'lock dropped': (lock: string) => `and filled here under ${lock}, which is let go of in between`,
} as const;

/** How far up callers are asked whether they hold a lock. */
const DEPTH = 3;

type Call = { readonly by: FunctionFact; readonly call: CallFact };

class Surroundings {
  private readonly byName = new Map<string, FunctionFact[]>();
  private readonly guards = new Map<string, ReadonlyMap<string, string>>();
  private callers: ReadonlyMap<string, readonly Call[]> | null = null;

  constructor(private readonly facts: DesignFacts) {
    for (const fn of facts.functions) push(this.byName, fn.name, fn);
  }

  /** Who calls what, read when a store is seen on the way of a miss: few files have one. */
  private callsOf(name: string): readonly Call[] {
    this.callers ??= this.readCallers();
    return this.callers.get(name) ?? [];
  }

  private readCallers(): ReadonlyMap<string, readonly Call[]> {
    const callers = new Map<string, Call[]>();
    for (const fn of this.facts.functions)
      for (const call of fn.calls) push(callers, call.name, { by: fn, call });
    return callers;
  }

  /** The store that a miss leads to, when nothing keeps another task from doing the same. */
  raceBehind(fn: FunctionFact, lookup: LookupFact): Race | null {
    if (!lookup.container.isFileScope || lookup.onMiss.length === 0) return null;
    for (const { at, fn: near, call } of this.nearby(fn)) {
      for (const fill of near.fills) {
        if (fill.container.text !== lookup.container.text || !fill.overwrites || fill.seesPrevious) continue;
        const here = at ?? fill.spot.span;
        const isOnMiss = lookup.onMiss.some((each) => contains(each, here));
        if (!isOnMiss || near.runsAlone) continue;
        const held = [...fill.mayLocks, ...(call?.mayLocks ?? [])];
        const how = howApart(fn, lookup, near, fill, held);
        const lock = how && this.lockFor(fn, lookup.container.text, [...held, ...lookup.locks]);
        if (how && lock && !this.isAlone(fn, DEPTH)) return { fn: near, fill, how, lock };
      }
    }
    return null;
  }

  /** The function itself, and what it calls in its file, with the place of the call. */
  private nearby(
    fn: FunctionFact,
  ): { readonly fn: FunctionFact; readonly at: Span | null; readonly call: CallFact | null }[] {
    const called = fn.calls.flatMap((call) =>
      (this.byName.get(call.name) ?? [])
        .filter((each) => each !== fn && sameFile(each, fn))
        .map((each) => ({ fn: each, at: call.spot.span, call })),
    );
    return [{ fn, at: null, call: null }, ...called];
  }

  /** Whether every way to the function at hand holds some lock, or runs before there is anybody else. */
  private isAlone(fn: FunctionFact, depth: number): boolean {
    // Who calls through a pointer may hold a lock that is not seen here.
    if (fn.runsAlone || fn.isCallback) return true;
    const calls = this.callsOf(fn.name).filter(({ by }) => by !== fn && (!fn.isStatic || sameFile(by, fn)));
    if (calls.length === 0 || depth === 0) return false;
    return calls.every(({ by, call }) => call.mayLocks.length > 0 || this.isAlone(by, depth - 1));
  }

  /** The first lock under which a container of the file is used. */
  private guardsOf(path: string): ReadonlyMap<string, string> {
    let guards = this.guards.get(path);
    if (!guards) {
      guards = this.readGuards(path);
      this.guards.set(path, guards);
    }
    return guards;
  }

  private readGuards(path: string): ReadonlyMap<string, string> {
    const guards = new Map<string, string>();
    for (const fn of this.facts.functions) {
      if (fn.spot.unit.image.path !== path) continue;
      for (const { container, locks } of [...fn.fills, ...fn.lookups, ...fn.removals]) {
        const [lock] = locks;
        if (lock !== undefined && !guards.has(container.text)) guards.set(container.text, lock);
      }
    }
    return guards;
  }

  /** The lock that guards the container elsewhere, or at its store; else the only lock of the file. */
  private lockFor(fn: FunctionFact, container: string, held: readonly string[]): Race['lock'] | null {
    const locks = this.facts.fileLocks.get(fn.spot.unit.image.path) ?? [];
    const guard = (held[0] ?? this.guardsOf(fn.spot.unit.image.path).get(container))?.replace(/^&/, '');
    if (guard === undefined) return locks.length === 1 ? locks[0]! : null;
    return locks.find(({ name }) => name === guard) ?? { name: guard, spot: null };
  }
}

/** How the two fail to be one critical section; null when they are one, or the second looks again. */
function howApart(
  fn: FunctionFact,
  lookup: LookupFact,
  near: FunctionFact,
  fill: FillFact,
  held: readonly string[],
): Race['how'] | null {
  const isLooked = lookup.mayLocks.length > 0;
  if (held.length === 0) return isLooked ? 'fill unlocked' : 'no lock';
  const looksAgain = (from: FunctionFact, after: number): boolean =>
    from.lookups.some(
      ({ spot, mayLocks, container }) =>
        mayLocks.length > 0 && container.text === fill.container.text && spot.span.start > after,
    );
  if (!isLooked) return looksAgain(near, -1) || looksAgain(fn, -1) ? null : 'lookup unlocked';
  const retaken = fn.calls.find(
    ({ acquires, spot }) =>
      acquires !== null &&
      held.includes(acquires) &&
      lookup.mayLocks.includes(acquires) &&
      spot.span.start > lookup.spot.span.end &&
      spot.span.end < fill.spot.span.start,
  );
  return near === fn && retaken && !looksAgain(fn, retaken.spot.span.end) ? 'lock dropped' : null;
}

function sameFile(a: FunctionFact, b: FunctionFact): boolean {
  return a.spot.unit.image.path === b.spot.unit.image.path;
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
