/** Error numbers with the wrong sign, and loops that go one round too far. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { lastName } from '../names.js';
import { isZero, loopsIn, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const SIGNS: OddityReader = { own: [positiveErrnos, roundsTooMany] };

const ERRNO =
  /^E(?:PERM|NOENT|INTR|IO|NXIO|AGAIN|NOMEM|ACCES|FAULT|BUSY|EXIST|XDEV|NODEV|INVAL|MFILE|NOTTY|NOSPC|RANGE|OPNOTSUPP|OVERFLOW|TIMEDOUT|PROBE_DEFER|BADF|2BIG|ALREADY|CANCELED|NOTSUPP)$/;

const isErrno = (value: Expression): boolean => value.kind === 'name' && ERRNO.test(value.name);

/** `return EINVAL;`, `ERR_PTR(EINVAL)`, `-PTR_ERR(p)`: nobody takes it for a failure. */
function positiveErrnos(body: Body): OddityFact[] {
  const told = (value: Expression): OddityFact =>
    oddity('positive-errno', body.spot(value), body.text(value));
  const { base, pointers } = body.fn.item.returns;
  const isTelling = pointers === 0 && /^(?:int|long|ssize_t)$/.test(base);
  return [
    ...(isTelling ? body.flow.returns.flatMap(({ value }) => (isErrno(value) ? [told(value)] : [])) : []),
    ...body.reading.nodes.flatMap((node) => {
      if (node.kind === 'call' && calledName(node) === 'ERR_PTR' && node.args[0] && isErrno(node.args[0]))
        return [told(node.args[0])];
      return node.kind === 'unary' && node.operator === '-' && calledName(node.operand) === 'PTR_ERR'
        ? [told(node)]
        : [];
    }),
  ];
}

/** `for (i = 0; i <= ARRAY_SIZE(t); i++) t[i] = …` */
function roundsTooMany(body: Body): OddityFact[] {
  return loopsIn(body).flatMap((loop) => {
    const condition = loop.parts?.condition;
    const first = loop.parts?.initial;
    if (condition?.kind !== 'binary' || condition.operator !== '<=' || condition.left.kind !== 'name')
      return [];
    const { name } = condition.left;
    const begin =
      first?.kind === 'assign'
        ? first.value
        : first?.kind === 'declaration'
          ? first.declarators[0]?.initial
          : first?.kind === 'expression' && first.expression.kind === 'assign'
            ? first.expression.value
            : undefined;
    if (!begin || !isZero(begin)) return [];
    const arrays = nodesIn(loop.body).flatMap((each) =>
      each.kind === 'index' && each.index.kind === 'name' && each.index.name === name ? [each.object] : [],
    );
    return arrays.some((array) => isNumberOf(condition.right, array))
      ? [
          oddity('round-too-many', body.spot(condition), name, {
            other: body.text(condition.right),
            instead: body.text(condition).replace('<=', '<'),
          }),
        ]
      : [];
  });
}

const COUNT =
  /^(?:num|nr|n)_\w+$|_(?:count|num)$|^n(?:pages|ents|entries|ids|pfns|regions|vecs?|iovas|devices|groups)$/;

/** Whether a value says how many elements an array has. */
function isNumberOf(value: Expression, array: Expression): boolean {
  const count = lastName(value) ?? '';
  if (calledName(value) === 'ARRAY_SIZE' || COUNT.test(count)) return true;
  // `max_groups` beside `groups`: the numbers go from zero.
  return count !== '' && count === `max_${lastName(array)}`;
}
