/** What belongs to the CPU at hand, where the task may be moved to another one in the midst of it. */
import { calledName } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { namesIn } from '../names.js';
import type { KnownFunction } from '../program.js';
import type { Call } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { SLEEPS } from './sleeps.table.js';

/** What warns where the task may be moved. include/linux/smp.h, percpu-defs.h (6.12). */
const OF_CPU: ReadonlySet<string> = new Set([
  'smp_processor_id',
  'this_cpu_ptr',
  '__this_cpu_read',
  '__this_cpu_write',
  '__this_cpu_inc',
  '__this_cpu_dec',
  '__this_cpu_add',
]);

/** What keeps it there, or says that it is kept. */
const STAYS =
  /preempt|^(?:raw_)?(?:spin|read|write)_(?:try)?lock|irq|^get_cpu|^(?:local_lock|migrate_disable|rcu_read_lock|bit_spin_lock|arch_spin_lock|guard|scoped_guard|put_cpu|this_cpu_local_lock|local_bh_disable|cpuhp|seqlock|write_seq|u64_stats|on_each_cpu|smp_call|stop_machine|kthread_bind|set_cpus_allowed)|_bh$/;

export const OWN_CPU: OddityReader = { around: [{ words: OF_CPU, read: movedAway }] };

function movedAway(body: Body, bodies: Bodies): OddityFact[] {
  if (body.fn.item.missing.length > 0 || isKept(body.fn)) return [];
  const found = body.flow.steps.find(({ node }) => OF_CPU.has(calledName(node) ?? ''));
  if (!found) return [];
  const shown = sleepIn(body) ?? sleepingCaller(body.fn, bodies, 2);
  if (!shown) return [];
  return [
    oddity('own-cpu', body.spot(found.node), calledName(found.node)!, {
      other: shown.by.fn === body.fn ? '' : shown.by.fn.item.name,
      related: [{ spot: shown.by.spot(shown.at), message: 'this may sleep: preemption is on' }],
    }),
  ];
}

function isKept({ words, item }: KnownFunction): boolean {
  return words.match(STAYS) || item.returns.base === 'irqreturn_t';
}

interface Shown {
  readonly by: Body;
  readonly at: Call;
}

/** A call that sleeps, and so says that the task may be moved. */
function sleepIn(body: Body): Shown | null {
  for (const { node, under } of body.flow.steps) {
    if (node.kind !== 'call' || under.length > 0) continue;
    const sleeps =
      SLEEPS.has(calledName(node) ?? '') || node.args.some((arg) => namesIn(arg).includes('GFP_KERNEL'));
    if (sleeps) return { by: body, at: node };
  }
  return null;
}

/** A caller that sleeps; null where one of the callers keeps the task where it is, or nobody can tell. */
function sleepingCaller(fn: KnownFunction, bodies: Bodies, depth: number): Shown | null {
  if (depth === 0 || !fn.item.isStatic) return null;
  const callers = bodies.program.callersOf(fn).filter((each) => each !== fn);
  if (callers.length === 0 || callers.some((each) => isKept(each) || each.item.missing.length > 0))
    return null;
  const shown = callers.map((each) => sleepIn(bodies.of(each)) ?? sleepingCaller(each, bodies, depth - 1));
  return shown.find((each) => each !== null) ?? null;
}
