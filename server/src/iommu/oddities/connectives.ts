/** Conditions with the wrong connective: && where & is meant, && and || taken for one another. */
import type { AnyNode, Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { nodesIn, operandsOf, testOf } from '../shapes.js';
import { pointerFollowed } from './asked.js';
import { numberIn } from './known-numbers.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const CONNECTIVES: OddityReader = {
  own: [followedWhileNull],
  around: [{ words: null, read: inConditions }],
};

type Binary = Extract<Expression, { kind: 'binary' }>;
type Connective = '&&' | '||';

/** The operands of each run of one connective, outermost runs only. */
function runsIn(
  body: Body,
): readonly { readonly operator: Connective; readonly parts: readonly Expression[] }[] {
  return body.kept(runsIn, () => {
    const joints = body.reading.nodes.filter(isJoint);
    const inner = new Set(
      joints.flatMap((each) =>
        [each.left, each.right].filter((side) => isJoint(side) && side.operator === each.operator),
      ),
    );
    return joints
      .filter((each) => !inner.has(each))
      .map((each) => ({ operator: each.operator as Connective, parts: operandsOf(each) }));
  });
}

function isJoint(node: AnyNode): node is Binary {
  return node.kind === 'binary' && (node.operator === '&&' || node.operator === '||');
}

function inConditions(body: Body, bodies: Bodies): OddityFact[] {
  return runsIn(body).flatMap(({ operator, parts }) => [
    ...flagsAsTruths(body, bodies, operator, parts),
    ...settled(body, bodies, operator, parts),
  ]);
}

/** `flags && ~KNOWN`, `quirks && QUIRK_NS`: a constant that is never zero stands for a test of bits. */
function flagsAsTruths(
  body: Body,
  bodies: Bodies,
  operator: Connective,
  parts: readonly Expression[],
): OddityFact[] {
  return parts.slice(1).flatMap((part, at) => {
    const before = parts[at]!;
    // What is chosen at build time alone is no slip.
    if (!['name', 'member', 'index'].includes(before.kind) || isConstant(before)) return [];
    if (!isConstant(part) || !isFlag(body, bodies, part)) return [];
    return [
      oddity('flag-as-truth', body.spot({ start: before.start, end: part.end }), body.text(part), {
        other: operator,
      }),
    ];
  });
}

const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

function isConstant(node: Expression): boolean {
  switch (node.kind) {
    case 'name':
      return CONSTANT.test(node.name) && !/^(?:NULL|TRUE|FALSE)$|^CONFIG_/.test(node.name);
    case 'literal':
      return /^\d/.test(node.text);
    case 'unary':
      return node.operator === '~' && isConstant(node.operand);
    case 'binary':
      return node.operator === '|' && isConstant(node.left) && isConstant(node.right);
    default:
      return false;
  }
}

/** Whether it is made of bits, by its form, its definition, or its use elsewhere in the file. */
function isFlag(body: Body, bodies: Bodies, node: Expression): boolean {
  if (node.kind === 'unary' || node.kind === 'binary') return true;
  if (node.kind !== 'name') return false;
  const macro = bodies.program.macroNamed(node.name, body.fn.unit);
  if (macro) {
    const { start, end } = macro.item.bodySpan;
    if (/\bBIT(?:_ULL)?\(|<<|\b0x[0-9a-f]*[1-9a-f]/i.test(macro.unit.image.text.slice(start, end)))
      return true;
  }
  return bodies.program
    .definitionsIn(body.fn.unit)
    .filter(({ words }) => words.all.has(node.name))
    .some((fn) => isUsedAsBits(bodies.of(fn), node.name));
}

function isUsedAsBits(body: Body, name: string): boolean {
  return body.reading.nodes.some((node) => {
    if (node.kind === 'binary' && (node.operator === '&' || node.operator === '|'))
      return [node.left, node.right].some((side) => namesFlag(side, name));
    if (node.kind === 'assign' && (node.operator === '|=' || node.operator === '&='))
      return namesFlag(node.value, name);
    return false;
  });
}

function namesFlag(side: Expression, name: string): boolean {
  if (side.kind === 'unary' && side.operator === '~') return namesFlag(side.operand, name);
  return side.kind === 'name' && side.name === name;
}

/** A comparison of something with a constant. */
interface Compared {
  readonly node: Expression;
  readonly subject: string;
  readonly operator: string;
  readonly bound: Expression;
}

/** `x == A && x == B`, `x < 0 && x > 7`, `x != A || x != B`: the outcome is the same for every x. */
function settled(
  body: Body,
  bodies: Bodies,
  connective: Connective,
  parts: readonly Expression[],
): OddityFact[] {
  const compared = parts.flatMap((part) => comparedIn(body, part) ?? []);
  return compared.flatMap((second, at) => {
    const first = compared
      .slice(0, at)
      .find((each) => each.subject === second.subject && excludes(body, bodies, connective, each, second));
    if (!first) return [];
    const related = [{ spot: body.spot(first.node), message: 'the other half' }];
    return [
      oddity('outcome-settled', body.spot(second.node), second.subject, {
        other: connective === '&&' ? 'never' : 'always',
        related,
      }),
    ];
  });
}

function comparedIn(body: Body, part: Expression): Compared | null {
  if (part.kind !== 'binary' || !/^(?:[=!]=|[<>]=?)$/.test(part.operator)) return null;
  const { left, right } = part;
  // What has effects, or may change by itself, may answer differently the second time.
  if (!['name', 'member'].includes(left.kind) || nodesIn(left).some(({ kind }) => kind === 'call'))
    return null;
  if (!isNumber(right)) return null;
  return { node: part, subject: body.values.plain(left), operator: part.operator, bound: right };
}

function isNumber(node: Expression): boolean {
  if (node.kind === 'unary') return node.operator === '-' && isNumber(node.operand);
  return node.kind === 'literal' ? /^\d/.test(node.text) : isConstant(node);
}

function excludes(
  body: Body,
  bodies: Bodies,
  connective: Connective,
  first: Compared,
  second: Compared,
): boolean {
  // `a || b` is always true where `!a && !b` never is.
  const [one, other] =
    connective === '&&'
      ? [first.operator, second.operator]
      : [NEGATED.get(first.operator)!, NEGATED.get(second.operator)!];
  const numbers = [first, second].map(({ bound }) => numberIn(body, bodies, bound));
  if (one === '==' && other === '==') {
    const [a, b] = numbers;
    if (a != null && b != null) return a !== b;
    // Two names of one enum, or of one series of macros.
    const [x, y] = [first, second].map(({ bound }) => (bound.kind === 'name' ? bound.name : ''));
    return x !== y && stemOf(x!) !== '' && stemOf(x!) === stemOf(y!);
  }
  const [a, b] = numbers;
  if (a == null || b == null) return false;
  const [low, high] = [lowest(one, a) ?? lowest(other, b), highest(one, a) ?? highest(other, b)];
  return isOrder(one) && isOrder(other) && low !== null && high !== null && low > high;
}

const NEGATED: ReadonlyMap<string, string> = new Map([
  ['==', '!='],
  ['!=', '=='],
  ['<', '>='],
  ['>=', '<'],
  ['>', '<='],
  ['<=', '>'],
]);

function isOrder(operator: string): boolean {
  return operator.startsWith('<') || operator.startsWith('>');
}

function lowest(operator: string, bound: bigint): bigint | null {
  if (operator === '>') return bound + 1n;
  return operator === '>=' ? bound : null;
}

function highest(operator: string, bound: bigint): bigint | null {
  if (operator === '<') return bound - 1n;
  return operator === '<=' ? bound : null;
}

/** `IOMMU_DOMAIN` of `IOMMU_DOMAIN_DMA`. */
function stemOf(name: string): string {
  return name.slice(0, Math.max(0, name.lastIndexOf('_')));
}

/** `!p && p->x`, `p || p->x`: what stands behind is only asked where p is NULL. */
function followedWhileNull(body: Body): OddityFact[] {
  return runsIn(body).flatMap(({ operator, parts }) =>
    parts.flatMap((part, at) => {
      const test = testOf(part);
      if (test?.says !== (operator === '&&' ? 'zero' : 'set')) return [];
      const subject = test.subject.kind === 'assign' ? test.subject.target : test.subject;
      if (subject.kind !== 'name' && subject.kind !== 'member') return [];
      const text = body.values.plain(subject);
      const followed = parts.slice(at + 1).flatMap((each) => follows(body, each, text) ?? [])[0];
      return followed
        ? [
            oddity('followed-while-null', body.spot(followed), text, {
              other: operator,
              related: [{ spot: body.spot(part), message: 'only where it is NULL does it come to this' }],
            }),
          ]
        : [];
    }),
  );
}

function follows(body: Body, part: Expression, text: string): Expression | null {
  for (const node of nodesIn(part)) {
    // A size is no access, and what is set on the way is another pointer.
    if (node.kind === 'sizeof' || node.kind === 'assign') return null;
    const pointer = pointerFollowed(node);
    if (pointer && body.values.plain(pointer) === text) return node as Expression;
  }
  return null;
}
