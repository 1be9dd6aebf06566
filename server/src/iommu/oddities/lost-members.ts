/** A struct is freed whose member points to memory that nobody in its file ever frees. */
import { type AnyNode, calledName } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { FREES } from '../kernel-api.table.js';
import type { KnownFunction, Spot } from '../program.js';
import { nodesIn } from '../shapes.js';
import { isMadeIn } from './allocates.js';
import { ALLOCATOR_FAMILIES } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const LOST_MEMBERS: OddityReader = { around: [{ words: FREES, read: lostMembers }] };

/** `kfree(toy);` where `toy->table = dma_alloc_coherent(…)` stands elsewhere, and nothing that takes it back. */
function lostMembers(body: Body, bodies: Bodies): OddityFact[] {
  const { fn } = body;
  // Of hunks nobody knows what the rest of the file frees.
  if (fn.unit.image.basis === 'hunks' || fn.item.missing.length > 0) return [];
  return body.flow.steps.flatMap(({ node }): OddityFact[] => {
    const [freed] = node.kind === 'call' && FREES.has(calledName(node) ?? '') ? node.args : [];
    // A failure of the function that made it frees it before its members are filled, or frees those as well.
    if (freed?.kind !== 'name' || isMadeIn(body, freed.name)) return [];
    const { base, pointers } = body.scope.typeOf(freed);
    if (pointers !== 1 || !base.startsWith('struct ')) return [];
    const struct = bodies.program.structNamed(base, fn.unit);
    // What a header declares may be looked after by any other file.
    if (!struct || struct.fields.some(({ unit }) => unit.image.path !== fn.unit.image.path)) return [];
    const filled = struct.fields.flatMap(({ item }) =>
      item.type.pointers > 0 ? (allocationOf(base, item.name, fn, bodies) ?? []) : [],
    );
    return filled
      .filter(({ member, takes }) => !isTakenBack(member, takes, fn, bodies))
      .map(({ member, call, spot }) =>
        oddity('member-lost', body.spot(node), `${freed.name}->${member}`, {
          other: call,
          related: [{ spot, message: 'it is allocated here' }],
        }),
      );
  });
}

interface Filled {
  readonly member: string;
  readonly call: string;
  readonly spot: Spot;
  readonly takes: RegExp;
}

/** Where a function of the file gives the member memory that somebody has to free by name. */
function allocationOf(struct: string, member: string, from: KnownFunction, bodies: Bodies): Filled | null {
  for (const fn of bodies.program.definitionsIn(from.unit)) {
    if (!fn.words.all.has(member)) continue;
    const body = bodies.of(fn);
    for (const { target, value } of body.stores) {
      if (target.kind !== 'member' || target.name !== member) continue;
      if (body.scope.typeOf(target.object).base !== struct) continue;
      const call = calledName(value) ?? '';
      const family = ALLOCATOR_FAMILIES.find(({ gives }) => gives.test(call));
      if (family && !/^(?:devm|dmam|drmm)_/.test(call))
        return { member, call, spot: body.spot(value), takes: family.takes };
    }
  }
  return null;
}

/** Whether somebody in the file frees it, or gives it to a function that may. */
function isTakenBack(member: string, takes: RegExp, from: KnownFunction, bodies: Bodies): boolean {
  return bodies.program.definitionsIn(from.unit).some((fn) => {
    if (!fn.words.all.has(member)) return false;
    const body = bodies.of(fn);
    const isIt = (node: AnyNode): boolean => node.kind === 'member' && node.name === member;
    return body.reading.nodes.some((node) => {
      switch (node.kind) {
        case 'call': {
          const name = calledName(node) ?? '';
          return (
            (takes.test(name) || !/^(?:mem|dev_|pr_|WARN|read|write)/.test(name)) &&
            node.args.some((arg) => [...nodesIn(arg)].some(isIt))
          );
        }
        // Somebody else has it then.
        case 'assign':
          return isIt(node.value);
        case 'declaration':
          return node.declarators.some(({ initial }) => initial !== null && isIt(initial));
        case 'return':
          return node.value !== null && isIt(node.value);
        default:
          return false;
      }
    });
  });
}
