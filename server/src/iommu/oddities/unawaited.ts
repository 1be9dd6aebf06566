/** Flushes that are queued and not waited for, where all others who queue them wait. */
import { calledName } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { KnownFunction } from '../program.js';
import type { Call } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const UNAWAITED: OddityReader = { around: [{ words: /flush|inv/, read: unawaitedFlushes }] };

const QUEUES = /flush|inval|(?:^|_)inv(?:_|$)/;
const WAITS = /(?:^|_)(?:complete|completion|sync|wait|drain)(?:_|$)/;

/** So many others have to do it for it to be what everybody does. */
const OTHERS = 3;

/** `flush_tlb(domain);` and nothing behind it, where three others have `flush_complete(domain);` there, and nobody has not. */
function unawaitedFlushes(body: Body, bodies: Bodies): OddityFact[] {
  // What is a step of a flush leaves the waiting to who calls it.
  if (QUEUES.test(body.fn.item.name) || WAITS.test(body.fn.item.name) || body.fn.item.missing.length > 0)
    return [];
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    if (name === null || node.kind !== 'call' || !QUEUES.test(name) || WAITS.test(name)) return [];
    if (waitsAfter(body, node).length > 0) return [];
    const queue = bodies.calledFunction(name, body);
    const usual = queue ? usualWait(queue, body.fn, bodies) : null;
    if (usual === null || isAwaitedAbove(body.fn, usual, bodies)) return [];
    return [oddity('flush-unawaited', body.spot(node), name, { other: usual })];
  });
}

/** What is called in a function after a call that waits, by its name. */
function waitsAfter(body: Body, call: Call): string[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    return name !== null && node.kind === 'call' && node.start > call.start && WAITS.test(name) ? [name] : [];
  });
}

/** What all others call behind a flush; null where they are few, or one of them does not. */
function usualWait(queue: KnownFunction, self: KnownFunction, bodies: Bodies): string | null {
  const others = bodies.program
    .callersOf(queue)
    .filter((each) => each !== self && each.item.missing.length === 0);
  const waits = others.flatMap((other) => {
    const body = bodies.of(other);
    const calls = body.flow.steps.flatMap(({ node }) =>
      node.kind === 'call' && calledName(node) === queue.item.name ? [node] : [],
    );
    const last = calls.at(-1);
    const found = last ? waitsAfter(body, last) : [];
    return found.length === 0 && QUEUES.test(other.item.name) ? [] : [new Set(found)];
  });
  if (waits.length < OTHERS) return null;
  return [...waits[0]!].find((name) => waits.every((each) => each.has(name))) ?? null;
}

function isAwaitedAbove(fn: KnownFunction, wait: string, bodies: Bodies): boolean {
  const callers = bodies.program.callersOf(fn);
  return callers.length > 0 && callers.every(({ words }) => words.called.has(wait));
}
