/** Shifts of an int by a number that the hardware tells, and that may be larger than an int has bits. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { Spot } from '../program.js';
import { exitOf, ifsIn, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const FIELD_SHIFTS: OddityReader = {
  around: [{ words: null, read: fieldShifts }],
};

/** `1 << smmu->sid_bits`, where `smmu->sid_bits = FIELD_GET(GENMASK(5, 0), reg)` may be 63. */
function fieldShifts(body: Body, bodies: Bodies): OddityFact[] {
  const told = new Set<string>();
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'binary' || node.operator !== '<<' || node.right.kind !== 'member') return [];
    if (node.left.kind !== 'literal' || !/^1u?$/i.test(node.left.text) || told.has(node.right.name))
      return [];
    const field = fieldOf(node.right, body, bodies);
    if (!field || isLimited(body, node.right.name)) return [];
    told.add(node.right.name);
    return [
      oddity('field-shift', body.spot(node), body.text(node.right), {
        other: `${2 ** field.width - 1}`,
        related: [{ spot: field.spot, message: `a field of ${field.width} bits` }],
      }),
    ];
  });
}

/** Six bits count to 63. */
const WIDE = 6;

interface Field {
  readonly width: number;
  readonly spot: Spot;
}

/** The register field that the member is read from, where it is never anything else. */
function fieldOf(
  { object, name }: Extract<Expression, { kind: 'member' }>,
  body: Body,
  bodies: Bodies,
): Field | null {
  const struct = body.scope.typeOf(object).base;
  if (!struct.startsWith('struct ')) return null;
  const fields: Field[] = [];
  for (const fn of bodies.program.definitionsIn(body.fn.unit)) {
    if (!fn.words.all.has(name)) continue;
    const other = bodies.of(fn);
    for (const { target, value } of other.stores) {
      if (
        target.kind !== 'member' ||
        target.name !== name ||
        other.scope.typeOf(target.object).base !== struct
      )
        continue;
      const width = widthRead(value, other, bodies);
      if (width === null || width < WIDE || isRefused(other, name)) return null;
      fields.push({ width, spot: other.spot(value) });
    }
  }
  return fields[0] ?? null;
}

/** How wide the field is of `FIELD_GET(MASK, reg)`. */
function widthRead(value: Expression, { fn }: Body, { program }: Bodies): number | null {
  const [mask] = value.kind === 'call' && calledName(value) === 'FIELD_GET' ? value.args : [];
  const macro = mask?.kind === 'name' ? program.macroNamed(mask.name, fn.unit) : null;
  if (!macro) return null;
  const { start, end } = macro.item.bodySpan;
  const bits = /^\s*GENMASK(?:_ULL)?\(\s*(\d+)\s*,\s*(\d+)\s*\)/.exec(
    macro.unit.image.text.slice(start, end),
  );
  return bits ? Number(bits[1]) - Number(bits[2]) + 1 : null;
}

/** Whether who reads the register refuses, or cuts down, what is too large. */
function isRefused(body: Body, member: string): boolean {
  return ifsIn(body).some(
    ({ condition, consequence }) =>
      [...nodesIn(condition)].some(
        (node) =>
          node.kind === 'binary' &&
          /^[<>]=?$/.test(node.operator) &&
          [node.left, node.right].some((side) => side.kind === 'member' && side.name === member),
      ) &&
      (exitOf(consequence) !== null ||
        [...nodesIn(consequence)].some(
          (node) => node.kind === 'assign' && node.target.kind === 'member' && node.target.name === member,
        )),
  );
}

/** Whether the function compares the number, or takes the smaller of it and another: then it may know that it is small. */
function isLimited({ reading }: Body, member: string): boolean {
  const isIt = (value: Expression | undefined): boolean => value?.kind === 'member' && value.name === member;
  return reading.nodes.some(
    (node) =>
      (node.kind === 'binary' && /^[<>]=?$/.test(node.operator) && (isIt(node.left) || isIt(node.right))) ||
      (node.kind === 'call' && /^(?:min|clamp)/.test(calledName(node) ?? '') && node.args.some(isIt)),
  );
}
