/**
 * Tiny programmes of two or three tasks, and exactly how many runs and states
 * they have. A step is visible to the full search when it reaches what is
 * shared, to the reduced one when it synchronises or reaches a contended place:
 * one that two tasks reach unordered. A task that was chosen does one visible
 * step before the question is asked again.
 *
 * The full search has a run for every order of visible steps, the reduced one
 * one for its first tape and for every other way that a state of its last
 * search can go on, and those before it began anew. A state is how far each
 * task is, who of them waits, who was first where that matters, and who could
 * go on; where one is left that no other waits beside, nothing is asked.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeclarationsOf } from '../../server/src/ir/index.js';
import { LoweredCode } from '../../server/src/sim/code/index.js';
import type { Exploration } from '../../server/src/sim/engine/index.js';
import { CONCRETE, PROGRAMME_BUDGET, play } from '../../server/src/sim/scenarios/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const PATH = 'tiny.c';
const PRELUDE = `typedef struct { int refs; } refcount_t;
struct mutex { long owner; };
struct completion { unsigned int done; };
struct work_struct { void (*func)(struct work_struct *work); };
struct xarray { void *xa_head; };
struct list_head { struct list_head *next, *prev; };
struct object { refcount_t refs; int value; };
`;

interface Tiny {
  readonly name: string;
  readonly text: string;
  readonly setUp?: string;
  readonly tasks: readonly string[];
  readonly tearDown?: string;
  /** Runs of the reduced search before it began anew for the last time; 0 when left out. */
  readonly learning?: number;
  /** Without a bound on preemptions, and with one preemption at most: runs in full, runs reduced, states. */
  readonly unbounded: readonly [number, number, number];
  readonly bounded: readonly [number, number, number];
  /** What is found, by monitor. */
  readonly finds?: readonly string[];
}

const PROGRAMMES: readonly Tiny[] = [
  {
    // Two visible steps each in full: C(4, 2) = 6 orders; with one preemption 4, as who begins is free: 1122, 2211,
    // 1221 and 2112. Reduced, nothing is visible: it is only asked who begins.
    name: 'two tasks that write two variables each, all different',
    text: `static int a, b, c, d;
static void one(void) { WRITE_ONCE(a, 1); WRITE_ONCE(b, 1); }
static void two(void) { WRITE_ONCE(c, 1); WRITE_ONCE(d, 1); }
`,
    tasks: ['one', 'two'],
    unbounded: [6, 2, 1],
    bounded: [4, 2, 1],
  },
  {
    // Four each: C(8, 4) = 70 orders, which lead to one and the same end; with one preemption 8: either goes first
    // and is preempted after 1, 2, 3 steps, or never. Reduced, it is as with two variables.
    name: 'two tasks that write four variables each, all different',
    text: `static int a, b, c, d, e, f, g, h;
static void one(void) { WRITE_ONCE(a, 1); WRITE_ONCE(b, 1); WRITE_ONCE(c, 1); WRITE_ONCE(d, 1); }
static void two(void) { WRITE_ONCE(e, 1); WRITE_ONCE(f, 1); WRITE_ONCE(g, 1); WRITE_ONCE(h, 1); }
`,
    tasks: ['one', 'two'],
    unbounded: [70, 2, 1],
    bounded: [8, 2, 1],
  },
  {
    // As with different variables in full. The first run finds that the variable is contended; then all is visible:
    // 1 + 6 runs, 1 + 4 with one preemption. States are (0, 0), (1, 0), (0, 1), and (1, 1) by who was first: 5.
    name: 'two tasks that write the same variable twice',
    text: `static int a;
static void one(void) { WRITE_ONCE(a, 1); WRITE_ONCE(a, 2); }
static void two(void) { WRITE_ONCE(a, 3); WRITE_ONCE(a, 4); }
`,
    tasks: ['one', 'two'],
    learning: 1,
    unbounded: [6, 7, 5],
    bounded: [4, 5, 5],
  },
  {
    // 3! = 6 orders; a task ends with its step, so that nobody is ever preempted. Who goes next is free, visible or
    // not: the states are which one is done, if any.
    name: 'three tasks of one write each',
    text: `static int a, b, c;
static void one(void) { WRITE_ONCE(a, 1); }
static void two(void) { WRITE_ONCE(b, 1); }
static void three(void) { WRITE_ONCE(c, 1); }
`,
    tasks: ['one', 'two', 'three'],
    unbounded: [6, 6, 4],
    bounded: [6, 6, 4],
  },
  {
    // As with the same variable: a read and a write each. (1, 1) is two states by who could go on.
    name: 'two tasks that increment without a lock',
    text: `static int a;
static void one(void) { a++; }
static void two(void) { a++; }
`,
    tasks: ['one', 'two'],
    learning: 1,
    unbounded: [6, 7, 5],
    bounded: [4, 5, 5],
    finds: ['OVERLAP'],
  },
  {
    // Who is first takes, reads, writes and gives back. The other tries after one of the first three, in vain, or
    // later: 4 orders, and twice as many as either may be first. No order has more than one preemption. Under the
    // lock the variable is not contended: reduced, the other tries before the first gives back, or later. States
    // are the beginning, and for either the lock is held, with the other waiting or not: 1 + 2 * 2.
    name: 'two tasks that increment under a mutex',
    text: `static DEFINE_MUTEX(lock);
static int a;
static void one(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
static void two(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
`,
    tasks: ['one', 'two'],
    unbounded: [8, 4, 5],
    bounded: [8, 4, 5],
  },
  {
    // The first run orders both writes by the lock; the second, where `two` begins, does not: 2 runs. Then each has
    // three visible steps. The beginning; either alone: 2 + 2; `two` waits at 1 or 2 steps of `one`, at 2 since
    // before or from there: 3; `one` waits at 1 or 2 of `two`: 2; (1, 2) and (2, 2): 12. The four where one waits for
    // a lock that is held are no question: 2 + 1 + 8 runs. With one preemption either goes first and is preempted
    // after 1 or 2 steps, or never: 2 + 6.
    name: 'a variable that is written under a lock, and after it was given back',
    text: `static DEFINE_MUTEX(lock);
static int a;
static void one(void) { mutex_lock(&lock); a = 1; mutex_unlock(&lock); }
static void two(void) { mutex_lock(&lock); mutex_unlock(&lock); a = 2; }
`,
    tasks: ['one', 'two'],
    learning: 2,
    unbounded: [11, 11, 12],
    bounded: [6, 8, 12],
    finds: ['OVERLAP'],
  },
  {
    // The beginning: 1. For each of 3 that is first, which of the others wait: 4 while it holds the lock, 4 when it
    // is done. For each of 6 pairs of a first and a second that holds the lock: the third has not begun, waits since
    // the first, or has just tried: 3. Together 1 + 12 + 12 + 18, none of which needs two preemptions. Ways that go
    // on otherwise: 2 at the beginning; 2 + 1 + 1 + 0 by who waits for the first, and 4 after it; 1 before the third
    // has begun: 1 + 2 + 3 * 4 + 3 * 4 + 6 runs.
    name: 'three tasks that increment under a mutex',
    text: `static DEFINE_MUTEX(lock);
static int a;
static void one(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
static void two(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
static void three(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
`,
    tasks: ['one', 'two', 'three'],
    unbounded: [186, 33, 43],
    bounded: [96, 33, 43],
  },
  {
    // How many locks were taken and given back, w who waits. The beginning; either alone: 1, 2, 3; (1, 1) by who
    // could go on: 2; (1, 1w) and (1w, 1), where both end in the deadlock; and for either that is first (2, 0w), and
    // (3, 0w), (3, 1) and (3, 1w) when it has given one back: 1 + 6 + 2 + 2 + 8. Six are no question: those four of
    // (1, 1w) and (2, 0w), and (3, 1w): 1 + 13 runs. With one preemption 8: after 1, 2, 3 steps of either, or never.
    name: 'two locks in two orders',
    text: `static DEFINE_MUTEX(outer);
static DEFINE_MUTEX(inner);
static void one(void) { mutex_lock(&outer); mutex_lock(&inner); mutex_unlock(&inner); mutex_unlock(&outer); }
static void two(void) { mutex_lock(&inner); mutex_lock(&outer); mutex_unlock(&outer); mutex_unlock(&inner); }
`,
    tasks: ['one', 'two'],
    unbounded: [16, 14, 19],
    bounded: [8, 8, 19],
    finds: ['ABBA'],
  },
  {
    // Who only reads the pointer, with nobody who writes it, need not be asked: the one visible step of who puts
    // first ends it, and the other is alone.
    name: 'two tasks that put a reference each, the last one frees',
    text: `static struct object *shared;
static void open(void) { shared = kzalloc(8, 0xcc0); refcount_set(&shared->refs, 2); }
static void put(void) { struct object *o = READ_ONCE(shared); if (refcount_dec_and_test(&o->refs)) kfree(o); }
static void close(void) { shared = NULL; }
`,
    setUp: 'open',
    tasks: ['put', 'put'],
    tearDown: 'close',
    unbounded: [6, 2, 1],
    bounded: [4, 2, 1],
  },
  {
    // Counting is visible, and kfree(). The user gets its reference and puts it before the owner or after; or the
    // owner puts the last one and frees before the user comes (UAF), or the user comes between (R01): 4. It is asked
    // at the beginning, and after the first step of either: 3.
    name: 'a reference that is taken too late',
    text: `static struct object *shared;
static void open(void) { shared = kzalloc(8, 0xcc0); refcount_set(&shared->refs, 1); }
static void user(void) { struct object *o = READ_ONCE(shared); refcount_inc(&o->refs); if (refcount_dec_and_test(&o->refs)) kfree(o); }
static void owner(void) { struct object *o = READ_ONCE(shared); if (refcount_dec_and_test(&o->refs)) kfree(o); }
static void close(void) { shared = NULL; }
`,
    setUp: 'open',
    tasks: ['user', 'owner'],
    tearDown: 'close',
    unbounded: [14, 4, 3],
    bounded: [6, 4, 3],
    finds: ['R01', 'UAF'],
  },
  {
    // In full three steps and two: C(5, 2) = 10 orders; with one preemption 5. The first run reads, then frees what
    // was read: from then on `value` is contended, the pointer is not. kfree() comes before, between or after the
    // reads: 1 + 3 runs; it is asked at the beginning, and between.
    name: 'an object that one task frees, and another has only read',
    text: `static struct object *shared;
static void open(void) { shared = kzalloc(8, 0xcc0); }
static void reader(void) { struct object *o = READ_ONCE(shared); READ_ONCE(o->value); READ_ONCE(o->value); }
static void owner(void) { kfree(READ_ONCE(shared)); }
static void close(void) { shared = NULL; }
`,
    setUp: 'open',
    tasks: ['reader', 'owner'],
    tearDown: 'close',
    learning: 1,
    unbounded: [10, 4, 2],
    bounded: [5, 4, 2],
    finds: ['UAF'],
  },
  {
    // Containers are always visible: as with the same variable, without a run that learns it.
    name: 'an entry that is stored, and one that is looked up',
    text: `static DEFINE_XARRAY(all);
static int value;
static void one(void) { xa_store(&all, 1, &value, 0xcc0); xa_erase(&all, 1); }
static void two(void) { xa_load(&all, 1); xa_load(&all, 1); }
`,
    tasks: ['one', 'two'],
    unbounded: [6, 6, 5],
    bounded: [4, 4, 5],
  },
  {
    // The other one waits from the beginning, after the write, or after the completion: 3. Reduced, it waits before
    // the completion or not at all; states are the beginning, and that it waits.
    name: 'a completion orders two tasks',
    text: `static DECLARE_COMPLETION(ready);
static int a;
static void one(void) { a = 1; complete(&ready); }
static void two(void) { wait_for_completion(&ready); a = 2; }
`,
    tasks: ['one', 'two'],
    unbounded: [3, 2, 2],
    bounded: [3, 2, 2],
  },
  {
    // The work is done before the second write, between it and the flush, or while the flush waits: 3. Reduced, it is
    // done before the flush or while that waits; states are before the flush, and that it waits.
    name: 'a work item beside who queued it',
    text: `static struct work_struct work;
static int a, b;
static void worker(struct work_struct *w) { WRITE_ONCE(a, 1); }
static void one(void) { INIT_WORK(&work, worker); schedule_work(&work); WRITE_ONCE(b, 1); flush_work(&work); a = 2; }
`,
    tasks: ['one'],
    unbounded: [3, 2, 2],
    bounded: [3, 2, 2],
  },
  {
    // The first run finds both places contended, `value` because it was read before kfree(): then all is visible, four
    // steps each, three of the reader where it finds NULL. Nobody waits: the beginning; either alone: 3 + 3; (1, 1)
    // and (1, 2) by who could go on: 4, and (1, 3); the pointer was read before the write: 2 of (2, 1), (2, 2), 2 of
    // (3, 1), 2 of (3, 2); after it: (2, 2) and (2, 3). The writer waits: at (1, 2), at (2, 2) with the old
    // pointer, and since before or from there at (2, 2) with NULL and at (3, 2). That is 21 + 6; where it waits,
    // nothing is asked: 1 + 1 + 21 runs. One preemption leaves out (3, 2) by the reader, and that the writer begins to
    // wait at (2, 2) with NULL.
    name: 'a reader and a grace period',
    text: `static struct object *shared;
static void open(void) { shared = kzalloc(8, 0xcc0); }
static void reader(void) { rcu_read_lock(); struct object *o = READ_ONCE(shared); if (o) READ_ONCE(o->value); rcu_read_unlock(); }
static void writer(void) { struct object *o = READ_ONCE(shared); WRITE_ONCE(shared, NULL); synchronize_rcu(); kfree(o); }
`,
    setUp: 'open',
    tasks: ['reader', 'writer'],
    learning: 1,
    unbounded: [35, 23, 27],
    bounded: [8, 9, 25],
  },
  {
    // As before, with two steps of the reader, or one, and a writer that never waits: the beginning; the writer alone:
    // 3; the reader alone; the old pointer was read: 2 of (1, 1), (1, 2) and (1, 3). All are questions: 1 + 1 + 9.
    name: 'a reader without a read section',
    text: `static struct object *shared;
static void open(void) { shared = kzalloc(8, 0xcc0); }
static void reader(void) { struct object *o = READ_ONCE(shared); if (o) READ_ONCE(o->value); }
static void writer(void) { struct object *o = READ_ONCE(shared); WRITE_ONCE(shared, NULL); synchronize_rcu(); kfree(o); }
`,
    setUp: 'open',
    tasks: ['reader', 'writer'],
    learning: 1,
    unbounded: [12, 11, 9],
    bounded: [6, 7, 9],
    finds: ['UAF'],
  },
];

const NEVER = 99;

function explored(tiny: Tiny, preemptions: number, isReduced: boolean): Exploration {
  const files = [{ path: PATH, file: new CFile(PRELUDE + tiny.text) }];
  assert.deepEqual(files[0]!.file.errors, []);
  const code = new LoweredCode(new DeclarationsOf(files), files, {});
  const named = (name: string | undefined) => (name === undefined ? null : code.procedure(name, PATH)!);
  const programme = {
    setUp: named(tiny.setUp),
    tasks: tiny.tasks.map((name) => named(name)!),
    tearDown: named(tiny.tearDown),
  };
  const budget = { ...PROGRAMME_BUDGET, runs: 20_000, cost: NEVER };
  const options = { ...CONCRETE, faults: false, preemptions };
  const { exploration } = play(code, programme, budget, { order: 'cost', isReduced }, options);
  assert.ok(exploration.isComplete, exploration.bound);
  return exploration;
}

function monitors({ counterexamples }: Exploration): string[] {
  return [...new Set(counterexamples.map(({ monitor }) => monitor))].sort();
}

for (const tiny of PROGRAMMES)
  test(tiny.name, () => {
    for (const [preemptions, expected] of [
      [NEVER, tiny.unbounded],
      [1, tiny.bounded],
    ] as const) {
      const full = explored(tiny, preemptions, false);
      const reduced = explored(tiny, preemptions, true);
      assert.deepEqual([full.runs, reduced.runs, reduced.states], expected, `${preemptions} preemptions`);
      assert.ok(reduced.runs - (tiny.learning ?? 0) <= full.runs);
      assert.deepEqual(monitors(reduced), monitors(full));
      if (preemptions === NEVER) assert.deepEqual(monitors(full), tiny.finds ?? []);
    }
  });
