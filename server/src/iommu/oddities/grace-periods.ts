/** Objects that readers under RCU find, and that are freed with nobody waiting for them. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { baseName } from '../names.js';
import { assignmentsIn, type Call, containerText, nodesIn } from '../shapes.js';
import { WALKED_BY_INDEX } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

const FREES: ReadonlySet<string> = new Set(['kfree', 'kvfree', 'kmem_cache_free']);

export const GRACE_PERIODS: OddityReader = {
  around: [{ words: FREES, read: freedWithoutGrace }],
};

const RCU = 'rcu_read_lock';
const WAITS = /^(?:synchronize_|call_rcu|kfree_rcu|kvfree_rcu|call_srcu)/;

/** Taken off a list, or out of an array, of which readers under RCU are; and freed with nobody waited for. */
function freedWithoutGrace(body: Body, bodies: Bodies): OddityFact[] {
  if ([...body.fn.words.called].some((name) => WAITS.test(name))) return [];
  return body.flow.steps.flatMap(({ node }) => {
    const objects = node.kind === 'call' ? removedBy(node, body, bodies) : [];
    if (objects.length === 0) return [];
    const free = body.flow.steps.find(
      (step) =>
        step.node.start > node.end &&
        step.node.kind === 'call' &&
        FREES.has(calledName(step.node) ?? '') &&
        step.node.args.some((arg) => arg.kind === 'name' && objects.includes(arg.name)),
    );
    const object = free?.node.kind === 'call' ? free.node.args.find(isOneOf(objects)) : undefined;
    if (!free || !object) return [];
    return [
      oddity('freed-without-grace', body.spot(free.node), body.text(object), {
        related: [{ spot: body.spot(node), message: 'readers under RCU may still see it' }],
      }),
    ];
  });
}

function isOneOf(names: readonly string[]): (value: Expression) => boolean {
  return (value) => value.kind === 'name' && names.includes(value.name);
}

/** The variables that may be what a call removes from where readers under RCU find it. */
function removedBy(call: Call, body: Body, bodies: Bodies): readonly string[] {
  const name = calledName(call) ?? '';
  const [first, second] = call.args;
  if (!first) return [];
  if (/^h?list_(?:del|replace)(?:_init)?_rcu$/.test(name)) {
    const object = baseName(first);
    return object === null ? [] : [object];
  }
  if (!/^(?:__)?xa_erase(?:_bh|_irq)?$/.test(name) || !second || !isReadUnderRcu(first, body, bodies))
    return [];
  const given = assignmentsIn(body).find(({ value }) => value === call);
  return [...(given ? [given.target] : []), ...ownersOf(second)];
}

/** The objects whose members an index is made of: an entry that stands where its own numbers say. */
function ownersOf(index: Expression): string[] {
  return [...nodesIn(index)].flatMap((node) =>
    node.kind === 'member' && node.object.kind === 'name' ? [node.object.name] : [],
  );
}

/** Whether some function of the file looks into an array with no lock but RCU. */
function isReadUnderRcu(array: Expression, body: Body, bodies: Bodies): boolean {
  const text = containerText(body, array);
  const own = text.replace(/^.*(?:->|\.)/, '');
  return bodies.program.definitionsIn(body.fn.unit).some((fn) => {
    if (!fn.words.called.has(RCU) || !fn.words.all.has(own)) return false;
    const reader = bodies.of(fn);
    const isIt = (value: Expression | undefined): boolean =>
      value !== undefined && containerText(reader, value).replace(/^.*(?:->|\.)/, '') === own;
    return (
      reader.flow.walks.some(
        ({ form, args, locks }) => WALKED_BY_INDEX.has(form) && isIt(args[0]) && locks.length === 0,
      ) ||
      reader.flow.steps.some(
        ({ node, locks }) =>
          node.kind === 'call' && calledName(node) === 'xa_load' && isIt(node.args[0]) && locks.length === 0,
      )
    );
  });
}
