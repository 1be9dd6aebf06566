/** The tables of primitives: every row is consistent in itself, and together they cover what was measured. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import '../../../server/src/ir/index.js';
import { INTRINSICS } from '../../../server/src/ir/intrinsics.js';
import { ITERATIONS } from '../../../server/src/ir/iteration.table.js';
import { ERROR_NUMBERS, KERNEL_MACROS, NEVER_EXPAND } from '../../../server/src/ir/kernel-macros.table.js';
import {
  type Effect,
  ERRNO,
  FALLBACKS,
  FREES,
  GUARDS,
  type Operand,
  PRIMITIVES,
  type Primitive,
} from '../../../server/src/sim/kernel/index.js';

const MEASURED = '../shared/design/primitives.json';
const ROWS: readonly Primitive[] = [...PRIMITIVES.values(), ...FALLBACKS.values()];

/** Calls that the syntax or declarations take up, and loops over what one tree defines. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['LIST_HEAD', 'declares a variable'],
  ['guard', 'is a scope'],
  ['scoped_guard', 'is a scope'],
  ['for_each_active_iommu', 'is expanded by its definition'],
  ['for_each_active_dev_scope', 'is expanded by its definition'],
  ['for_each_drhd_unit', 'is expanded by its definition'],
]);

/** Macros of headers that are no calls wherever they stand, or change what they are given by name. */
const NO_CALLS: ReadonlySet<string> = new Set(
  '__counted_by struct_group alloc_hooks take_fd rcu_replace_pointer rcu_swap_protected'.split(' '),
);

/** Waits that need no argument: they wait for all there is. */
const WITHOUT_ARGUMENT: ReadonlySet<string> = new Set(['rcu-barrier', 'synchronize']);

/** The keys of each verb that hold the number of an argument, or an operand, or a list of numbers. */
const ARGUMENT_KEYS: Readonly<Record<string, readonly string[]>> = {
  alloc: ['size', 'into', 'copies'],
  lock: ['lock', 'users'],
  'try-lock': ['lock'],
  unlock: ['lock'],
  'lock-init': ['lock'],
  'lock-dead': ['lock'],
  'lock-held': ['lock'],
  'lock-query': ['lock'],
  count: ['of', 'release', 'by'],
  hold: ['of'],
  release: ['of'],
  find: ['of', 'puts'],
  atomic: ['place', 'value', 'expected'],
  xarray: ['array', 'index', 'entry', 'expected'],
  cursor: ['index', 'entry'],
  tree: ['root'],
  ids: ['pool', 'id', 'low', 'high'],
  work: ['work', 'function'],
  wait: ['on'],
  rcu: ['object'],
  notifier: ['notifier', 'mm'],
  simulated: [],
  bits: ['bit', 'map'],
  forget: ['args'],
  'part-of': ['device'],
  mapped: ['address'],
  fresh: ['maps'],
  argument: ['argument'],
  free: ['what'],
  resize: ['what', 'size'],
  warn: ['condition'],
  load: ['from'],
  store: ['to', 'value'],
  fill: ['to', 'value', 'size'],
  copy: ['to', 'from', 'size'],
  io: ['place', 'out'],
  call: ['function', 'args'],
  managed: ['action', 'data'],
  'may-sleep': ['gfp'],
};

/** Verbs that take their arguments as the kernel orders them. */
const IMPLIED: Readonly<Record<string, number>> = { list: 1, error: 1, 'mm-put': 1, 'mm-drop': 1 };

function argumentsOf(effect: Effect): number[] {
  const values = effect as unknown as Readonly<Record<string, unknown>>;
  const keys = ARGUMENT_KEYS[effect.do] ?? [];
  const numbers = keys.flatMap((key) => numbersIn(values[key]));
  const to = effect.do === 'count' ? effect.to : undefined;
  return to && 'argument' in to ? [...numbers, to.argument] : numbers;
}

function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return [value];
  if (Array.isArray(value)) return value.flatMap(numbersIn);
  if (typeof value !== 'object' || value === null || !('argument' in value)) return [];
  return [(value as Exclude<Operand, number>).argument];
}

const complaintsOf = (check: (row: Primitive) => string | null): string[] =>
  ROWS.flatMap((row) => {
    const complaint = check(row);
    return complaint === null ? [] : [`${row.name}: ${complaint}`];
  });

test('every argument that an effect names exists', () => {
  const complaints = complaintsOf(({ effect, params }) => {
    const what = 'what' in effect ? String(effect.what) : '';
    if (params.length === 0 && WITHOUT_ARGUMENT.has(what)) return null;
    const isCall = effect.do === 'call';
    // A negative number stands for an element, which the callee gets and the caller has not.
    const wrong = argumentsOf(effect).filter((each) => each >= params.length || (each < 0 && !isCall));
    if (params.length < (IMPLIED[effect.do] ?? 0)) return `${effect.do} of nothing`;
    return wrong.length === 0 ? null : `argument ${wrong.join(', ')} of (${params.join(', ')})`;
  });
  assert.deepEqual(complaints, []);
});

test('every verb that takes arguments is looked at', () => {
  const known = new Set([...Object.keys(ARGUMENT_KEYS), ...Object.keys(IMPLIED), 'preempt', 'sleeps']);
  for (const verb of 'nothing pure mask opaque constant yield stop config offset simulated'.split(' '))
    known.add(verb);
  const unknown = new Set(ROWS.map(({ effect }) => effect.do).filter((verb) => !known.has(verb)));
  assert.deepEqual([...unknown], []);
});

test('the argument that decides about sleeping exists and is a gfp', () => {
  const complaints = complaintsOf(({ context, params }) => {
    if (typeof context !== 'object') return null;
    const name = params[context.gfp];
    return name === 'gfp' || name === 'flags' ? null : `argument ${context.gfp} is ${name}`;
  });
  assert.deepEqual(complaints, []);
});

test('no name has two rows, and names and parameters are words', () => {
  const names = ROWS.map(({ name }) => name);
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  );
  const words = complaintsOf(({ name, params }) => {
    const isWell = [name, ...params].every((word) => /^\w+$/.test(word));
    return isWell && new Set(params).size === params.length ? null : `(${params.join(', ')})`;
  });
  assert.deepEqual(words, []);
});

test('failures give error numbers that exist, in a shape that fits what is returned', () => {
  const numbers = new Set(ERROR_NUMBERS.values());
  const SHAPES: Readonly<Record<string, readonly string[]>> = {
    errno: ['errno', 'id'],
    null: ['pointer-or-null', 'pointer', 'unsigned', 'integer'],
    'error-pointer': ['pointer', 'pointer-or-null'],
    'xa-error': ['pointer-or-null'],
    false: ['bool'],
    nonzero: ['integer', 'unsigned', 'bool'],
  };
  const complaints = complaintsOf(({ failure, returns }) => {
    if (!failure) return null;
    if (!numbers.has(failure.errno)) return `fails with ${failure.errno}`;
    return SHAPES[failure.gives]!.includes(returns) ? null : `gives ${failure.gives}, returns ${returns}`;
  });
  assert.deepEqual(complaints, []);
});

test('what must be checked returns something, and sources are paths', () => {
  const complaints = complaintsOf(({ mustCheck, returns, source, simplified }) => {
    if (mustCheck && returns === 'void') return 'must be checked, returns nothing';
    if (!/^[\w/-]+\.[ch]$/.test(source)) return `comes from ${source}`;
    return simplified === '' || /^[A-Z].*\.$/.test(simplified) ? null : `says ${simplified}`;
  });
  assert.deepEqual(complaints, []);
});

test('sources are files of the kernel', (context) => {
  const tree = process.env.LINUX_TREE ?? '';
  if (!existsSync(tree)) return context.skip('no kernel tree in LINUX_TREE');
  const sources = new Set(ROWS.map(({ source }) => source));
  const absent = [...sources].filter((source) => !existsSync(`${tree}/${source}`));
  context.diagnostic(`not in this tree: ${absent.join(' ')}`);
});

test('guards and frees name primitives that fit', () => {
  for (const [name, { enter, exit }] of GUARDS)
    for (const each of [enter, exit]) assert.ok(PRIMITIVES.has(each), `guard(${name}) calls ${each}()`);
  for (const [name, each] of FREES)
    assert.ok(PRIMITIVES.has(each) || FALLBACKS.has(each), `__free(${name}) calls ${each}()`);
});

test('a guard gives back what it takes', () => {
  for (const [name, { enter, exit }] of GUARDS) {
    const taken = PRIMITIVES.get(enter)!.effect;
    const given = PRIMITIVES.get(exit)!.effect;
    if (taken.do !== 'lock' && taken.do !== 'try-lock') continue;
    assert.equal(given.do, 'unlock', name);
    if (given.do !== 'unlock') continue;
    assert.deepEqual(
      [given.kind, given.mode, given.irq, given.lock],
      [taken.kind, taken.mode, taken.irq, taken.lock],
      name,
    );
  }
});

test('what takes a lock or a reference has a partner that gives it back', () => {
  const given = new Set(ROWS.flatMap(({ effect }) => (effect.do === 'release' ? [effect.kind] : [])));
  const kept = ROWS.flatMap(({ name, effect }) =>
    (effect.do === 'hold' || effect.do === 'find') && !given.has(effect.kind) ? [name] : [],
  );
  assert.deepEqual(kept, []);
});

test('what lowering passes on as a call has a row', () => {
  const macros = macroNames();
  const isKnown = (name: string) =>
    PRIMITIVES.has(name) ||
    FALLBACKS.has(name) ||
    INTRINSICS.has(name) ||
    macros.has(name) ||
    NO_CALLS.has(name);
  assert.deepEqual(
    [...NEVER_EXPAND].filter((name) => !isKnown(name) && !ITERATIONS.has(name)),
    [],
  );
});

test('what lowering expands has no row', () => {
  const macros = macroNames();
  assert.deepEqual(
    ROWS.map(({ name }) => name).filter((name) => macros.has(name) || ITERATIONS.has(name)),
    [],
  );
});

test('every primitive that was measured and modelled is covered', (context) => {
  if (!existsSync(MEASURED)) return context.skip(`no ${MEASURED}`);
  const { primitives, additional } = JSON.parse(readFileSync(MEASURED, 'utf8'));
  const all: { name: string; modelled?: boolean; calls: number; calls_in_attach_closure: number }[] = [
    ...primitives,
    ...additional,
  ];
  const macros = macroNames();
  const homes: readonly [string, (name: string) => boolean][] = [
    ['rows', (name) => PRIMITIVES.has(name)],
    ['rows of the subsystem', (name) => FALLBACKS.has(name)],
    ['intrinsics', (name) => INTRINSICS.has(name)],
    ['macros', (name) => macros.has(name)],
    ['walks', (name) => ITERATIONS.has(name)],
    ['elsewhere', (name) => ELSEWHERE.has(name)],
  ];
  const homeOf = (name: string) => homes.find(([, has]) => has(name))?.[0] ?? null;
  const modelled = all.filter((each) => each.modelled);
  assert.deepEqual(
    modelled.filter(({ name }) => homeOf(name) === null).map(({ name }) => name),
    [],
  );
  for (const [home] of homes)
    context.diagnostic(`${home}: ${modelled.filter(({ name }) => homeOf(name) === home).length}`);
  const sites = (of: typeof all) => of.reduce((sum, { calls }) => sum + calls, 0);
  const covered = all.filter(({ name }) => homeOf(name) !== null);
  context.diagnostic(`modelled names: ${modelled.length}; names of all ${all.length}: ${covered.length}`);
  context.diagnostic(`call sites: ${sites(covered)} of ${sites(all)}`);
  context.diagnostic(`table: ${PRIMITIVES.size} primitives, ${FALLBACKS.size} of the subsystem`);
});

/** Names of the macros that lowering gives bodies of its own. */
function macroNames(): ReadonlySet<string> {
  return new Set([...KERNEL_MACROS.keys()].map((head) => head.replace(/\(.*/, '')));
}

test('an error number is the same in code and in tables', () => {
  for (const [name, number] of Object.entries(ERRNO)) assert.equal(ERROR_NUMBERS.get(name), number, name);
});
