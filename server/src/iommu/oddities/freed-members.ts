/** Domains whose allocator gives a member of something larger, and whose free op frees that member. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { KnownFunction, Program, Spot } from '../program.js';
import { functionKey, slotEntries } from '../tables.js';
import { slotOf } from './attach.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const FREED_MEMBERS: OddityReader = {
  around: [{ words: new Set(['kfree', 'kvfree', 'kfree_sensitive']), read: freedMembers }],
};

/** `kfree(domain)`, where the allocator gives `&td->domain`. */
function freedMembers(body: Body, bodies: Bodies): OddityFact[] {
  if (!/^(?:domain_)?free$/.test(slotOf(body.fn, bodies) ?? '')) return [];
  const parameter = body.fn.item.parameters[0];
  if (parameter?.type.base !== 'struct iommu_domain') return [];
  const freed = body.flow.steps.find(
    ({ node }) =>
      node.kind === 'call' &&
      /^kv?free(?:_sensitive)?$/.test(calledName(node) ?? '') &&
      node.args[0]?.kind === 'name' &&
      node.args[0].name === parameter.name,
  );
  const isMoved = body.stores.some(({ target }) => target.kind === 'name' && target.name === parameter.name);
  if (!freed || isMoved) return [];
  for (const made of madeFor(body.fn, bodies)) {
    if (made.isFirst === true) continue;
    return [
      oddity('member-freed', body.spot(freed.node), made.text, {
        // Of a struct that is not shown it is not known where in it the member stands.
        other: made.isFirst === null ? '' : made.struct,
        related: [{ spot: made.spot, message: 'What is freed is made here.' }],
      }),
    ];
  }
  return [];
}

interface Made {
  /** `&td->domain` */
  readonly text: string;
  readonly struct: string;
  /** Null where the struct is not shown. */
  readonly isFirst: boolean | null;
  readonly spot: Spot;
}

/** What the functions give as a domain that tie it to a table with this free op. */
function madeFor(free: KnownFunction, bodies: Bodies): Made[] {
  const { program } = bodies;
  const entries = slotEntries(program);
  const own = entries.filter(({ function: name }) => name === free.item.name).map(({ table }) => table);
  const tables = new Set(
    own.filter(({ item }) => item.type.base === 'struct iommu_domain_ops').map(({ item }) => item.name),
  );
  const allocators = new Set(
    entries
      .filter(({ slot, table }) => slot.startsWith('domain_alloc') && own.includes(table))
      .map(({ function: name, table }) => functionKey(table.unit.image.path, name)),
  );
  return program.allFunctions().flatMap((fn) => {
    const gives = allocators.has(functionKey(fn.unit.image.path, fn.item.name));
    if (!gives && !(fn.words.all.has('ops') && fn.words.meet(tables))) return [];
    return madeIn(bodies.of(fn), program, tables, gives);
  });
}

function madeIn(body: Body, program: Program, tables: ReadonlySet<string>, gives: boolean): Made[] {
  const domains = body.stores.flatMap(({ target, value }) => {
    const isTied =
      target.kind === 'member' &&
      target.name === 'ops' &&
      value.kind === 'unary' &&
      value.operand.kind === 'name' &&
      tables.has(value.operand.name);
    return isTied ? [target.isArrow ? target.object : addressOf(target.object)] : [];
  });
  const returned = gives ? body.flow.returns.flatMap(({ value }) => value ?? []) : [];
  return [...domains, ...returned].flatMap((domain) => madeAs(domain, body, program) ?? []);
}

const addressOf = (operand: Expression): Expression => ({
  kind: 'unary',
  operator: '&',
  operand,
  start: operand.start,
  end: operand.end,
});

/** The member of which a domain is the address, itself or by the variable that it was put into. */
function madeAs(domain: Expression, body: Body, program: Program): Made | null {
  if (domain.kind === 'name') {
    const stored = body.stores.filter(({ target }) => target.kind === 'name' && target.name === domain.name);
    return (
      stored
        .map(({ value }) => (value.kind === 'unary' ? madeAs(value, body, program) : null))
        .find((each) => each) ?? null
    );
  }
  if (domain.kind !== 'unary' || domain.operator !== '&' || domain.operand.kind !== 'member') return null;
  const { object, name, isArrow } = domain.operand;
  // A variable of the driver is made once and for all, and nobody frees it.
  if (!isArrow) return null;
  const { base: struct } = body.scope.typeOf(object);
  const fields = program.structNamed(struct, body.fn.unit)?.fields ?? [];
  const at = fields.findIndex(({ item }) => item.name === name);
  return {
    text: body.text(domain.operand),
    struct,
    isFirst: at < 0 ? null : at === 0,
    spot: body.spot(domain.operand),
  };
}
