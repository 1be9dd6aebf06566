/** Sizes of ranges that are off by one, and numbers of bytes given where a number of entries is asked for. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { lastName } from '../names.js';
import type { KnownFunction, Program } from '../program.js';
import { nodesIn } from '../shapes.js';
import { functionKey, slotEntries } from '../tables.js';
import { ENDS, type End, EXCLUSIVE_SLOTS } from './ends.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const ENDS_OF_RANGES: OddityReader = {
  around: [
    { words: /^(?:\w*end|last|pfn_hi)$/, read: sizesOfMembers },
    { words: /^(?:\w*end|last|pfn_hi)$/, read: endsBehindMembers },
    { words: /^(?:\w*end|last|pfn_hi)$/, read: endsSetBehind },
    { words: new Set(['end']), read: sizesOfParameters },
    { words: null, read: bytesForEntries },
  ],
};

type Binary = Extract<Expression, { kind: 'binary' }>;

/** `gather->end - gather->start`, where the end is part of the range. */
function sizesOfMembers(body: Body, bodies: Bodies): OddityFact[] {
  return sizesIn(body, bodies).flatMap(({ node, difference, hasOne }) => {
    const { left } = difference;
    if (left.kind !== 'member') return [];
    const known = ENDS.get(`${body.scope.typeOf(left.object).base}.${left.name}`);
    if (!known || (known.end === 'inclusive') === hasOne) return [];
    return [sizeOddity(body, node, body.text(left), known)];
  });
}

/** `end - start + 1`, where the operation is given the first address behind the range. */
function sizesOfParameters(body: Body, bodies: Bodies): OddityFact[] {
  const slots = bodies.program.surroundings.known(exclusiveFunctions, bodies.program);
  if (!slots.has(functionKey(body.fn.unit.image.path, body.fn.item.name))) return [];
  const numbers = new Set(
    body.fn.item.parameters.filter(({ type }) => type.pointers === 0).map(({ name }) => name),
  );
  return sizesIn(body, bodies).flatMap(({ node, difference: { left, right }, hasOne }) => {
    const isRange =
      left.kind === 'name' && right.kind === 'name' && numbers.has(left.name) && numbers.has(right.name);
    return isRange && hasOne ? [sizeOddity(body, node, left.name, { end: 'exclusive' })] : [];
  });
}

/** `iova + size > geometry.aperture_end`: the first address behind a range against the last one of another. */
function endsBehindMembers(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'binary') return [];
    const [end, limit] = node.operator === '>' ? [node.left, node.right] : [node.right, node.left];
    if ((node.operator !== '>' && node.operator !== '<') || limit.kind !== 'member') return [];
    const known = ENDS.get(`${body.scope.typeOf(limit.object).base}.${limit.name}`);
    return known?.end === 'inclusive' && isBehind(end)
      ? [oddity('end-against-last', body.spot(node), body.text(end), { other: body.text(limit) })]
      : [];
  });
}

/** `geometry.aperture_end = 1ULL << bits`, `res->end = base + size`: the first address behind, where the last one belongs. */
function endsSetBehind(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'assign' || node.operator !== '=' || node.target.kind !== 'member') return [];
    const { target, value } = node;
    const struct = body.scope.typeOf(target.object).base;
    // No other struct has a member of this name, so that the one around it need not be at hand.
    const isAperture = struct === '' && target.name === 'aperture_end';
    const known = ENDS.get(`${isAperture ? 'struct iommu_domain_geometry' : struct}.${target.name}`);
    if (known?.end !== 'inclusive' || !(isBehind(value) || isWholePower(value))) return [];
    return [
      oddity('end-set-behind', body.spot(value), body.text(value), {
        other: known.since ? `${body.text(target)} ${known.since}` : body.text(target),
        instead: `${body.text(value)} - 1`,
      }),
    ];
  });
}

/** `1ULL << bits`, `BIT_ULL(bits)`: what does not fit into as many bits. */
function isWholePower(value: Expression): boolean {
  if (value.kind === 'binary')
    return value.operator === '<<' && value.left.kind === 'literal' && /^1[uUlL]*$/.test(value.left.text);
  return /^BIT(?:_ULL)?$/.test(calledName(value) ?? '');
}

/** `iova + size`: a start and how long it goes on from there. */
function isBehind(value: Expression): boolean {
  return (
    value.kind === 'binary' &&
    value.operator === '+' &&
    [value.left, value.right].some((side) => LENGTH.test(lastName(side) ?? ''))
  );
}

const LENGTH = /^(?:\w*_)?(?:size|len|length)$/i;

/** What it says stands against is the kind of end, and since when it is that. */
const sizeOddity = (
  body: Body,
  node: Expression,
  text: string,
  { end, since }: Pick<End, 'end' | 'since'>,
): OddityFact => oddity('size-off-by-one', body.spot(node), text, { other: since ? `${end} ${since}` : end });

interface Size {
  /** With the one that is added, where it is. */
  readonly node: Expression;
  readonly difference: Binary;
  readonly hasOne: boolean;
}

/** Differences that something is made as long as: assigned, given on, or shifted to a number of pages. */
function sizesIn(body: Body, bodies: Bodies): Size[] {
  return body.reading.nodes.flatMap((node): Size[] => {
    switch (node.kind) {
      case 'assign':
        return isSize(lastName(node.target)) ? sizeOf(node.value) : [];
      case 'declaration':
        return node.declarators.flatMap(({ name, initial }) =>
          initial && isSize(name) ? sizeOf(initial) : [],
        );
      case 'call': {
        const name = calledName(node);
        const parameters =
          name === null ? undefined : bodies.program.functionsNamed(name)[0]?.item.parameters;
        const takesSize = (at: number): boolean =>
          parameters ? isSize(parameters[at]?.name ?? null) : MAPS.test(name ?? '');
        return node.args.flatMap((each, at) => (takesSize(at) ? sizeOf(each) : []));
      }
      default:
        return [];
    }
  });
}

/** Functions of the kernel that take a size, and are at hand nowhere. */
const MAPS = /^(?:devm_)?(?:ioremap|memremap|request_mem_region)/;

const isSize = (name: string | null): boolean =>
  name !== null && /size|len|length|pages|count|^nr_?\w*$/i.test(name);

function sizeOf(value: Expression): Size[] {
  if (value.kind !== 'binary') return [];
  if (value.operator === '>>' || value.operator === '/') return sizeOf(value.left);
  if (value.operator === '-') return [{ node: value, difference: value, hasOne: false }];
  const { left, right, operator } = value;
  const isOne = right.kind === 'literal' && /^1[uUlL]*$/.test(right.text);
  return operator === '+' && isOne && left.kind === 'binary' && left.operator === '-'
    ? [{ node: value, difference: left, hasOne: true }]
    : [];
}

/** The functions that tables have in slots whose end is behind the range, by path and name. */
function exclusiveFunctions(program: Program): ReadonlySet<string> {
  return new Set(
    slotEntries(program)
      .filter(({ type, slot }) => EXCLUSIVE_SLOTS.get(type)?.has(slot))
      .map(({ function: name, table }) => functionKey(table.unit.image.path, name)),
  );
}

/** `flush(domain, table, PT_SIZE)`, where the callee multiplies what it is given by the size of an entry. */
function bytesForEntries(body: Body, bodies: Bodies): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    const callee = name !== null && node.kind === 'call' ? bodies.calledFunction(name, body) : null;
    if (!callee || node.kind !== 'call' || !node.args.some(isBytes)) return [];
    return node.args.flatMap((argument, at) => {
      const parameter = callee.item.parameters[at];
      if (!parameter || !isBytes(argument) || !isMultiplied(parameter.name, callee, bodies)) return [];
      return [
        oddity('bytes-for-entries', body.spot(argument), body.text(argument), {
          other: `${callee.item.name}() takes ${parameter.name}`,
        }),
      ];
    });
  });
}

/** `sizeof(*table)`, `PT_SIZE`: no number of entries by its own words. */
function isBytes(value: Expression): boolean {
  if (value.kind === 'sizeof') return true;
  return value.kind === 'name' && /_SIZE$/.test(value.name);
}

const COUNTS = /^(?:count|n|nr\w*|num\w*|n_?(?:entries|ptes|elems)|entries)$/;

/** Whether a parameter is, by its name and by what is done with it, a number of entries. */
function isMultiplied(name: string, callee: KnownFunction, bodies: Bodies): boolean {
  if (!COUNTS.test(name)) return false;
  return bodies.of(callee).reading.nodes.some((node) => {
    if (node.kind !== 'binary' || node.operator !== '*') return false;
    const sides = [node.left, node.right];
    return (
      sides.some((side) => side.kind === 'name' && side.name === name) &&
      sides.some((side) => nodesIn(side).some((each) => isEntrySize(each as Expression)))
    );
  });
}

const isEntrySize = (each: Expression): boolean =>
  each.kind === 'sizeof' || (each.kind === 'name' && /(?:ENTRY|PTE|DESC|ELEM)\w*_SIZE$/.test(each.name));
