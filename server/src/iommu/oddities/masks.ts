/** Bits that do not come to lie where they are meant to: pieces that are put over one another, and tests that cannot hold. */
import type { Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { numberIn } from './known-numbers.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const MASKS: OddityReader = { around: [{ words: null, read: misplacedBits }] };

function misplacedBits(body: Body, bodies: Bodies): OddityFact[] {
  const { nodes } = body.reading;
  const inner = new Set(nodes.flatMap((node) => (isJoint(node) ? [node.left, node.right] : [])));
  return nodes.flatMap((node) => {
    if (node.kind !== 'binary') return [];
    if (node.operator === '|') return inner.has(node) ? [] : overlapping(body, bodies, node);
    return node.operator === '==' || node.operator === '!=' ? neverEqual(body, bodies, node) : [];
  });
}

type Node = Body['reading']['nodes'][number];
type Binary = Extract<Expression, { kind: 'binary' }>;

function isJoint(node: Node): node is Binary {
  return node.kind === 'binary' && node.operator === '|';
}

/** Bits of a variable that are moved to another place. */
interface Piece {
  readonly node: Expression;
  readonly of: string;
  /** Where its bits come to lie. */
  readonly bits: bigint;
  /** By how much they were moved up. */
  readonly by: bigint;
}

/** `(x & A) | ((x & B) >> s)` where the second comes to lie on bits of the first. */
function overlapping(body: Body, bodies: Bodies, joint: Binary): OddityFact[] {
  const pieces = partsOf(joint).flatMap((part) => pieceOf(body, bodies, part) ?? []);
  for (const [at, one] of pieces.entries()) {
    const other = pieces
      .slice(0, at)
      .find((each) => each.of === one.of && each.by !== one.by && (each.bits & one.bits) !== 0n);
    if (!other) continue;
    return [
      oddity('bits-overlap', body.spot(one.node), rangeOf(one.bits), {
        other: rangeOf(other.bits),
        related: [{ spot: body.spot(other.node), message: `has bits ${rangeOf(other.bits)}` }],
      }),
    ];
  }
  return [];
}

function partsOf(joint: Expression): readonly Expression[] {
  return isJoint(joint) ? [...partsOf(joint.left), ...partsOf(joint.right)] : [joint];
}

/** `(x & M) >> s`, `(x >> s) & M` and `x & M`, in either direction. */
function pieceOf(body: Body, bodies: Bodies, node: Expression): Piece | null {
  const plain = bare(node);
  if (plain.kind !== 'binary') return null;
  const shift = shiftOf(body, bodies, plain);
  if (shift) {
    const masked = maskOf(body, bodies, bare(plain.left));
    if (!masked || bare(masked.value).kind !== 'name') return null;
    const bits = shift > 0n ? masked.mask << shift : masked.mask >> -shift;
    return { node, of: body.values.plain(bare(masked.value)), bits: bits & ALL, by: shift };
  }
  const masked = maskOf(body, bodies, plain);
  if (!masked) return null;
  const value = bare(masked.value);
  if (value.kind === 'name') return { node, of: value.name, bits: masked.mask, by: 0n };
  const moved = value.kind === 'binary' ? shiftOf(body, bodies, value) : null;
  if (!moved || value.kind !== 'binary' || bare(value.left).kind !== 'name') return null;
  return { node, of: body.values.plain(bare(value.left)), bits: masked.mask, by: moved };
}

const ALL = (1n << 64n) - 1n;

/** Without casts, which take bits away but move none. */
function bare(node: Expression): Expression {
  return node.kind === 'cast' ? bare(node.operand) : node;
}

/** By how much a shift moves up; negative for one to the right. */
function shiftOf(body: Body, bodies: Bodies, { operator, right }: Binary): bigint | null {
  if (operator !== '<<' && operator !== '>>') return null;
  const by = numberIn(body, bodies, right);
  if (by === null || by <= 0n || by > 63n) return null;
  return operator === '<<' ? by : -by;
}

function maskOf(
  body: Body,
  bodies: Bodies,
  node: Expression,
): { readonly value: Expression; readonly mask: bigint } | null {
  if (node.kind !== 'binary' || node.operator !== '&') return null;
  const mask = numberIn(body, bodies, node.right);
  return mask === null || mask === 0n ? null : { value: node.left, mask: mask & ALL };
}

/** `(x & M) == V` where V has bits that M has not. */
function neverEqual(body: Body, bodies: Bodies, node: Binary): OddityFact[] {
  const masked = maskOf(body, bodies, bare(node.left));
  const value = masked && numberIn(body, bodies, node.right);
  if (!masked || value === null || (value & ALL & ~masked.mask) === 0n) return [];
  return [
    oddity('never-equal', body.spot(node), body.text(node.left), {
      other: node.operator === '==' ? 'never' : 'always',
    }),
  ];
}

/** `15:12`, `7`, or the number when the bits are not in a row. */
function rangeOf(bits: bigint): string {
  let low = 0n;
  while (((bits >> low) & 1n) === 0n) low++;
  let high = low;
  while (((bits >> (high + 1n)) & 1n) === 1n) high++;
  const isRow = bits >> (high + 1n) === 0n;
  return isRow ? (high === low ? `${low}` : `${high}:${low}`) : `0x${bits.toString(16)}`;
}
