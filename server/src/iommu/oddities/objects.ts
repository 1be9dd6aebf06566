/** What a function does with an object although it is not (or no longer) what the function takes it for. */
import { contains } from '../../base/index.js';
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { WALKS } from '../kernel-api.table.js';
import { assignmentsIn, callsBelow, exitOf, ifsIn, isNull, statementsOf } from '../shapes.js';
import { ALLOCATOR_FAMILIES } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const OBJECTS: OddityReader = {
  own: [typesTestedLate, ownEntries, coherencyClaims],
  around: [
    { words: /free/, read: foreignFrees },
    { words: /free|clear|erase|remove|release/, read: reusedNumbers },
  ],
};

/** `x = accessor(domain);` and then `if (domain->type != X) return`: the accessor took the type for granted. */
function typesTestedLate(body: Body): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    if (!exitOf(consequence)) return [];
    const tested = typeTested(condition, body);
    if (tested === null) return [];
    const early = body.flow.steps.find(({ node }) => {
      if (node.kind !== 'call' || node.end > condition.start || node.args.length !== 1) return false;
      const [only] = node.args;
      const name = calledName(node);
      return (
        only!.kind === 'name' &&
        only!.name === tested &&
        name !== null &&
        !/^(?:WARN|BUG|IS_ERR|lockdep)|^to_|is_/.test(name)
      );
    });
    if (!early || !isInitialiser(body, early.node)) return [];
    return [
      oddity('type-tested-late', body.spot(early.node), calledName(early.node)!, {
        other: tested,
        related: [{ spot: body.spot(condition), message: 'the type is tested here' }],
      }),
    ];
  });
}

/** The domain whose type a condition compares. */
function typeTested(condition: Expression, body: Body): string | null {
  for (const { node } of body.flow.steps) {
    if (
      node.kind !== 'binary' ||
      !contains(condition, node) ||
      (node.operator !== '!=' && node.operator !== '==')
    )
      continue;
    const { left } = node;
    if (
      left.kind === 'member' &&
      left.name === 'type' &&
      left.object.kind === 'name' &&
      body.domains.has(body.scope.typeOf(left.object).base)
    )
      return left.object.name;
  }
  return null;
}

function isInitialiser(body: Body, call: Expression): boolean {
  return body.reading.nodes.some(
    (node) =>
      node.kind === 'declaration' &&
      node.declarators.some(({ initial }) => initial !== null && contains(initial, call)),
  );
}

/** In a walk over `x->entries` the entry's back pointer is compared with x, which it is by being there. */
function ownEntries(body: Body): OddityFact[] {
  return body.flow.walks.flatMap((walk) => {
    const row = WALKS.get(walk.form);
    const [cursor, head] = [row && walk.args[row.cursor], row && walk.args[row.container]];
    const inner = head?.kind === 'unary' && head.operator === '&' ? head.operand : head;
    if (cursor?.kind !== 'name' || inner?.kind !== 'member' || inner.object.kind !== 'name') return [];
    const owner = inner.object.name;
    return body.flow.steps.flatMap(({ node }) => {
      if (node.kind !== 'binary' || node.operator !== '!=' || !contains(walk.body, node)) return [];
      const { left, right } = node;
      if (left.kind !== 'member' || left.object.kind !== 'name' || left.object.name !== cursor.name)
        return [];
      if (right.kind !== 'name' || right.name !== owner) return [];
      return [
        oddity('own-entry-compared', body.spot(node), body.text(node), { other: body.values.plain(inner) }),
      ];
    });
  });
}

/** A member that is filled by one allocator and emptied by the releaser of another. */
function foreignFrees(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    const takes = name === null ? undefined : ALLOCATOR_FAMILIES.find((family) => family.takes.test(name));
    const taken = takes && node.kind === 'call' ? node.args[takes.taken] : undefined;
    if (!takes || !taken || name === null) return [];
    const member = memberIn(taken);
    if (!member) return foreignLocal(body, node, taken, takes);
    const { base } = body.scope.typeOf(member.object);
    if (base === '') return [];
    const givers = giversOf(base, member.name, body, bodies);
    // One that is not known may be anybody's.
    if (givers.length === 0 || givers.some((giver) => giver.name === '' || takes.gives.test(giver.name)))
      return [];
    const [giver] = givers;
    return [
      oddity('foreign-free', body.spot(node), name, {
        other: giver!.name,
        related: [{ spot: giver!.spot, message: 'it comes from here' }],
      }),
    ];
  });
}

/** The same for a local variable, which only the function itself fills. */
function foreignLocal(
  body: Body,
  call: Expression,
  taken: Expression,
  takes: (typeof ALLOCATOR_FAMILIES)[number],
): OddityFact[] {
  const variable = taken.kind === 'cast' ? taken.operand : taken;
  if (variable.kind !== 'name' || !body.scope.isLocal(variable.name) || body.parameterAt(variable.name) >= 0)
    return [];
  const sources = assignmentsIn(body).filter(
    ({ target, value }) => target === variable.name && !isNull(value),
  );
  const [only] = sources;
  const giver = only && calledName(only.value.kind === 'cast' ? only.value.operand : only.value);
  if (sources.length !== 1 || !giver || takes.gives.test(giver)) return [];
  if (!ALLOCATOR_FAMILIES.some((family) => family.gives.test(giver))) return [];
  return [
    oddity('foreign-free', body.spot(call), calledName(call) ?? '', {
      other: giver,
      related: [{ spot: body.spot(only.at), message: 'it comes from here' }],
    }),
  ];
}

function memberIn(value: Expression): Extract<Expression, { kind: 'member' }> | null {
  if (value.kind === 'cast') return memberIn(value.operand);
  return value.kind === 'member' ? value : null;
}

/** The allocators that fill a member anywhere in the file. */
function giversOf(struct: string, field: string, from: Body, bodies: Bodies) {
  return bodies.program.definitionsIn(from.fn.unit).flatMap((fn) => {
    if (!fn.words.all.has(field)) return [];
    const body = bodies.of(fn);
    return body.stores.flatMap(({ target, value, node }) => {
      if (
        target.kind !== 'member' ||
        target.name !== field ||
        body.scope.typeOf(target.object).base !== struct
      )
        return [];
      const inner = value.kind === 'cast' ? value.operand : value;
      const name = calledName(inner);
      // What comes from elsewhere may come from anywhere.
      if (name === null) return isNull(inner) ? [] : [{ name: '', spot: body.spot(node) }];
      return ALLOCATOR_FAMILIES.some((family) => family.gives.test(name))
        ? [{ name, spot: body.spot(node) }]
        : [{ name: '', spot: body.spot(node) }];
    });
  });
}

const TAGS = /(?:^|_|>|\.)(?:vmid|asid|did|domain_id)$/;
/** `next_domain_id`, `num_asid`: where the numbers begin or how many there are, none that somebody has. */
const BOUNDS = /(?:^|_|>|\.)(?:next|last|max|min|first|nr|num)_\w+$/;
/** Gives a number back to whom it was allocated from. An xarray whose indices it has is one only where `xa_alloc` made them. */
const GIVES_BACK = /bitmap|ida_|idr_|clear_bit|_free$/;

/** A tag of TLB entries is given back, and what was cached under it is not invalidated. */
function reusedNumbers(body: Body, bodies: Bodies): OddityFact[] {
  // A helper that only gives the number back leaves the rest to its callers.
  if (/(?:^|_)(?:free|put|release)/.test(body.fn.item.name)) return [];
  const called = callsBelow(body.block);
  if ([...called].some((name) => /tlb|inv|flush|cmd|free_io_pgtable_ops/i.test(name))) return [];
  return body.flow.steps.flatMap(({ node, under }) => {
    const name = calledName(node);
    if (name === null || node.kind !== 'call' || !/(?:free|clear|erase|remove|release)/.test(name)) return [];
    const number = node.args.find((arg) => {
      const text = body.values.plain(arg);
      return TAGS.test(text) && !BOUNDS.test(text);
    });
    if (!number || !(GIVES_BACK.test(name) || isAllocatingArray(body, bodies, name, node.args[0]))) return [];
    // What failed before anything was translated has left nothing behind.
    const isFailure =
      under.length > 0 &&
      ifsIn(body).some(
        ({ consequence }) =>
          contains(consequence, node) &&
          statementsOf(consequence).some((each) => each.kind === 'return' || each.kind === 'goto'),
      );
    const isBehindLabel = body.reading.nodes.some((each) => each.kind === 'label' && each.start < node.start);
    const isFlushedByCaller = bodies.program
      .callersOf(body.fn)
      .some((caller) =>
        [...caller.words.called].some((each) => /tlb|inv|flush|free_io_pgtable_ops/i.test(each)),
      );
    if (isFailure || isBehindLabel || isFlushedByCaller) return [];
    return [oddity('number-reused-unflushed', body.spot(node), body.text(number), { other: name })];
  });
}

/** Whether an entry is taken out of an xarray that hands out its indices itself: an array of objects by number has no tags. */
function isAllocatingArray(body: Body, bodies: Bodies, name: string, array: Expression | undefined): boolean {
  if (!/^(?:__)?xa_erase/.test(name) || !array) return false;
  const own = body.values.plain(array).replace(/^.*(?:->|\.|&)/, '');
  const allocators = bodies.program
    .definitionsIn(body.fn.unit)
    .filter(
      ({ words }) => words.all.has(own) && [...words.called].some((each) => /^(?:__)?xa_alloc/.test(each)),
    );
  return allocators.length > 0;
}

/** `case IOMMU_CAP_CACHE_COHERENCY: return true;` */
function coherencyClaims(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (
      node.kind !== 'case' ||
      node.value?.kind !== 'name' ||
      node.value.name !== 'IOMMU_CAP_CACHE_COHERENCY'
    )
      return [];
    const first = node.body.find((each) => each.kind !== 'empty');
    const value = first?.kind === 'return' ? first.value : null;
    return value?.kind === 'name' && value.name === 'true'
      ? [oddity('claims-coherency', body.spot(first!), 'IOMMU_CAP_CACHE_COHERENCY')]
      : [];
  });
}
