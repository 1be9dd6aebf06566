/**
 * The machine alone: how many instructions it executes when all that it runs
 * is lowered already, over every function of drivers/iommu run alone and over
 * a small concrete programme that binds and unbinds from several tasks. Run by
 * `npm run bench` with the root of a kernel tree.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DeclarationsOf } from '../../server/src/ir/index.js';
import { LoweredCode } from '../../server/src/sim/code/index.js';
import {
  type Budget,
  type Code,
  type Exploration,
  explore,
  Machine,
  type Procedure,
  replay,
  type Subject,
  type Tape,
} from '../../server/src/sim/engine/index.js';
import { PROGRAMME_BUDGET, programmeSubject, runAlone } from '../../server/src/sim/scenarios/index.js';
import { CFile } from '../../server/src/syntax/index.js';
import { sourcesOf } from '../sim/mutants/source.js';

const ROUNDS = 3;
/** Searches of the programme in one round, so that a round is long enough to be measured. */
const SEARCHES = 20;
/** More than any of the searches below needs; what is not done then is said. */
const BOUND: Budget = { ...PROGRAMME_BUDGET, runs: 100_000, steps: 100_000_000 };

const root = process.argv[2] ?? '.';
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

interface Entry {
  readonly code: Code;
  readonly procedure: Procedure;
}

/** Every function of drivers/iommu with the code around it. */
function entriesOf(): Entry[] {
  return sourcesOf(root).flatMap((source) =>
    source.subjects.map(({ item }) => ({ code: source.code, procedure: source.original(item) })),
  );
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function timed<T>(work: () => T): { readonly seconds: number; readonly result: T } {
  const start = performance.now();
  const result = work();
  return { seconds: (performance.now() - start) / 1000, result };
}

const thousands = (value: number): string => Math.round(value).toLocaleString('en');

function say(figure: string, what: string): void {
  console.log(`  ${figure}  ${what}`);
}

// ---- functions alone

function measureAlone(): void {
  const entries = entriesOf();
  const round = () => entries.map(({ code, procedure }) => runAlone(code, procedure));
  // A round that does not count lowers what is called from elsewhere.
  round();
  const rounds = Array.from({ length: ROUNDS }, () => timed(round));
  const seconds = median(rounds.map((each) => each.seconds));
  const { result } = rounds[0]!;
  const steps = result.reduce((sum, { exploration }) => sum + exploration.steps, 0);
  const runs = result.reduce((sum, { exploration }) => sum + exploration.runs, 0);
  const whole = result.filter(({ verdict }) => verdict.explored === 'completely').length;
  const verdicts = new Map<string, number>();
  for (const { verdict } of result) verdicts.set(verdict.kind, (verdicts.get(verdict.kind) ?? 0) + 1);
  console.log(`machine, every function of drivers/iommu alone (${entries.length}), all code lowered:`);
  say(thousands(steps / seconds), 'instructions a second');
  say(thousands(runs / seconds), `runs a second, ${(steps / runs).toFixed(0)} instructions each`);
  say(`${((100 * whole) / entries.length).toFixed(1)}%`, 'of the functions explored completely');
  for (const [kind, count] of [...verdicts].sort()) say(String(count), kind);
  const halted = result
    .flatMap(({ exploration }) => [...exploration.stops.values()])
    .reduce((sum, runs) => sum + runs, 0);
  say(`${((100 * halted) / runs).toFixed(1)}%`, 'of the runs stopped before their end');
}

// ---- a concrete programme

const PATH = 'bonds.c';
const PROGRAMME = `typedef struct { int refs; } refcount_t;
typedef unsigned int gfp_t;
struct mutex { long owner; };
struct xarray { void *xa_head; };
struct domain { refcount_t users; unsigned long flags; };
struct bond { struct domain *domain; int pasid; };

static DEFINE_XARRAY(bonds);
static DEFINE_MUTEX(lock);

static struct domain *get_domain(void)
{
	struct domain *domain = xa_load(&bonds, 0);

	if (domain && refcount_inc_not_zero(&domain->users))
		return domain;
	domain = kzalloc(sizeof(*domain), 0xcc0);
	if (!domain)
		return 0;
	refcount_set(&domain->users, 1);
	if (xa_err(xa_store(&bonds, 0, domain, 0xcc0))) {
		kfree(domain);
		return 0;
	}
	return domain;
}

static void put_domain(struct domain *domain)
{
	if (!refcount_dec_and_test(&domain->users))
		return;
	xa_erase(&bonds, 0);
	kfree(domain);
}

static struct bond *bind(int pasid)
{
	struct bond *bond = kzalloc(sizeof(*bond), 0xcc0);

	if (!bond)
		return 0;
	mutex_lock(&lock);
	bond->domain = get_domain();
	mutex_unlock(&lock);
	if (!bond->domain) {
		kfree(bond);
		return 0;
	}
	bond->pasid = pasid;
	return bond;
}

static void unbind(struct bond *bond)
{
	mutex_lock(&lock);
	put_domain(bond->domain);
	mutex_unlock(&lock);
	kfree(bond);
}

static void one(void) { struct bond *bond = bind(1); if (bond) unbind(bond); }
static void two(void) { struct bond *bond = bind(2); if (bond) unbind(bond); }
static void three(void) { struct bond *bond = bind(3); if (bond) unbind(bond); }
static void close(void) { xa_destroy(&bonds); }
`;
const TASKS = ['one', 'two', 'three'];

function bonds(tasks: number): Subject {
  const file = new CFile(PROGRAMME);
  const files = [{ path: PATH, file }];
  const code = new LoweredCode(new DeclarationsOf(files), files, {});
  const procedure = (name: string): Procedure => code.procedure(name, PATH)!;
  return programmeSubject(code, {
    setUp: null,
    tasks: TASKS.slice(0, tasks).map(procedure),
    tearDown: procedure('close'),
  });
}

function searched(
  subject: Subject,
  isReduced: boolean,
  keep: (machine: Machine) => void = () => {},
): Exploration {
  return explore(subject, BOUND, { order: 'cost', isReduced }, { observe: keep });
}

/** A search that has tried all that it may cost is over, though not complete. */
function runsSaid({ runs }: Exploration): string {
  return `${runs >= BOUND.runs ? 'more than ' : ''}${thousands(runs)}`;
}

function measureProgramme(): void {
  const subject = bonds(2);
  const found = searched(subject, true).counterexamples.map(({ monitor }) => monitor);
  console.log(
    `machine, two tasks that bind and unbind over an array and a count (${found.join(', ') || 'nothing is found'}):`,
  );
  const { runs, steps } = searched(subject, false);
  const round = (): void => {
    for (let search = 0; search < SEARCHES; search++) searched(subject, false);
  };
  round();
  const seconds = median(Array.from({ length: ROUNDS }, () => timed(round).seconds)) / SEARCHES;
  say(thousands(runs / seconds), `complete runs a second, ${(steps / runs).toFixed(0)} instructions each`);
  say(thousands(steps / seconds), 'instructions a second');
  for (const tasks of [1, 2, 3]) {
    const full = searched(bonds(tasks), false);
    const reduced = searched(bonds(tasks), true);
    say(
      `${runsSaid(full)} : ${runsSaid(reduced)}`,
      `runs without and with reduction, those before it began anew included, at ${tasks} task${tasks > 1 ? 's' : ''}, ${thousands(reduced.states)} states kept (cost at most ${BOUND.cost})`,
    );
  }
  say(`${bytesPerState().toFixed(0)}`, 'bytes for each state kept');
  say(replayRatio(subject).toFixed(2), 'times the first run takes a replay, which writes down every step');
}

/** What the states of the largest search weigh, by what is given back when they go. */
function bytesPerState(): number {
  const held: { visited: Machine['visited'] } = { visited: null };
  const { states } = searched(bonds(3), true, ({ visited }) => {
    held.visited = visited;
  });
  collect();
  const before = process.memoryUsage().heapUsed;
  held.visited = null;
  collect();
  return (before - process.memoryUsage().heapUsed) / states;
}

function replayRatio(subject: Subject): number {
  const tapes: Tape[] = [];
  searched(subject, false, ({ choices }) => tapes.push(choices.map(({ taken }) => taken)));
  const first = (): void => {
    for (let search = 0; search < SEARCHES; search++)
      for (const tape of tapes) {
        const machine = new Machine(subject.code, subject.options, tape);
        subject.setUp(machine);
        machine.run();
      }
  };
  const again = (): void => {
    for (let search = 0; search < SEARCHES; search++) for (const tape of tapes) replay(subject, tape);
  };
  first();
  again();
  const times = Array.from({ length: ROUNDS }, () => [timed(first).seconds, timed(again).seconds] as const);
  return median(times.map(([, replayed]) => replayed)) / median(times.map(([ran]) => ran));
}

measureProgramme();
measureAlone();
