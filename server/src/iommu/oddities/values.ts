/** Numbers, masks and flags that do not mean what they are used for. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { lastName } from '../names.js';
import { assignmentsIn, atomsOf, exitOf, type If, ifsIn, isZero } from '../shapes.js';
import { INCLUSIVE_LIMIT } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const VALUES: OddityReader = {
  own: [negatedSides, flagsOfSeveral, invertedNumbers, widthsAsCounts, limits, countsAsIndex],
};

/** `!x & MASK`, `!x == y`: the negation takes the left side alone. */
function negatedSides(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'binary' || !['&', '==', '!=', '<', '>', '<=', '>='].includes(node.operator)) return [];
    const { left, right } = node;
    if (left.kind !== 'unary' || left.operator !== '!') return [];
    // `!a == !b` compares truths, `!!a` makes one, and `(!a) == b` is meant.
    if (
      (right.kind === 'unary' && right.operator === '!') ||
      (left.operand.kind === 'unary' && left.operand.operator === '!')
    )
      return [];
    if (body.text(node).trimStart().startsWith('(')) return [];
    if (right.kind === 'name' && body.scope.typeOf(right).base === 'bool') return [];
    return [oddity('negated-side', body.spot(node), body.text(left), { other: node.operator })];
  });
}

/** `if (x & (A | B)) … else if (x & A)`: one flag is enough for the first, so the second is never reached. */
function flagsOfSeveral(body: Body): OddityFact[] {
  return ifsIn(body).flatMap((node) => {
    const first = flagsTested(node.condition, body);
    const next = node.alternative?.kind === 'if' ? node.alternative : null;
    if (!first || first.flags.length < 2 || !next) return [];
    return chain(next)
      .flatMap((later) => {
        const then = flagsTested(later.condition, body);
        if (!then || then.value !== first.value || !then.flags.every((flag) => first.flags.includes(flag)))
          return [];
        return [
          oddity('flag-of-several', body.spot(node.condition), first.flags.join(' | '), {
            other: first.value,
            related: [{ spot: body.spot(later.condition), message: 'is never reached' }],
          }),
        ];
      })
      .slice(0, 1);
  });
}

function chain(node: If): readonly If[] {
  return node.alternative?.kind === 'if' ? [node, ...chain(node.alternative)] : [node];
}

function flagsTested(
  condition: Expression,
  body: Body,
): { readonly value: string; readonly flags: readonly string[] } | null {
  if (condition.kind !== 'binary' || condition.operator !== '&') return null;
  const flags = flagsIn(condition.right);
  return flags && { value: body.values.plain(condition.left), flags };
}

function flagsIn(value: Expression): readonly string[] | null {
  if (value.kind === 'name' && /^[A-Z][A-Z0-9_]+$/.test(value.name)) return [value.name];
  if (value.kind !== 'binary' || value.operator !== '|') return null;
  const [left, right] = [flagsIn(value.left), flagsIn(value.right)];
  return left && right && [...left, ...right];
}

/** `x & ~12UL`: 12 is neither one bit nor all bits below one, so it was meant as a width. */
function invertedNumbers(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    if (node.kind !== 'unary' || node.operator !== '~' || node.operand.kind !== 'literal') return [];
    const { text } = node.operand;
    const value = /^[1-9]\d*[uUlL]*$/.test(text) ? Number.parseInt(text, 10) : 0;
    const isMask = (value & (value + 1)) === 0 || (value & (value - 1)) === 0;
    return value > 2 && !isMask ? [oddity('inverted-number', body.spot(node), text)] : [];
  });
}

/** Names of amounts. */
const COUNT = /^(?:max_|num_|nr_|n_)|(?:_count|_num|_nr|pasids|entries|_max|_limit)$/i;

/** A width in bits put where a count is kept. */
function widthsAsCounts(body: Body): OddityFact[] {
  return body.reading.nodes.flatMap((node) => {
    if (node.kind !== 'assign' || node.operator !== '=') return [];
    const [into, from] = [lastName(node.target), lastName(node.value)];
    if (into === null || from === null || !/bits$|(?:^|_)width$/.test(from)) return [];
    if (!COUNT.test(into) || /bits?|width/.test(into)) return [];
    return [
      oddity('bit-number-as-count', body.spot(node), body.values.plain(node.target), {
        other: body.text(node.value),
      }),
    ];
  });
}

/** The largest number of a range, given as the first one behind it. */
function limits(body: Body): OddityFact[] {
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    const at = name === null ? undefined : INCLUSIVE_LIMIT.get(name);
    const limit = at !== undefined && node.kind === 'call' ? node.args[at] : undefined;
    if (name === null || !limit) return [];
    const value = limit.kind === 'name' ? (onlyValue(body, limit.name) ?? limit) : limit;
    const isFromZero = name === 'ida_alloc_max' || (node.kind === 'call' && isZero(node.args[at! - 1]!));
    if (!value || !(isPower(value) || (isFromZero && isCount(value)))) return [];
    return [
      oddity('limit-past-end', body.spot(limit), body.text(limit), {
        other: name,
        instead: `${wrapped(limit, body)} - 1`,
      }),
    ];
  });
}

function wrapped(value: Expression, body: Body): string {
  const text = body.text(value);
  return value.kind === 'binary' ? `(${text.replace(/^\((.*)\)$/s, '$1')})` : text;
}

function onlyValue(body: Body, name: string): Expression | null {
  const values = assignmentsIn(body).filter(({ target }) => target === name);
  return values.length === 1 ? values[0]!.value : null;
}

/** `NUM_VMIDS`, `iommu->num_ids`: as many as there are, of which the last is one less. */
function isCount(value: Expression): boolean {
  return /^(?:\w+_)?(?:NUM|NR)_\w+$|^\w+_(?:NUM|COUNT)$|^(?:num|nr)_\w+$/.test(lastName(value) ?? '');
}

function isPower(value: Expression): boolean {
  if (value.kind === 'binary') return value.operator === '<<' && value.left.kind === 'literal';
  const name = calledName(value);
  return (
    name === 'BIT' || name === 'BIT_ULL' || name === 'pci_max_pasids' || lastName(value) === 'max_pasids'
  );
}

const INDEX = /(?:^|_)(?:idx|index|tail|head|slot|id|sid|i|n|vector|region|port|bank|group)$/i;
const ENTRIES = /^(?:nr|num|nb|n|max)_\w+|\w+_(?:count|num|entries)$/i;

/** `if (index > count) return -EINVAL;` where the first number behind the last entry is the count itself. */
function countsAsIndex(body: Body): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const leaves: Statement | null = exitOf(consequence);
    if (!leaves || (leaves.kind !== 'return' && leaves.kind !== 'goto')) return [];
    return atomsOf(condition).flatMap((atom) => {
      if (atom.kind !== 'binary' || atom.operator !== '>') return [];
      const { left, right } = atom;
      if (!letsCountPass(body, left, right) && !isFoundNowhere(body, left, right)) return [];
      return [
        oddity('count-as-index', body.spot(atom), body.text(left), {
          other: body.text(right),
          instead: `${body.text(left)} >= ${body.text(right)}`,
        }),
      ];
    });
  });
}

function letsCountPass(body: Body, left: Expression, right: Expression): boolean {
  const [index, count] = [lastName(left), lastName(right)];
  if (index === null || count === null) return false;
  if (/pasid$/.test(index) && count === 'max_pasids') return true;
  const isCount = ENTRIES.test(count) && !/max_\w*(?:id|idx|index)$/i.test(count);
  return isCount && INDEX.test(index) && isUsedAsIndex(body, body.values.plain(left));
}

/** Whether the left side is what a search in as many bits as the right side says has found: as many, when there is none. include/linux/find.h (6.12). */
function isFoundNowhere(body: Body, left: Expression, right: Expression): boolean {
  const size = body.values.plain(right);
  return assignmentsIn(body).some(({ target, value }) => {
    const isSearch =
      value.kind === 'call' && /^find_(?:first|next|last)_\w*bit$/.test(calledName(value) ?? '');
    return (
      isSearch &&
      target === body.values.plain(left) &&
      value.args.some((each) => body.values.plain(each) === size)
    );
  });
}

function isUsedAsIndex(body: Body, text: string): boolean {
  return body.reading.nodes.some(
    (node) =>
      (node.kind === 'index' && body.values.plain(node.index) === text) ||
      (node.kind === 'member' &&
        /head|tail/.test(text) &&
        body.values.plain(node) !== text &&
        /head|tail/.test(node.name)),
  );
}
