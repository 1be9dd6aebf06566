/** Domains that are freed before any device was attached: what only an attach fills in is NULL by then. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { ALLOCATES } from '../kernel-api.table.js';
import type { KnownFunction } from '../program.js';
import { assignmentsIn, nodesIn } from '../shapes.js';
import { isOfAttach, slotOf } from './attach.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const UNATTACHED: OddityReader = { around: [{ words: null, read: followedInFree }] };

const FREES = new Set(['free', 'domain_free']);

type Member = Extract<Expression, { kind: 'member' }>;

/** `domain->mmu->root` in the free op, where only the attach sets `domain->mmu`, and nobody asks. */
function followedInFree(body: Body, bodies: Bodies): OddityFact[] {
  const callers = freeingCallers(body.fn, bodies);
  if (callers === null) return [];
  const seen = new Set<string>();
  return body.reading.nodes.flatMap((node) => {
    const followed =
      node.kind === 'member' && node.isArrow && node.object.kind === 'member' ? node.object : null;
    const struct = followed && domainOf(followed, body);
    if (!followed || !struct || seen.has(followed.name)) return [];
    seen.add(followed.name);
    if ([body, ...callers.map((each) => bodies.of(each))].some((each) => asksAbout(each, followed.name)))
      return [];
    const attach = onlyAttach(struct, followed.name, body, bodies);
    if (attach === null) return [];
    return [oddity('freed-unattached', body.spot(node), body.text(followed), { other: attach })];
  });
}

/** The free op that a function is, or the ones that alone call it: those callers. Null for any other function. */
function freeingCallers(fn: KnownFunction, bodies: Bodies): readonly KnownFunction[] | null {
  const isFree = (each: KnownFunction): boolean => FREES.has(slotOf(each, bodies) ?? '');
  if (isFree(fn)) return [];
  if (!fn.item.isStatic || !fn.item.parameters.some(({ type }) => bodies.domains.has(type.base))) return null;
  const callers = bodies.program.callersOf(fn);
  return callers.length > 0 && callers.every(isFree) ? callers : null;
}

/** The struct of a domain whose pointer an expression reads. */
function domainOf(followed: Member, body: Body): string | null {
  const { base, pointers } = body.scope.typeOf(followed.object);
  const isPointer = body.scope.typeOf(followed).pointers === 1;
  return isPointer && pointers === 1 && base !== 'struct iommu_domain' && body.domains.has(base)
    ? base
    : null;
}

function asksAbout(body: Body, member: string): boolean {
  return body.flow.decisions.some(({ condition }) =>
    nodesIn(condition).some((node) => node.kind === 'member' && node.name === member),
  );
}

/** The function of the attach that sets the member, when no other does that may run before; null otherwise. */
function onlyAttach(struct: string, member: string, from: Body, bodies: Bodies): string | null {
  const setters = bodies.program.definitionsIn(from.fn.unit).filter((fn) => {
    if (!fn.words.all.has(member)) return false;
    const body = bodies.of(fn);
    return body.stores.some(
      ({ target }) =>
        target.kind === 'member' &&
        target.name === member &&
        body.scope.typeOf(target.object).base === struct,
    );
  });
  if (setters.length === 0 || setters.some((fn) => isMaker(fn, struct, bodies))) return null;
  return setters.find((fn) => isOfAttach(fn, bodies))?.item.name ?? null;
}

/** Whether a function makes such domains, or is called by one that does. */
function isMaker(fn: KnownFunction, struct: string, bodies: Bodies, depth = 2): boolean {
  if (slotOf(fn, bodies)?.startsWith('domain_alloc')) return true;
  const body = bodies.of(fn);
  const makes = assignmentsIn(body).some(
    ({ target, value }) =>
      ALLOCATES.has(calledName(value) ?? '') &&
      body.scope.isLocal(target) &&
      body.scope.typeOfName(target).base === struct,
  );
  return (
    makes ||
    (depth > 0 && bodies.program.callersOf(fn).some((each) => isMaker(each, struct, bodies, depth - 1)))
  );
}
