/**
 * What holds of every search, on tiny programmes made at random: the reduced
 * search finds what the full one finds, a tape is a run, a plainer tape shows
 * the same, the first counterexample is a cheapest one, and nothing throws.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { DeclarationsOf } from '../../server/src/ir/index.js';
import { LoweredCode } from '../../server/src/sim/code/index.js';
import {
  type Counterexample,
  type Exploration,
  explore,
  Machine,
  type RunOptions,
  replay,
  type Subject,
  shrink,
  type Tape,
} from '../../server/src/sim/engine/index.js';
import { identity } from '../../server/src/sim/model/index.js';
import {
  ALONE_BUDGET,
  CONCRETE,
  PROGRAMME_BUDGET,
  programmeSubject,
  runAlone,
} from '../../server/src/sim/scenarios/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const PATH = 'random.c';
/** Every run of the tests tries the same programmes; SIM_SEED and SIM_RUNS look elsewhere, and for longer. */
const SAMPLES = {
  seed: Number(process.env.SIM_SEED ?? 1),
  numRuns: Number(process.env.SIM_RUNS ?? 60),
};
/** A full search that is longer than this is left out. */
const LONGEST = 1000;

const PRELUDE = `typedef struct { int refs; } refcount_t;
struct mutex { long owner; };
struct completion { unsigned int done; };
struct list_head { struct list_head *next, *prev; };
struct rcu_head { struct rcu_head *next; void (*func)(struct rcu_head *head); };
struct work_struct { void (*func)(struct work_struct *work); };
struct xarray { void *xa_head; };
struct object { refcount_t refs; int value; struct list_head node; struct rcu_head rcu; };
static DEFINE_MUTEX(m);
static DEFINE_MUTEX(n);
static LIST_HEAD(head);
static DEFINE_XARRAY(all);
static DECLARE_COMPLETION(ready);
static struct work_struct work, next;
static int a, b;
static struct object *shared, *other;
static void worker(struct work_struct *w) { a++; if (other) other->value = 3; }
static void worker_of_next(struct work_struct *w) { b = a; }
static void open(void)
{
	INIT_WORK(&work, worker);
	INIT_WORK(&next, worker_of_next);
	shared = kzalloc(sizeof(*shared), 0xcc0);
	other = kzalloc(sizeof(*other), 0xcc0);
	refcount_set(&shared->refs, 2);
	INIT_LIST_HEAD(&shared->node);
	list_add(&other->node, &head);
}
static void close(void)
{
	flush_work(&work);
	flush_work(&next);
	list_del_init(&other->node);
	kfree(other);
}
`;

/** What tasks do; `$` stands for another statement. */
const STATEMENTS = [
  'a = 1;',
  'b = a;',
  'a++;',
  'WRITE_ONCE(a, 2);',
  'if (READ_ONCE(a) == 2) b = 2;',
  'if (READ_ONCE(b) && a == 2) shared = NULL;',
  'mutex_lock(&m); $ mutex_unlock(&m);',
  'mutex_lock(&n); $ mutex_unlock(&n);',
  'if (mutex_trylock(&m)) { $ mutex_unlock(&m); }',
  'mutex_lock(&m);',
  'mutex_unlock(&n);',
  'refcount_inc(&shared->refs);',
  'if (refcount_inc_not_zero(&shared->refs)) { $ }',
  'if (refcount_dec_and_test(&shared->refs)) kfree(shared);',
  'kfree(shared);',
  'shared = NULL;',
  'if (shared) shared->value = 1;',
  'list_add(&shared->node, &head);',
  'list_del(&other->node);',
  'list_for_each_entry(o, &head, node) o->value++;',
  'xa_store(&all, 1, shared, 0xcc0);',
  'xa_erase(&all, 1);',
  'o = xa_load(&all, 1); if (o) o->value = 1;',
  'complete(&ready);',
  'wait_for_completion(&ready);',
  'schedule_work(&work);',
  'flush_work(&work);',
  'cancel_work_sync(&work);',
  'rcu_read_lock(); o = READ_ONCE(shared); if (o) READ_ONCE(o->value); rcu_read_unlock();',
  'synchronize_rcu();',
  'kfree_rcu(shared, rcu);',
  'o = kzalloc(8, 0xcc0); if (!o) return; $ kfree(o);',
];

/** Those on work, grace periods and completions, where order lies in no memory. */
const LATER = [
  ...STATEMENTS.filter((each) => /work|rcu|ready/.test(each)),
  'schedule_work(&next);',
  'flush_work(&next);',
  'cancel_work_sync(&next);',
  'rcu_read_lock(); $ rcu_read_unlock();',
  'a = 1;',
  'shared = NULL;',
];

const statementOf = (statements: readonly string[]): fc.Arbitrary<string> =>
  fc
    .array(fc.constantFrom(...statements), { minLength: 3, maxLength: 3 })
    .map((parts) => parts.reduceRight((inner, each) => each.replace('$', inner.replace('$', '')), ''));
const bodyOf = (statements: readonly string[]): fc.Arbitrary<string[]> =>
  fc.array(statementOf(statements), { minLength: 1, maxLength: 3 });
const body = bodyOf(STATEMENTS);
const bodies = fc.oneof(
  fc.array(body, { minLength: 2, maxLength: 3 }),
  fc.array(bodyOf(LATER), { minLength: 2, maxLength: 3 }),
);
const options = fc.record({
  preemptions: fc.constantFrom(1, 2, 99),
  faults: fc.boolean(),
});
const programme = fc.record({ bodies, options });

interface Sample {
  readonly bodies: readonly (readonly string[])[];
  readonly options: Pick<RunOptions, 'preemptions' | 'faults'>;
}

function textOf(bodies: Sample['bodies']): string {
  const tasks = bodies.map(
    (statements, index) =>
      `static void task${index}(void)\n{\n\tstruct object *o;\n\t${statements.join('\n\t')}\n}\n`,
  );
  return PRELUDE + tasks.join('');
}

function loaded(text: string): { code: LoweredCode; file: CFile } {
  const file = new CFile(text);
  const files = [{ path: PATH, file }];
  return { code: new LoweredCode(new DeclarationsOf(files), files, {}), file };
}

function subjectOf(sample: Sample): Subject {
  const { code, file } = loaded(textOf(sample.bodies));
  assert.deepEqual(file.errors, []);
  const named = (name: string) => code.procedure(name, PATH)!;
  const tasks = sample.bodies.map((_, index) => named(`task${index}`));
  const { options: more } = sample;
  return programmeSubject(
    code,
    { setUp: named('open'), tasks, tearDown: named('close') },
    { ...CONCRETE, ...more },
  );
}

const budget = { ...PROGRAMME_BUDGET, runs: LONGEST, cost: 99 };

interface Searched extends Exploration {
  /** The states in which runs came to their end: where a breach ends one, others may have come so far or further. */
  readonly ends: ReadonlySet<string>;
}

function searched(subject: Subject, isReduced: boolean): Searched {
  const ends = new Set<string>();
  const observe = (machine: Machine): void => {
    if (machine.ending?.kind === 'finished') ends.add(stateOf(machine));
  };
  return { ...explore(subject, budget, { order: 'cost', isReduced }, { observe }), ends };
}

function placesOf({ counterexamples }: Exploration): string[] {
  return counterexamples.map(({ monitor, site }) => `${monitor} ${site.start}`).sort();
}

function costOf({ choicesMade }: Counterexample): number {
  return choicesMade.reduce((sum, { cost }) => sum + cost, 0);
}

interface Run {
  readonly violations: readonly string[];
  readonly answers: readonly string[];
  readonly state: string;
  readonly machine: Machine;
}

function run({ code, options: how, setUp }: Subject, tape: Tape): Run {
  const machine = new Machine(code, how, tape);
  setUp(machine);
  machine.run();
  return {
    violations: machine.violations.map(({ monitor, site, words }) => `${monitor} ${site.start} ${words}`),
    answers: machine.choices.map(({ kind, count, taken }) => `${kind} ${taken}/${count}`),
    state: stateOf(machine),
    machine,
  };
}

/** Everything that a run left behind. */
function stateOf(machine: Machine): string {
  const objects = machine.heap.objects.map(({ id, state, cells }) => {
    const values = [...cells.values()].map(
      ({ key, value }) => `${key}=${value === null ? '?' : identity(value)}`,
    );
    return `${id} ${state} ${values.sort().join(' ')}`;
  });
  const tasks = machine.tasks.map(({ name, isDone, held }) => `${name} ${isDone} ${held.length}`);
  return [machine.ending?.kind, ...objects.sort(), ...tasks].join('\n');
}

/** Lock orders are held against those of other runs: one run does not show them. */
function isShownAlone(subject: Subject, { tape, monitor, site }: Counterexample): boolean {
  return run(subject, tape).machine.violations.some(
    (each) => each.monitor === monitor && each.site.start === site.start,
  );
}

/**
 * Under a bound on preemptions, the order of two tasks that shows a race may be stood in for by one that would take a
 * preemption more, as where the run ends early because something freed is used: races are compared without a bound.
 */
function isCompared({ options: { preemptions } }: Sample): (place: string) => boolean {
  return (place) => preemptions > 2 || !place.startsWith('OVERLAP ');
}

test('the reduced search finds what the full one finds and ends where that ends, for fewer runs', (t) => {
  let [full, reduced, programmes] = [0, 0, 0];
  fc.assert(
    fc.property(programme, (sample) => {
      const subject = subjectOf(sample);
      const all = searched(subject, false);
      fc.pre(all.isComplete);
      const some = searched(subject, true);
      assert.deepEqual([...some.ends].sort(), [...all.ends].sort());
      assert.deepEqual(
        placesOf(some).filter(isCompared(sample)),
        placesOf(all).filter(isCompared(sample)),
        textOf(sample.bodies).slice(PRELUDE.length),
      );
      assert.ok(some.isComplete);
      [full, reduced, programmes] = [full + all.runs, reduced + some.runs, programmes + 1];
    }),
    SAMPLES,
  );
  // One that finds a contended place begins anew: of a tiny programme it may need a run or two more.
  assert.ok(reduced <= full, `${reduced} of ${full}`);
  t.diagnostic(`${programmes} programmes, ${full} runs in full, ${reduced} reduced`);
});

/** A tape that fits, by wishes for its first answers. */
function fitting(subject: Subject, wishes: readonly number[]): Tape {
  const tape: number[] = [];
  for (const wish of wishes) {
    const choice = run(subject, tape).machine.choices[tape.length];
    if (!choice) break;
    tape.push(wish % choice.count);
  }
  return tape;
}

test('a tape is a run: again, it shows the same and ends in the same state', () => {
  fc.assert(
    fc.property(programme, fc.array(fc.nat(5), { maxLength: 12 }), (sample, wishes) => {
      const subject = subjectOf(sample);
      const tape = fitting(subject, wishes);
      const { machine, ...first } = run(subject, tape);
      assert.notDeepEqual(machine.ending, { kind: 'stopped', why: 'the tape does not fit the code' });
      const whole = machine.choices.map(({ taken }) => taken);
      for (const again of [tape, whole]) {
        const { machine: _, ...second } = run(subject, again);
        assert.deepEqual(second, first);
      }
      const shown = replay(subject, tape);
      assert.deepEqual(
        shown.violations.map(({ monitor, site, words }) => `${monitor} ${site.start} ${words}`),
        first.violations,
      );
    }),
    SAMPLES,
  );
});

test('a plainer tape shows the same for no higher price, and the first counterexample is a cheapest one', () => {
  fc.assert(
    fc.property(programme, (sample) => {
      const subject = subjectOf(sample);
      const { counterexamples, isComplete } = searched(subject, false);
      const least = Math.min(...counterexamples.map(costOf));
      const [first] = counterexamples;
      if (first && isComplete) assert.equal(costOf(first), least);
      for (const found of counterexamples.slice(0, 3)) {
        if (!isShownAlone(subject, found)) {
          assert.equal(found.monitor, 'ABBA');
          continue;
        }
        const tape = shrink(subject, found);
        assert.ok(isShownAlone(subject, { ...found, tape }));
        assert.ok(tape.length <= found.tape.length);
        assert.ok(run(subject, tape).machine.cost <= costOf(found));
      }
    }),
    { ...SAMPLES, numRuns: SAMPLES.numRuns / 2 },
  );
});

/** Functions as they stand in drivers, with everything that may go wrong in them. */
const ALONE_TEXTS = [
  `struct dev { int users; struct mutex lock; struct list_head node, children; struct dev *next; unsigned long flags; };
static int attach(struct dev *dev, struct dev *parent, unsigned int id)
{
	struct dev *child, *tmp;
	int ret = -22;

	mutex_lock(&parent->lock);
	if (!dev || id > 31)
		goto out;
	child = kzalloc(sizeof(*child), 0xcc0);
	if (!child) {
		ret = -12;
		goto out;
	}
	list_for_each_entry_safe(dev, tmp, &parent->children, node) {
		if (dev->flags & (1 << id))
			list_del(&dev->node);
		else
			dev->users++;
	}
	switch (id) {
	case 1 ... 3:
		ret = parent->next->users;
		break;
	case 7:
		kfree(child);
		fallthrough;
	default:
		ret = child->users << id;
	}
out:
	mutex_unlock(&parent->lock);
	return ret;
}
`,
  `struct table { unsigned long entries[64]; unsigned char kind : 3, level : 5; union { int one; struct table *next; }; };
static unsigned long walk(struct table *table, unsigned long iova, long size)
{
	unsigned long sum = 0, at;
	struct table copy = *table;

	for (at = iova; at < iova + size; at += 4096) {
		struct table *next = copy.next + (at >> 12);

		if (copy.kind == 2 || !next)
			break;
		sum += next->entries[at & 63] / (copy.level ?: 1);
		copy = *next;
		copy.kind++;
	}
	return ((char *)table)[0x7fffffffffffffffUL] + sum % (size - 1) + table[-1].entries[iova];
}
`,
  `struct ops { int (*map)(void *cookie, int n); void (*free)(void *cookie); };
static int twice(const struct ops *ops, void *cookie, int n)
{
	void *copy = kmemdup(cookie, n, 0xcc0);
	struct ops *p = ERR_PTR(-12);
	int ret;

	if (IS_ERR_OR_NULL(copy))
		return PTR_ERR(copy);
	do {
		ret = ops->map ? ops->map(copy, n--) : twice(ops, copy, n - 1);
	} while (ret == -11 && n == !n);
	if (ret < 0 && ops->free)
		ops->free(copy);
	return p == cookie ? n / 0 : (unsigned char)ret ^ -n;
}
`,
];

test('no function and no beginning of a text makes a run throw', () => {
  const text = fc.oneof(
    fc.constantFrom(...ALONE_TEXTS).map((each) => PRELUDE + each),
    fc.array(body, { minLength: 1, maxLength: 3 }).map(textOf),
  );
  fc.assert(
    fc.property(text, fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { freq: 3 }), (whole, share) => {
      const end = share === null ? whole.length : Math.floor(whole.length * share);
      const { code, file } = loaded(whole.slice(0, end));
      for (const item of file.items) {
        if (item.kind !== 'function' || !item.bodySpan) continue;
        const procedure = code.procedureOf({ item, file, path: PATH });
        const { verdict } = runAlone(code, procedure, { ...ALONE_BUDGET, runs: 12 });
        assert.ok(['violated', 'held', 'not-modelled'].includes(verdict.kind));
      }
    }),
    SAMPLES,
  );
});

test('an object that is freed twice does not hide what lies between the two', () => {
  for (const free of ['kfree(shared);', 'kfree_rcu(shared, rcu);']) {
    const bodies = [
      [free, 'a = 1;'],
      ['if (shared) shared->value = 1;', free],
    ];
    const subject = subjectOf({ bodies, options: { preemptions: 1, faults: false } });
    assert.deepEqual(placesOf(searched(subject, true)), placesOf(searched(subject, false)));
  }
});

test('who waits for a lock before anything else is told from who has not begun', () => {
  const bodies = [['mutex_lock(&m);', 'a = 1;'], ['mutex_lock(&m);'], ['mutex_lock(&m);', 'a = 1;']];
  const subject = subjectOf({ bodies, options: { preemptions: 1, faults: false } });
  const full = placesOf(searched(subject, false));
  assert.ok(full.some((place) => place.startsWith('ABBA ')));
  assert.deepEqual(placesOf(searched(subject, true)), full);
});
