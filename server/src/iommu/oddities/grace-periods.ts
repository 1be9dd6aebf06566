/** Objects that readers under RCU find, and that are freed with nobody waiting for them. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { baseName } from '../names.js';
import type { KnownFunction, Spot } from '../program.js';
import { assignmentsIn, type Call, containerText, nodesIn } from '../shapes.js';
import { isMadeIn } from './allocates.js';
import { WALKED_BY_INDEX } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

const FREES: ReadonlySet<string> = new Set(['kfree', 'kvfree', 'kmem_cache_free']);

export const GRACE_PERIODS: OddityReader = {
  around: [
    { words: FREES, read: freedWithoutGrace },
    { words: FREES, read: freedFarFromItsList },
  ],
};

const RCU = 'rcu_read_lock';
const WAITS = /^(?:synchronize_|call_rcu|kfree_rcu|kvfree_rcu|call_srcu)/;

/** Taken off a list, or out of an array, of which readers under RCU are; and freed with nobody waited for. */
function freedWithoutGrace(body: Body, bodies: Bodies): OddityFact[] {
  if (callsOne(body.fn, WAITS)) return [];
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

/** The same where another function takes it off the list: nothing on the way waits for those who walk it under RCU. */
function freedFarFromItsList(body: Body, bodies: Bodies): OddityFact[] {
  const { fn } = body;
  const others = bodies.program.definitionsIn(fn.unit).filter((each) => each !== fn);
  const removers = others.filter((each) => callsOne(each, REMOVES_UNDER_RCU));
  // Hunks need not show who walks the list: that entries go on and off it under RCU tells as much.
  const isPart = fn.unit.image.basis === 'hunks';
  if (removers.length === 0 || !others.some(({ words }) => words.all.has(isPart ? 'list_add_rcu' : WALK)))
    return [];
  if (callsOne(fn, WAITS) || callsOne(fn, REMOVES_UNDER_RCU)) return [];
  if (bodies.program.callersOf(fn).some((each) => callsOne(each, WAITS))) return [];
  return body.flow.steps.flatMap(({ node }) => {
    const object = node.kind === 'call' && FREES.has(calledName(node) ?? '') ? node.args.at(-1) : undefined;
    if (object?.kind !== 'name' || isOwn(body, object.name)) return [];
    const { base, pointers } = body.scope.typeOf(object);
    const removal = pointers === 1 ? removalOf(base, removers, bodies) : null;
    const walk = removal && walkUnderRcu(base, others, bodies);
    if (!removal || !(walk || isPart)) return [];
    return [
      oddity('freed-without-grace', body.spot(node), object.name, {
        other: 'elsewhere',
        related: [
          { spot: removal, message: 'it is taken off the list here' },
          ...(walk ? [{ spot: walk, message: 'readers under RCU walk the list here' }] : []),
        ],
      }),
    ];
  });
}

function callsOne({ words }: KnownFunction, like: RegExp): boolean {
  return [...words.called].some((name) => like.test(name));
}

const WALK = 'list_for_each_entry_rcu';
const REMOVES_UNDER_RCU = /^h?list_(?:del|replace)(?:_init)?_rcu$/;

/** Whether the function made the object itself, or may have where it is not shown. */
function isOwn(body: Body, name: string): boolean {
  const isShown = body.parameterAt(name) >= 0 || assignmentsIn(body).some(({ target }) => target === name);
  return !isShown || isMadeIn(body, name);
}

/** Where somebody walks over such objects with no lock but RCU. */
function walkUnderRcu(struct: string, others: readonly KnownFunction[], bodies: Bodies): Spot | null {
  for (const fn of others) {
    if (!fn.words.all.has(WALK)) continue;
    const body = bodies.of(fn);
    const walk = body.flow.walks.find(
      ({ form, args: [cursor], locks }) =>
        form === WALK && locks.length === 0 && cursor && body.scope.typeOf(cursor).base === struct,
    );
    if (walk) return body.spot(walk.args[0]!);
  }
  return null;
}

function removalOf(struct: string, removers: readonly KnownFunction[], bodies: Bodies): Spot | null {
  for (const fn of removers) {
    const body = bodies.of(fn);
    for (const { node } of body.flow.steps) {
      const [entry] = node.kind === 'call' && REMOVES_UNDER_RCU.test(calledName(node) ?? '') ? node.args : [];
      const owner = entry?.kind === 'unary' && entry.operand.kind === 'member' ? entry.operand.object : null;
      if (owner && body.scope.typeOf(owner).base === struct) return body.spot(node);
    }
  }
  return null;
}

function isOneOf(names: readonly string[]): (value: Expression) => boolean {
  return (value) => value.kind === 'name' && names.includes(value.name);
}

/** The variables that may be what a call removes from where readers under RCU find it. */
function removedBy(call: Call, body: Body, bodies: Bodies): readonly string[] {
  const name = calledName(call) ?? '';
  const [first, second] = call.args;
  if (!first) return [];
  if (REMOVES_UNDER_RCU.test(name)) {
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
