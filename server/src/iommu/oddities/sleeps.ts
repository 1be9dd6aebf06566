/** Calls that sleep in functions that the kernel calls where nothing may: operations, interrupt handlers, timers. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import type { KnownFunction, Program, Spot } from '../program.js';
import { readingOf } from '../reading.js';
import type { Call } from '../shapes.js';
import { functionKey, slotEntries } from '../tables.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { ASKS_FIRST, ATOMIC_HANDLERS, ATOMIC_SLOTS, SLEEPS, SPINS } from './sleeps.table.js';

export const ATOMIC_SLEEPS: OddityReader = {
  around: [
    { words: new Set([...SLEEPS, 'GFP_KERNEL']), read: sleepsInOperations },
    { words: SPINS, read: sleepingCallees },
  ],
};

function sleepsInOperations(body: Body, bodies: Bodies): OddityFact[] {
  if (asksFirst(body.fn)) return [];
  const sleeps = body.flow.steps.flatMap(({ node }) => (node.kind === 'call' && sleepOf(node) ? [node] : []));
  const [first] = sleeps;
  if (!first) return [];
  const entry = entryOf(body, bodies);
  if (!entry) return [];
  return [
    oddity('sleeps-in-operation', body.spot(first), sleepOf(first)!, {
      other: entry.fn === body.fn ? entry.why : `${entry.fn.item.name}() comes here, and ${entry.why}`,
    }),
  ];
}

/** What about a call sleeps, as it is written; null for one that does not. */
function sleepOf(call: Call): string | null {
  const name = calledName(call);
  if (name === null) return null;
  if (SLEEPS.has(name)) return `${name}()`;
  // What only says what a mask is, or keeps one.
  if (/^(?:gfpflags|alloc_workqueue|INIT_|xa_init)/.test(name)) return null;
  return call.args.some(isSleepingMask) ? `${name}() with GFP_KERNEL` : null;
}

function isSleepingMask(arg: Expression): boolean {
  return (
    namesIn(arg).some((each) => /^GFP_KERNEL(?:_ACCOUNT)?$/.test(each)) &&
    !namesIn(arg).includes('GFP_ATOMIC')
  );
}

/** Calls under a spinlock of this function of one that sleeps, by itself or by what it calls in turn. */
function sleepingCallees(body: Body, bodies: Bodies): OddityFact[] {
  const spins = new Map<string, Call>();
  for (const { node } of body.flow.steps) {
    const lock = node.kind === 'call' && SPINS.test(calledName(node) ?? '') ? node.args[0] : undefined;
    if (lock && node.kind === 'call') spins.set(body.text(lock), node);
  }
  if (spins.size === 0) return [];
  const seen = new Set<string>();
  return body.flow.steps.flatMap(({ node, locks }) => {
    const name = calledName(node);
    const lock = locks.find((each) => spins.has(each));
    if (name === null || node.kind !== 'call' || lock === undefined || seen.has(name)) return [];
    const callee = bodies.calledFunction(name, body);
    const sleep = callee ? sleepBelow(callee, bodies) : null;
    if (!sleep) return [];
    seen.add(name);
    return [
      oddity('sleeps-under-spinlock', body.spot(node), `${name}()`, {
        other: sleep.words,
        related: [
          { spot: body.spot(spins.get(lock)!), message: 'since this' },
          { spot: sleep.spot, message: 'sleeps here' },
        ],
      }),
    ];
  });
}

interface Sleep {
  readonly words: string;
  readonly spot: Spot;
}

/** Where a function sleeps, whoever calls it; null for one that lets go of a spinlock, asks first, or does not. */
function sleepBelow(fn: KnownFunction, bodies: Bodies, depth = 2): Sleep | null {
  if (asksFirst(fn) || fn.item.missing.length > 0 || fn.words.match(/^(?:raw_)?spin_unlock/)) return null;
  const body = bodies.of(fn);
  for (const { node, under } of body.flow.steps) {
    if (node.kind !== 'call' || under.some((each) => MAY_SLEEP.test(body.text(each)))) continue;
    const words = sleepOf(node);
    if (words !== null) return { words, spot: body.spot(node) };
    const callee = depth > 0 ? bodies.calledFunction(calledName(node) ?? '', body) : null;
    const below = callee && callee !== fn ? sleepBelow(callee, bodies, depth - 1) : null;
    if (below) return below;
  }
  return null;
}

/** Conditions by which a function goes by whether it may. */
const MAY_SLEEP = /atomic|sleep|block|wait|gfp|preempt|irqs?_disabled/i;

interface Entry {
  readonly fn: KnownFunction;
  readonly why: string;
}

/** Where the kernel comes in: the function itself, or one that calls it, at most two calls up. */
function entryOf(body: Body, bodies: Bodies): Entry | null {
  const entries = bodies.program.surroundings.known(entriesOf, bodies.program);
  if (entries.size === 0) return null;
  let front: readonly KnownFunction[] = [body.fn];
  for (let depth = 0; depth < 3; depth++) {
    for (const fn of front) {
      const why = entries.get(functionKey(fn.unit.image.path, fn.item.name));
      if (why !== undefined) return { fn, why };
    }
    front = front.flatMap((each) => bodies.program.callersOf(each)).filter((each) => !asksFirst(each));
  }
  return null;
}

function asksFirst({ words }: KnownFunction): boolean {
  return words.meet(ASKS_FIRST);
}

/** Functions that are called where nothing may sleep, by file and name, with the reason. */
function entriesOf(program: Program): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (const { type, slot, function: name, table } of slotEntries(program)) {
    const why = ATOMIC_SLOTS.get(type)?.get(slot);
    if (why !== undefined) entries.set(functionKey(table.unit.image.path, name), why);
  }
  for (const { unit, words, original } of program.allFunctions()) {
    if (!words.meet(HANDED_TO)) continue;
    for (const node of readingOf(original).nodes) {
      const row = node.kind === 'call' ? ATOMIC_HANDLERS.get(calledName(node) ?? '') : undefined;
      const handler = row && node.kind === 'call' ? node.args[row.at] : undefined;
      if (handler?.kind === 'name') entries.set(functionKey(unit.image.path, handler.name), row!.why);
    }
  }
  return entries;
}

const HANDED_TO: ReadonlySet<string> = new Set(ATOMIC_HANDLERS.keys());
