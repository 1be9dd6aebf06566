/** Locks that interrupts take as well, taken once with interrupts on. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { KnownFunction, Spot } from '../program.js';
import { isCalledUnderLock } from './locks.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { memberOf } from './touches.js';

const OFF: ReadonlySet<string> = new Set([
  'spin_lock_irqsave',
  'spin_lock_irq',
  'raw_spin_lock_irqsave',
  'raw_spin_lock_irq',
]);
const ON: ReadonlySet<string> = new Set(['spin_lock', 'raw_spin_lock']);

export const IRQ_LOCKS: OddityReader = { around: [{ words: ON, read: lockedWithInterruptsOn }] };

/** Fewer say nothing of a habit. */
const HABIT = 2;

/** `spin_lock(&x->lock)` where all others of the file turn interrupts off: whoever interrupts here waits for ever. */
function lockedWithInterruptsOn(body: Body, bodies: Bodies): OddityFact[] {
  const { item, words } = body.fn;
  // A handler has them off, and so has who turned them off by another lock.
  if (item.returns.base === 'irqreturn_t' || words.meet(OFF) || words.meet(TURNED_OFF)) return [];
  return body.flow.steps.flatMap(({ node, mayLocks }) => {
    const lock = node.kind === 'call' && ON.has(calledName(node) ?? '') ? node.args[0] : undefined;
    const member = lock && memberOf(body, lock);
    if (!member || mayLocks.length > 0) return [];
    const others = bodies.program
      .definitionsIn(body.fn.unit)
      .filter((fn) => fn !== body.fn && fn.words.all.has(member.field));
    const off = others.flatMap((fn) => takes(fn, OFF, member, bodies));
    if (off.length < HABIT || others.some((fn) => takes(fn, ON, member, bodies).length > 0)) return [];
    if (isCalledUnderLock(body, bodies)) return [];
    return [
      oddity('locked-with-interrupts-on', body.spot(node), body.text(lock!).replace(/^&/, ''), {
        other: `${off.length}`,
        related: off.slice(0, 2).map((spot) => ({ spot, message: 'interrupts are off here' })),
      }),
    ];
  });
}

const TURNED_OFF: ReadonlySet<string> = new Set([
  'local_irq_save',
  'local_irq_disable',
  'lockdep_assert_irqs_disabled',
  'irqs_disabled',
]);

function takes(
  fn: KnownFunction,
  names: ReadonlySet<string>,
  { struct, field }: { readonly struct: string; readonly field: string },
  bodies: Bodies,
): Spot[] {
  if (!fn.words.meet(names)) return [];
  const body = bodies.of(fn);
  const isIt = (value: Expression): boolean => {
    const found = memberOf(body, value);
    return found?.struct === struct && found.field === field;
  };
  return body.flow.steps.flatMap(({ node }) =>
    node.kind === 'call' && names.has(calledName(node) ?? '') && node.args[0] && isIt(node.args[0])
      ? [body.spot(node)]
      : [],
  );
}
