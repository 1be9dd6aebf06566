/** ATOMSLEEP: what may sleep is not called where nothing may. */
import { Op, Scalar, type Slot } from '../../../ir/index.js';
import { PRIMITIVES, SLEEPING_CORE, SLEEPING_SLOTS } from '../../kernel/index.js';
import { resolve, Unknown, type Value } from '../../model/index.js';
import { binary } from '../arithmetic.js';
import type { Code, Procedure } from '../code.js';
import type { PrimitiveCall } from '../effects/perform.js';
import { truthOf } from '../knowledge.js';
import type { Machine } from '../machine.js';
import type { Violation } from '../run.js';
import type { AtomicSection } from '../task.js';
import { isOnEveryWay } from '../ways.js';

/** Bit of a gfp mask that lets the allocator sleep. include/linux/gfp_types.h: ___GFP_DIRECT_RECLAIM, 6.12. */
export const DIRECT_RECLAIM = 0x400n;

export function checkMaySleep(machine: Machine, { primitive, args }: PrimitiveCall): void {
  if (machine.task.atomic.length === 0 || primitive.context === 'any') return;
  // Under its lock an xarray drops it while it looks for memory.
  if (primitive.effect.do === 'xarray' && primitive.effect.isLocked) return;
  const mask =
    typeof primitive.context === 'object' ? (args[primitive.context.gfp] ?? DIRECT_RECLAIM) : DIRECT_RECLAIM;
  const known = resolve(mask);
  const parameter = typeof known === 'bigint' ? -1 : parameterOf(machine, known);
  if (typeof known === 'bigint' ? (known & DIRECT_RECLAIM) === 0n : parameter < 0) return;
  const since = newSectionAt(machine);
  if (!since) return;
  if (parameter < 0) {
    machine.report('ATOMSLEEP', `${primitive.name}() may sleep, and here nothing may`, since);
    return;
  }
  const { name } = machine.task.frames[0]!.procedure.ir.locals[parameter]!;
  machine.report(
    'ATOMSLEEP',
    `${primitive.name}() may sleep if \`${name}\` allows it, and here nothing may`,
    since,
    {
      assumes: [`\`${name}\` lets the allocator sleep`],
      hangsOn: { kind: 'mask', parameter },
    },
  );
}

/** An operation that is called by its table, and whose function is not at hand. */
export function checkMayOperate(machine: Machine, { record, member }: Slot): void {
  if (machine.task.atomic.length === 0 || !SLEEPING_SLOTS.get(record)?.has(member)) return;
  const since = newSectionAt(machine);
  if (since) machine.report('ATOMSLEEP', `the operation ${member}() may sleep, and here nothing may`, since);
}

/**
 * A function that is not entered: one of the core that sleeps, any that is given a mask which lets it, or one of
 * another file that sleeps on every way. What that may do on some way is not told.
 */
export function checkMayCall(machine: Machine, name: string, args: readonly Value[]): void {
  if (machine.task.atomic.length === 0) return;
  const words = SLEEPING_CORE.has(name)
    ? 'may sleep'
    : isGivenSleep(machine, name, args)
      ? 'is given a mask that lets it sleep'
      : sleepElsewhere(machine, name);
  if (words === null) return;
  const since = newSectionAt(machine);
  if (since) machine.report('ATOMSLEEP', `${name}() ${words}, and here nothing may`, since);
}

/** That a function of another file calls what sleeps, whichever way it goes; null where it does not. */
function sleepElsewhere({ code, frame }: Machine, name: string): string | null {
  const procedure = code.elsewhere(name, frame.procedure.path);
  const sleep = procedure && sleepOn(code, procedure, MOST_CALLS);
  return sleep ? `calls ${sleep}(), which may sleep` : null;
}

/** So many calls down a function of another file is read for what sleeps. */
const MOST_CALLS = 2;

/** What sleeps whichever way a function goes, by itself or by what it calls; null for a function that asks first, or need not. */
function sleepOn(code: Code, procedure: Procedure, depth: number): string | null {
  const sleeps = new Map<number, string>();
  for (const [at, { op, text }] of procedure.ir.code.entries()) {
    if (op !== Op.Call) continue;
    const primitive = PRIMITIVES.get(text);
    if (primitive ? primitive.context === 'sleeps' : SLEEPING_CORE.has(text)) sleeps.set(at, text);
    // Who gives a lock back may be called with it.
    if (primitive?.effect.do === 'unlock' && sleeps.size === 0) return null;
    if (primitive || depth === 0) continue;
    const callee = code.procedure(text, procedure.path) ?? code.elsewhere(text, procedure.path);
    if (callee && callee !== procedure && sleepOn(code, callee, depth - 1) !== null) sleeps.set(at, text);
  }
  const [first = null] = sleeps.values();
  return isOnEveryWay(procedure.ir, new Set(sleeps.keys())) ? first : null;
}

/** Whether an argument that the declaration of a function calls a gfp mask is known to let the allocator sleep. */
function isGivenSleep(machine: Machine, name: string, args: readonly Value[]): boolean {
  const mask = resolve(args[machine.code.maskOf(name, machine.frame.procedure.path)] ?? 0n);
  return typeof mask === 'bigint' && (mask & DIRECT_RECLAIM) !== 0n;
}

/** What forbids to sleep here, when it has not been said of this place. */
function newSectionAt(machine: Machine): Violation['related'] | null {
  const section = sectionAt(machine);
  const key = `slept ${machine.site.start}`;
  if (!section || machine.ghosts.has(key)) return null;
  machine.ghosts.set(key, true);
  return [{ site: section.at, words: 'since this' }];
}

/**
 * What forbids to sleep here. A callee that takes a lock and sleeps under it does so whoever calls it: it is run
 * alone, and its callers have no part in it.
 */
function sectionAt(machine: Machine): AtomicSection | undefined {
  const inner = machine.isScenario ? undefined : machine.within?.frame;
  return machine.task.atomic.findLast(({ within }) => within === null || within !== inner);
}

/** Whether a mask lets the allocator sleep: the same question has the same answer. */
export function letsSleep(machine: Machine, mask: Value): Value {
  const bit = binary(machine, Op.And, Scalar.U32, mask, DIRECT_RECLAIM, Scalar.U32);
  return binary(machine, Op.NotEqual, Scalar.U32, bit, 0n, Scalar.I32);
}

/** The parameter of the function that decides whether a mask lets something sleep, or -1. */
function parameterOf(machine: Machine, mask: Value): number {
  if (!(mask instanceof Unknown) || machine.options.world !== 'open') return -1;
  if (truthOf(letsSleep(machine, mask)) === false) return -1;
  const { term } = mask;
  if (!term) return machine.ledger.inputs.indexOf(mask);
  const bits = term.operands.map(resolve);
  // A mask that is cut down to bits which do not allow it is safe whatever comes in.
  const isCut =
    term.operation === 'and' &&
    bits.some((each) => typeof each === 'bigint' && (each & DIRECT_RECLAIM) === 0n);
  if (isCut || (term.operation !== 'and' && term.operation !== 'or')) return -1;
  return Math.max(...bits.map((each) => parameterOf(machine, each)));
}
