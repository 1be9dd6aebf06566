/** A member whose object is freed and that still points to it, where other functions tell by it whether there is one. */
import { contains } from '../../base/index.js';
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { FREES } from '../kernel-api.table.js';
import { baseName } from '../names.js';
import type { KnownFunction, Spot } from '../program.js';
import { assignmentsIn, type Call, ifsIn, nodesIn, testOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const LEFT_MEMBERS: OddityReader = { around: [{ words: FREES, read: leftMembers }] };

function leftMembers(body: Body, bodies: Bodies): OddityFact[] {
  if (body.fn.item.missing.length > 0) return [];
  if (isOfTheEnds(body.fn.item.name)) return leftByGrowing(body);
  return [...leftByGrowing(body), ...leftForOthers(body, bodies)];
}

/** `kfree(caps->buf)` where krealloc() could not make it larger: who calls has it still, and grows or frees it again. */
function leftByGrowing(body: Body): OddityFact[] {
  const grown = body.flow.steps.flatMap(({ node }) => {
    const first = node.kind === 'call' && GROWS.test(calledName(node) ?? '') ? node.args[0] : undefined;
    return first?.kind === 'member' ? [body.values.plain(first)] : [];
  });
  if (grown.length === 0) return [];
  return body.flow.steps.flatMap(({ node }): OddityFact[] => {
    const freed = node.kind === 'call' && FREES.has(calledName(node) ?? '') ? node.args.at(-1) : undefined;
    if (node.kind !== 'call' || freed?.kind !== 'member' || freed.object.kind !== 'name') return [];
    if (!grown.includes(body.values.plain(freed)) || isSetInBranch(body, freed, node)) return [];
    if (isGivenUp(body, freed.object.name)) return [];
    return [oddity('freed-member-left', body.spot(node), body.text(freed))];
  });
}

const GROWS = /^k?v?realloc(?:_array)?$|^kvrealloc$/;

/** Whether the member is set before the branch is left in which it is freed. */
function isSetInBranch(body: Body, member: Expression, free: Call): boolean {
  const text = body.values.plain(member);
  const inner = ifsIn(body)
    .map(({ consequence }) => consequence)
    .filter((each) => contains(each, free))
    .at(-1);
  return assignmentsIn(body).some(
    ({ target, at }) => target === text && at.start > free.start && (!inner || at.end <= inner.end),
  );
}

function leftForOthers(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }): OddityFact[] => {
    if (node.kind !== 'call' || !FREES.has(calledName(node) ?? '')) return [];
    const freed = node.args.at(-1);
    if (freed?.kind !== 'member' || !freed.isArrow || freed.object.kind !== 'name') return [];
    const owner = body.scope.typeOf(freed.object);
    if (owner.pointers !== 1 || !owner.base.startsWith('struct ')) return [];
    if (isSetAgain(body, freed, node) || isGivenUp(body, freed.object.name)) return [];
    if (!livesOn(body, bodies)) return [];
    const test = testElsewhere(body, bodies, owner.base, freed.name);
    return test
      ? [
          oddity('freed-member-left', body.spot(node), body.text(freed), {
            other: test.function,
            related: [{ spot: test.spot, message: 'it is tested here' }],
          }),
        ]
      : [];
  });
}

/** Names of functions before and after which nobody has the object. */
const ENDS =
  /free|release|destroy|remove|exit|cleanup|clean_up|fini|tear_?down|dealloc|(?:^|_)(?:put|del|close|shutdown|unregister|disconnect|probe|init|alloc|create|setup|register|new|add|uninit|deinit)(?:_|$)/;

function isOfTheEnds(name: string): boolean {
  return ENDS.test(name);
}

/** Whether somebody calls the function while the object goes on: not all that is seen of its callers is an end. */
function livesOn(body: Body, bodies: Bodies): boolean {
  const callers = bodies.program.callersOf(body.fn);
  return callers.length === 0 || !callers.every(({ item }) => isOfTheEnds(item.name));
}

function isSetAgain(body: Body, member: Expression, free: Call): boolean {
  const text = body.values.plain(member);
  return assignmentsIn(body).some(({ target, at }) => target === text && at.start > free.start);
}

/** Whether the function gives the owner away or frees it, too. */
function isGivenUp(body: Body, owner: string): boolean {
  return body.flow.steps.some(
    ({ node }) =>
      node.kind === 'call' &&
      (FREES.has(calledName(node) ?? '') ||
        ENDS.test(calledName(node) ?? '') ||
        /memset/.test(calledName(node) ?? '')) &&
      node.args.some((arg) => arg.kind !== 'member' && baseName(arg) === owner),
  );
}

/** Where another function of the file, which is no end, tests the member of such a struct. */
function testElsewhere(
  body: Body,
  bodies: Bodies,
  struct: string,
  member: string,
): { readonly function: string; readonly spot: Spot } | null {
  for (const fn of bodies.program.definitionsIn(body.fn.unit)) {
    if (fn === body.fn || isOfTheEnds(fn.item.name) || !fn.words.all.has(member)) continue;
    const spot = testIn(fn, bodies, struct, member);
    if (spot) return { function: fn.item.name, spot };
  }
  return null;
}

function testIn(fn: KnownFunction, bodies: Bodies, struct: string, member: string): Spot | null {
  const body = bodies.of(fn);
  // Who fills it asks whether that went well, and not whether it was there.
  const fills = body.stores.some(({ target }) => target.kind === 'member' && target.name === member);
  if (fills) return null;
  for (const { condition } of ifsIn(body)) {
    for (const node of nodesIn(condition)) {
      const subject = node.kind === 'member' || node.kind === 'unary' ? testOf(node)?.subject : undefined;
      if (subject?.kind !== 'member' || subject.name !== member) continue;
      const isWhole = node === condition || isPartOf(condition, node);
      if (isWhole && body.scope.typeOf(subject.object).base === struct) return body.spot(subject);
    }
  }
  return null;
}

/** Whether a test stands by itself, or between `&&` and `||`: `x->m->n` tests no `x->m`. */
function isPartOf(condition: Expression, node: unknown): boolean {
  if (condition.kind !== 'binary' || (condition.operator !== '&&' && condition.operator !== '||'))
    return false;
  return [condition.left, condition.right].some((side) => side === node || isPartOf(side, node));
}
