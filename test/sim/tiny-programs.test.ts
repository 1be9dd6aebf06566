/**
 * Tiny programmes of two or three tasks, and exactly how many runs and states
 * they have: every order of visible steps once in the full search, every state
 * once in the reduced one. A step is visible when it reaches what is shared; a
 * task that was chosen does one visible step before the question is asked again.
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
  /** Without a bound on preemptions, and with one preemption at most: runs in full, runs reduced, states. */
  readonly unbounded: readonly [number, number, number];
  readonly bounded: readonly [number, number, number];
  /** What is found, by monitor. */
  readonly finds?: readonly string[];
}

const PROGRAMMES: readonly Tiny[] = [
  {
    // Two visible steps each: C(4, 2) = 6 orders; with one preemption 4, as who begins is free: 1122, 2211, 1221
    // and 2112. States are how far each task is, 3 * 3, without the end, where nobody is left to choose: 8. Who
    // could go on counts where it matters to whom a switch is a preemption, which doubles (1, 1), and (1, 2) and
    // (2, 1), that are reached by the step of a task that goes on and by the last step of the other: 11.
    name: 'two tasks that write two variables each, all different',
    text: `static int a, b, c, d;
static void one(void) { WRITE_ONCE(a, 1); WRITE_ONCE(b, 1); }
static void two(void) { WRITE_ONCE(c, 1); WRITE_ONCE(d, 1); }
`,
    tasks: ['one', 'two'],
    unbounded: [6, 6, 11],
    bounded: [4, 4, 11],
  },
  {
    // Four each: C(8, 4) = 70 orders, which lead to one and the same end; with one preemption 8: either goes first
    // and is preempted after 1, 2, 3 steps, or never.
    name: 'two tasks that write four variables each, all different',
    text: `static int a, b, c, d, e, f, g, h;
static void one(void) { WRITE_ONCE(a, 1); WRITE_ONCE(b, 1); WRITE_ONCE(c, 1); WRITE_ONCE(d, 1); }
static void two(void) { WRITE_ONCE(e, 1); WRITE_ONCE(f, 1); WRITE_ONCE(g, 1); WRITE_ONCE(h, 1); }
`,
    tasks: ['one', 'two'],
    unbounded: [70, 26, 39],
    bounded: [8, 8, 39],
  },
  {
    // As with different variables, but where two orders met there, (1, 2) and (2, 1), they are two states here.
    name: 'two tasks that write the same variable twice',
    text: `static int a;
static void one(void) { WRITE_ONCE(a, 1); WRITE_ONCE(a, 2); }
static void two(void) { WRITE_ONCE(a, 3); WRITE_ONCE(a, 4); }
`,
    tasks: ['one', 'two'],
    unbounded: [6, 6, 13],
    bounded: [4, 4, 11],
  },
  {
    // 3! = 6 orders; a task ends with its step, so that nobody is ever preempted: the states are which tasks are
    // done, 2 ** 3, without the end.
    name: 'three tasks of one write each',
    text: `static int a, b, c;
static void one(void) { WRITE_ONCE(a, 1); }
static void two(void) { WRITE_ONCE(b, 1); }
static void three(void) { WRITE_ONCE(c, 1); }
`,
    tasks: ['one', 'two', 'three'],
    unbounded: [6, 6, 7],
    bounded: [6, 6, 7],
  },
  {
    name: 'two tasks that increment without a lock',
    text: `static int a;
static void one(void) { a++; }
static void two(void) { a++; }
`,
    tasks: ['one', 'two'],
    unbounded: [6, 6, 11],
    bounded: [4, 4, 11],
    finds: ['OVERLAP'],
  },
  {
    // Who is first takes, reads, writes and gives back. The other tries after one of the first three, in vain, or
    // later: 4 orders, and twice as many as either may be first. No order has more than one preemption.
    name: 'two tasks that increment under a mutex',
    text: `static DEFINE_MUTEX(lock);
static int a;
static void one(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
static void two(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
`,
    tasks: ['one', 'two'],
    unbounded: [8, 8, 27],
    bounded: [8, 8, 27],
  },
  {
    name: 'three tasks that increment under a mutex',
    text: `static DEFINE_MUTEX(lock);
static int a;
static void one(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
static void two(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
static void three(void) { mutex_lock(&lock); a++; mutex_unlock(&lock); }
`,
    tasks: ['one', 'two', 'three'],
    unbounded: [186, 81, 151],
    bounded: [96, 69, 151],
  },
  {
    name: 'two locks in two orders',
    text: `static DEFINE_MUTEX(outer);
static DEFINE_MUTEX(inner);
static void one(void) { mutex_lock(&outer); mutex_lock(&inner); mutex_unlock(&inner); mutex_unlock(&outer); }
static void two(void) { mutex_lock(&inner); mutex_lock(&outer); mutex_unlock(&outer); mutex_unlock(&inner); }
`,
    tasks: ['one', 'two'],
    unbounded: [16, 14, 33],
    bounded: [8, 8, 31],
    finds: ['ABBA'],
  },
  {
    name: 'two tasks that put a reference each, the last one frees',
    text: `static struct object *shared;
static void open(void) { shared = kzalloc(8, 0xcc0); refcount_set(&shared->refs, 2); }
static void put(void) { struct object *o = READ_ONCE(shared); if (refcount_dec_and_test(&o->refs)) kfree(o); }
static void close(void) { shared = NULL; }
`,
    setUp: 'open',
    tasks: ['put', 'put'],
    tearDown: 'close',
    unbounded: [6, 6, 18],
    bounded: [4, 4, 18],
  },
  {
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
    unbounded: [14, 12, 25],
    bounded: [6, 6, 25],
    finds: ['R01', 'UAF'],
  },
  {
    name: 'an entry that is stored, and one that is looked up',
    text: `static DEFINE_XARRAY(all);
static int value;
static void one(void) { xa_store(&all, 1, &value, 0xcc0); xa_erase(&all, 1); }
static void two(void) { xa_load(&all, 1); xa_load(&all, 1); }
`,
    tasks: ['one', 'two'],
    unbounded: [6, 6, 13],
    bounded: [4, 4, 11],
  },
  {
    // The other one waits from the beginning, after the write, or after the completion: 3.
    name: 'a completion orders two tasks',
    text: `static DECLARE_COMPLETION(ready);
static int a;
static void one(void) { a = 1; complete(&ready); }
static void two(void) { wait_for_completion(&ready); a = 2; }
`,
    tasks: ['one', 'two'],
    unbounded: [3, 3, 11],
    bounded: [3, 3, 11],
  },
  {
    // The work is done before the second write, between it and the flush, or while the flush waits: 3.
    name: 'a work item beside who queued it',
    text: `static struct work_struct work;
static int a, b;
static void worker(struct work_struct *w) { WRITE_ONCE(a, 1); }
static void one(void) { INIT_WORK(&work, worker); schedule_work(&work); WRITE_ONCE(b, 1); flush_work(&work); a = 2; }
`,
    tasks: ['one'],
    unbounded: [3, 3, 9],
    bounded: [3, 3, 9],
  },
  {
    name: 'a reader and a grace period',
    text: `static struct object *shared;
static void open(void) { shared = kzalloc(8, 0xcc0); }
static void reader(void) { rcu_read_lock(); struct object *o = READ_ONCE(shared); if (o) READ_ONCE(o->value); rcu_read_unlock(); }
static void writer(void) { struct object *o = READ_ONCE(shared); WRITE_ONCE(shared, NULL); synchronize_rcu(); kfree(o); }
`,
    setUp: 'open',
    tasks: ['reader', 'writer'],
    unbounded: [35, 22, 46],
    bounded: [8, 8, 41],
  },
  {
    name: 'a reader without a read section',
    text: `static struct object *shared;
static void open(void) { shared = kzalloc(8, 0xcc0); }
static void reader(void) { struct object *o = READ_ONCE(shared); if (o) READ_ONCE(o->value); }
static void writer(void) { struct object *o = READ_ONCE(shared); WRITE_ONCE(shared, NULL); synchronize_rcu(); kfree(o); }
`,
    setUp: 'open',
    tasks: ['reader', 'writer'],
    unbounded: [12, 10, 22],
    bounded: [6, 6, 20],
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
      assert.ok(reduced.runs <= full.runs);
      assert.deepEqual(monitors(reduced), monitors(full));
      if (preemptions === NEVER) assert.deepEqual(monitors(full), tiny.finds ?? []);
    }
  });
