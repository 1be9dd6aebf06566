/** Error numbers that go out of a function as what they are not, or in the place of another. */
import { calledName, type Statement } from '../../syntax/index.js';
import type { Body } from '../body.js';
import { assignmentsIn, errnoIn, ifsIn, statementsOf, testOf } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const WRONG_RETURNS: OddityReader = { own: [errnosOfUnsigned, faultsAsOthers] };

/**
 * Types that hold no negative number. `unsigned long` is left out: an address in one is asked by IS_ERR_VALUE()
 * (include/linux/err.h).
 */
const NEVER_NEGATIVE =
  /^(?:bool|_Bool|u8|u16|u32|__u32|u64|__u64|unsigned|unsigned int|size_t|phys_addr_t|dma_addr_t|irqreturn_t|ioasid_t)$/;

/** `return -EINVAL;` of a bool, a size, an address. */
function errnosOfUnsigned(body: Body): OddityFact[] {
  const { item } = body.fn;
  const { base, pointers } = item.returns;
  if (pointers > 0 || !NEVER_NEGATIVE.test(base) || item.missing.includes('head')) return [];
  return body.flow.returns.flatMap(({ value }) => {
    const errno = errnoIn(value);
    return errno === null || calledName(value) !== null
      ? []
      : [oddity('errno-of-unsigned', body.spot(value), errno, { other: base })];
  });
}

/** Calls that fail where memory of the user cannot be reached, and for no other reason. include/linux/uaccess.h (6.12). */
const REACHES_USER: ReadonlySet<string> = new Set(
  'copy_from_user copy_to_user __copy_from_user __copy_to_user get_user put_user __get_user __put_user clear_user'.split(
    ' ',
  ),
);

/** `if (copy_from_user(…)) return -EINVAL;` */
function faultsAsOthers(body: Body): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const test = testOf(condition);
    if (!test || test.says === 'zero') return [];
    const { subject } = test;
    const text = body.values.plain(subject);
    const name =
      calledName(subject) ??
      calledName(
        assignmentsIn(body).findLast(({ target, at }) => target === text && at.start < subject.start)
          ?.value ?? subject,
      );
    if (name === null || !REACHES_USER.has(name)) return [];
    const told = toldIn(statementsOf(consequence));
    if (!told || told.errno === 'EFAULT') return [];
    return [oddity('fault-as-another', body.spot(told.at), told.errno, { other: name, instead: '-EFAULT' })];
  });
}

/** The error number that a branch returns, or keeps before it jumps. */
function toldIn(
  statements: readonly Statement[],
): { readonly at: Statement | Expr; readonly errno: string } | null {
  for (const statement of statements) {
    const value =
      statement.kind === 'return'
        ? statement.value
        : statement.kind === 'expression' && statement.expression.kind === 'assign'
          ? statement.expression.value
          : null;
    const errno = errnoIn(value);
    if (value && errno !== null && calledName(value) === null) return { at: value, errno };
  }
  return null;
}

type Expr = Extract<Statement, { kind: 'expression' }>['expression'];
