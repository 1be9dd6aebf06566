/** Interrupts that are asked for before what their handler uses is set up. */
import { calledName } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { baseName } from '../names.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

/** Calls that let interrupts come: which argument is the handler, how many handlers there are, and which is their data. include/linux/interrupt.h. */
const REQUESTS_IRQ: ReadonlyMap<
  string,
  { readonly handler: number; readonly handlers: 1 | 2; readonly data: number }
> = new Map([
  ['request_irq', { handler: 1, handlers: 1, data: 4 }],
  ['devm_request_irq', { handler: 2, handlers: 1, data: 5 }],
  ['request_threaded_irq', { handler: 1, handlers: 2, data: 5 }],
  ['devm_request_threaded_irq', { handler: 2, handlers: 2, data: 6 }],
]);

const SETS_UP =
  /^(?:raw_)?spin_lock_init$|^(?:mutex_init|init_completion|init_waitqueue_head|INIT_(?:DELAYED_)?WORK|INIT_LIST_HEAD|xa_init|xa_init_flags|idr_init|ida_init|init_rwsem|INIT_KFIFO|kfifo_alloc|init_llist_head)$/;

export const EARLY_INTERRUPTS: OddityReader = {
  around: [{ words: new Set(REQUESTS_IRQ.keys()), read: usedBeforeInit }],
};

/** `devm_request_irq(dev, irq, handler, 0, name, x); spin_lock_init(&x->lock);` */
function usedBeforeInit(body: Body, bodies: Bodies): OddityFact[] {
  const calls = body.flow.steps.flatMap(({ node, under }) => {
    const row = node.kind === 'call' ? REQUESTS_IRQ.get(calledName(node) ?? '') : undefined;
    const data = row && node.kind === 'call' ? node.args[row.data] : undefined;
    if (node.kind !== 'call' || !row || data?.kind !== 'name') return [];
    return [
      { node, under, data: data.name, handlers: node.args.slice(row.handler, row.handler + row.handlers) },
    ];
  });
  const [first] = calls;
  if (!first) return [];
  const { node: request, data, handlers } = first;
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'call' || node.start < request.end || !SETS_UP.test(calledName(node) ?? '')) return [];
    const [place] = node.args;
    const inner = place?.kind === 'unary' && place.operator === '&' ? place.operand : place;
    if (inner?.kind !== 'member' || inner.object.kind !== 'name' || baseName(inner) !== data) return [];
    const names = handlers.flatMap((each) =>
      each.kind === 'name' && each.name !== 'NULL' ? [each.name] : [],
    );
    if (!names.some((name) => mayUse(name, inner.name, body, bodies))) return [];
    return [
      oddity('used-before-init', body.spot(node), body.text(inner), {
        other: names[0] ?? 'the handler',
        related: [{ spot: body.spot(request), message: 'the interrupt may come from here on' }],
      }),
    ];
  });
}

/** Whether a handler, or what it calls, names the member; one that is not at hand may. */
function mayUse(handler: string, member: string, body: Body, bodies: Bodies): boolean {
  const fn = bodies.calledFunction(handler, body);
  if (!fn || fn.words.all.has(member)) return true;
  return [...fn.words.called].some((name) => bodies.calledFunction(name, body)?.words.all.has(member));
}
