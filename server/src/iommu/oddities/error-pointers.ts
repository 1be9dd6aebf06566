/** PTR_ERR() where what was tested says that there is no error in the pointer. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { namesIn } from '../names.js';
import { type Call, ifsIn, isNull, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const ERROR_POINTERS: OddityReader = { own: [errorsOfNoError] };

/** What a condition says of a pointer when it holds. */
interface Known {
  readonly subject: Expression;
  readonly is: 'valid' | 'null';
  /** The part of the condition that says so. */
  readonly test: Expression;
}

/** `if (!IS_ERR(p)) return PTR_ERR(p);` and `if (!p) return PTR_ERR(p);`, which is 0. */
function errorsOfNoError(body: Body): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence, alternative }) => {
    const known = knownIn(condition);
    const told = known.flatMap((each) => asked(body, consequence, each));
    const isError = isErrCall(condition);
    if (!isError || !alternative) return told;
    return [...told, ...asked(body, alternative, { subject: isError, is: 'valid', test: condition })];
  });
}

/** What all parts of a conjunction say. */
function knownIn(condition: Expression): Known[] {
  if (condition.kind === 'binary' && condition.operator === '&&')
    return [...knownIn(condition.left), ...knownIn(condition.right)];
  const name = calledName(condition);
  if (
    condition.kind === 'call' &&
    /^(?:un)?likely$|^WARN_ON(?:_ONCE)?$/.test(name ?? '') &&
    condition.args[0]
  )
    return knownIn(condition.args[0]);
  if (condition.kind === 'binary' && condition.operator === '==' && isNull(condition.right))
    return isPlace(condition.left) ? [{ subject: condition.left, is: 'null', test: condition }] : [];
  if (condition.kind !== 'unary' || condition.operator !== '!') return [];
  const subject = isErrCall(condition.operand);
  if (subject) return [{ subject, is: 'valid', test: condition }];
  return isPlace(condition.operand) ? [{ subject: condition.operand, is: 'null', test: condition }] : [];
}

function isPlace({ kind }: Expression): boolean {
  return kind === 'name' || kind === 'member';
}

/** What IS_ERR() is asked about. */
function isErrCall(value: Expression): Expression | null {
  const first = value.kind === 'call' && calledName(value) === 'IS_ERR' ? value.args[0] : undefined;
  return first && isPlace(first) ? first : null;
}

/** PTR_ERR() of the subject below a branch, unless the branch makes or asks anew. */
function asked(body: Body, branch: Statement, { subject, is, test }: Known): OddityFact[] {
  const text = body.values.plain(subject);
  const nodes = nodesIn(branch);
  const isMoved = nodes.some(
    (each) =>
      (each.kind === 'assign' && body.values.plain(each.target) === text) ||
      (each.kind === 'unary' && each.operator === '&' && body.values.plain(each.operand) === text) ||
      ((each.kind === 'if' || each.kind === 'conditional') && isAbout(body, each.condition, text)),
  );
  const call = isMoved
    ? undefined
    : nodes.find(
        (each): each is Call =>
          each.kind === 'call' &&
          /^(?:PTR_ERR|ERR_CAST)$/.test(calledName(each) ?? '') &&
          each.args[0] !== undefined &&
          body.values.plain(each.args[0]) === text,
      );
  if (!call) return [];
  return [
    oddity('error-of-no-error', body.spot(is === 'valid' ? test : call), text, {
      other: is,
      related: [
        is === 'valid'
          ? { spot: body.spot(call), message: 'the error is asked for here' }
          : { spot: body.spot(test), message: 'it is NULL here' },
      ],
      ...(is === 'valid' && test.kind === 'unary' ? { instead: body.text(test.operand) } : {}),
    }),
  ];
}

function isAbout(body: Body, condition: Expression, text: string): boolean {
  const name = text.replace(/\W.*/, '');
  return namesIn(condition).includes(name) && body.values.plain(condition).includes(text);
}
