/** How interrupts are asked for, and what their handlers answer. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { lastName, namesIn } from '../names.js';
import { assignmentsIn, type Call, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

/** Requests: which argument is the number, the handler, the threaded one, and the flags. include/linux/interrupt.h (6.12). */
const REQUESTS: ReadonlyMap<
  string,
  { readonly irq: number; readonly handler: number; readonly thread: number | null; readonly flags: number }
> = new Map([
  ['request_irq', { irq: 0, handler: 1, thread: null, flags: 2 }],
  ['devm_request_irq', { irq: 1, handler: 2, thread: null, flags: 3 }],
  ['request_threaded_irq', { irq: 0, handler: 1, thread: 2, flags: 3 }],
  ['devm_request_threaded_irq', { irq: 1, handler: 2, thread: 3, flags: 4 }],
]);

export const INTERRUPTS: OddityReader = {
  own: [threadsWithoutOneshot, uncheckedIrqs],
  around: [
    { words: new Set(REQUESTS.keys()), read: sharedAlwaysHandled },
    { words: new Set(['free_irq']), read: managedIrqsFreed },
  ],
};

function requestsIn(body: Body): readonly { readonly call: Call; readonly name: string }[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    return node.kind === 'call' && name !== null && REQUESTS.has(name) ? [{ call: node, name }] : [];
  });
}

/** `request_threaded_irq(irq, NULL, thread, 0, …)`: kernel/irq/manage.c:__setup_irq refuses it. */
function threadsWithoutOneshot(body: Body): OddityFact[] {
  return requestsIn(body).flatMap(({ call, name }) => {
    const row = REQUESTS.get(name)!;
    const handler = call.args[row.handler];
    const flags = call.args[row.flags];
    if (row.thread === null || !flags || handler?.kind !== 'name' || handler.name !== 'NULL') return [];
    // What a variable has, or a constant of another name, may have it.
    const isSpelled = nodesIn(flags).every(
      (each) =>
        (each.kind === 'name' && /^IRQF_[A-Z_]+$/.test(each.name)) ||
        (each.kind === 'literal' && each.text === '0') ||
        (each.kind === 'binary' && each.operator === '|'),
    );
    if (!isSpelled || namesIn(flags).includes('IRQF_ONESHOT')) return [];
    return [oddity('thread-without-oneshot', body.spot(flags), name)];
  });
}

/** A number that platform_get_irq() may have failed to give is requested. */
function uncheckedIrqs(body: Body): OddityFact[] {
  return requestsIn(body).flatMap(({ call, name }) => {
    const irq = call.args[REQUESTS.get(name)!.irq];
    if (!irq) return [];
    const text = body.values.plain(irq);
    const source = assignmentsIn(body).findLast((each) => each.target === text && each.at.start < call.start);
    const given = calledName(irq) ?? (source ? calledName(source.value) : null);
    if (given === null || !/^platform_get_irq(?:_byname)?$/.test(given)) return [];
    const isAsked = body.flow.decisions.some(
      ({ condition }) =>
        condition.start >= (source?.at.start ?? call.start) &&
        nodesIn(condition).some((each) => !isCallOf(each, name) && body.text(each) === body.text(irq)),
    );
    return isAsked ? [] : [oddity('irq-unasked', body.spot(irq), body.text(irq), { other: given })];
  });
}

const isCallOf = (node: ReturnType<typeof nodesIn>[number], name: string): boolean =>
  calledName(node) === name;

/** A line that others share, and a handler that says each time that it was for it. */
function sharedAlwaysHandled(body: Body, bodies: Bodies): OddityFact[] {
  return requestsIn(body).flatMap(({ call, name }) => {
    const row = REQUESTS.get(name)!;
    const flags = call.args[row.flags];
    const handler = call.args[row.handler];
    if (!flags || !namesIn(flags).includes('IRQF_SHARED') || handler?.kind !== 'name') return [];
    const answering = bodies.called(handler.name, body);
    if (!answering || answering.fn.item.missing.length > 0) return [];
    const values = answering.flow.returns.map(({ value }) => (value.kind === 'name' ? value.name : ''));
    if (values.length === 0 || !values.every((value) => value === 'IRQ_HANDLED')) return [];
    return [
      oddity('shared-always-handled', answering.spot(answering.flow.returns.at(-1)!.value), handler.name, {
        related: [{ spot: body.spot(flags), message: 'the line is shared with others' }],
      }),
    ];
  });
}

/** `free_irq()` of an interrupt that devm_request_irq() frees by itself. */
function managedIrqsFreed(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const irq = calledName(node) === 'free_irq' && node.kind === 'call' ? node.args[0] : undefined;
    const name = irq?.kind === 'member' ? lastName(irq) : null;
    if (!irq || name === null) return [];
    const requests = bodies.program.definitionsIn(body.fn.unit).flatMap((fn) => {
      if (![...fn.words.called].some((each) => REQUESTS.has(each)) || !fn.words.all.has(name)) return [];
      const other = bodies.of(fn);
      return requestsIn(other).flatMap(({ call, name: called }) => {
        const given = call.args[REQUESTS.get(called)!.irq];
        return given && isSameMember(given, name) ? [{ called, spot: other.spot(call) }] : [];
      });
    });
    if (requests.length === 0 || !requests.every(({ called }) => called.startsWith('devm_'))) return [];
    return [
      oddity('managed-irq-freed', body.spot(node), body.text(irq), {
        other: requests[0]!.called,
        related: [{ spot: requests[0]!.spot, message: 'is requested here, and managed' }],
      }),
    ];
  });
}

const isSameMember = (value: Expression, name: string): boolean =>
  value.kind === 'member' && value.name === name;
