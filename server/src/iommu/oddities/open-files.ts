/**
 * What an open file carries: its operations are called between open() and
 * release() only, so what open() stores in `private_data` is there for all of
 * them, and lives as long as the file, which is counted already.
 */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import type { KnownFunction } from '../program.js';
import { assignmentsIn, type Call, ifsIn, testOf } from '../shapes.js';
import { wordsOf } from '../words.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const OPEN_FILES: OddityReader = {
  around: [
    { words: /private_data/, read: testedPrivates },
    { words: /private_data/, read: countsBesideFile },
  ],
};

/** The functions of one `struct file_operations`, by slot. */
type Operations = ReadonlyMap<string, string>;

/** Of the tables that have the function in a slot, those that are seen to have an open(). */
function tablesOf({ unit, item }: KnownFunction, { program }: Bodies): readonly Operations[] {
  return program.allVariables().flatMap((variable) => {
    const { initial, type } = variable.item;
    if (variable.unit.image.path !== unit.image.path || type.base !== 'struct file_operations') return [];
    if (initial?.kind !== 'initializers') return [];
    const slots = new Map(
      initial.entries.flatMap(({ member, value }): [string, string][] =>
        value.kind === 'name' && member ? [[member, value.name]] : [],
      ),
    );
    return [...slots.values()].includes(item.name) && slots.has('open') ? [slots] : [];
  });
}

/** `if (!ctx)` in an operation, where ctx is the private data that open() stores on all its ways to success. */
function testedPrivates(body: Body, bodies: Bodies): OddityFact[] {
  const sources = assignmentsIn(body).filter(({ value }) => isPrivate(value));
  if (sources.length !== 1) return [];
  const [{ target, at }] = sources as [(typeof sources)[0]];
  if (assignmentsIn(body).filter((each) => each.target === target).length !== 1) return [];
  const tests = ifsIn(body).filter(({ condition }) => {
    const test = testOf(condition);
    return test?.says === 'zero' && test.subject.kind === 'name' && test.subject.name === target;
  });
  const first = tests.find(({ start }) => start > at.start);
  const tables = first ? tablesOf(body.fn, bodies) : [];
  if (!first || tables.length === 0) return [];
  for (const table of tables) {
    if (table.get('open') === body.fn.item.name) return [];
    const open = bodies.called(table.get('open') ?? null, body);
    if (!open || !storesAlways(open)) return [];
    // Another operation may take it away before the file goes.
    const others = [...table].filter(([slot]) => slot !== 'open' && slot !== 'release');
    if (others.some(([, name]) => storesIn(bodies.called(name, body)) > 0)) return [];
  }
  return [oddity('tested-private', body.spot(first.condition), target, { other: body.fn.item.name })];
}

function isPrivate(value: Expression): boolean {
  return value.kind === 'member' && value.name === 'private_data';
}

function storesIn(body: Body | null): number {
  return body ? assignmentsIn(body).filter(({ target }) => /->private_data$/.test(target)).length : 0;
}

/** Whether open() stores something that it has, once and not in a branch. */
function storesAlways(open: Body): boolean {
  if (open.fn.item.missing.length > 0 || storesIn(open) !== 1) return false;
  const statement = open.block.statements.find(
    (each) =>
      each.kind === 'expression' && each.expression.kind === 'assign' && isPrivate(each.expression.target),
  );
  return statement?.kind === 'expression' && statement.expression.kind === 'assign';
}

const FIRST: ReadonlySet<string> = new Set(['refcount_set', 'atomic_set', 'kref_init']);

/** Takers of one more reference; those of the kernel, whose last argument is the count. */
const MORE = /^(?:refcount_(?:inc|add)\w*|atomic_(?:inc|add|fetch_inc|fetch_add)\w*|kref_get\w*)$/;

/** open() gives what it stores a count that nothing at hand ever raises. */
function countsBesideFile(body: Body, bodies: Bodies): OddityFact[] {
  if (!tablesOf(body.fn, bodies).some((slots) => slots.get('open') === body.fn.item.name)) return [];
  const stored = assignmentsIn(body).find(({ target }) => /->private_data$/.test(target))?.value;
  if (stored?.kind !== 'name') return [];
  return body.flow.steps.flatMap(({ node }) => {
    const name = calledName(node);
    const count = node.kind === 'call' && name !== null && FIRST.has(name) ? memberOf(node) : null;
    if (!count || count.object !== stored.name || isRaised(count.member, body, bodies)) return [];
    // Readers meet it in the struct; where that is not shown, here.
    const field = bodies.program
      .structNamed(body.scope.typeOf(stored).base, body.fn.unit)
      ?.fields.find(
        ({ item, unit }) => item.name === count.member && unit.image.path === body.fn.unit.image.path,
      );
    const spot = field ? { unit: field.unit, span: field.item.nameSpan } : body.spot(node);
    const related = field ? [{ spot: body.spot(node), message: 'is set up here' }] : [];
    return [oddity('count-beside-file', spot, count.member, { other: stored.name, related })];
  });
}

/** `&ctx->refs` */
function memberOf({ args }: Call): { readonly object: string; readonly member: string } | null {
  const value = args[0];
  if (value?.kind !== 'unary' || value.operator !== '&' || value.operand.kind !== 'member') return null;
  const { object, name } = value.operand;
  return object.kind === 'name' ? { object: object.name, member: name } : null;
}

function isRaised(member: string, { fn }: Body, bodies: Bodies): boolean {
  return bodies.program.units.some(
    (unit) =>
      (unit.image.path === fn.unit.image.path || unit.isReviewed) &&
      unit.c.pieces.some(({ piece }) => wordsOf(piece).mentioned.has(member)) &&
      bodies.program
        .definitionsIn(unit)
        .filter((each) => each.words.all.has(member))
        .some((each) =>
          bodies.of(each).flow.steps.some(({ node }) => {
            const name = calledName(node);
            if (node.kind !== 'call' || name === null || !MORE.test(name)) return false;
            return node.args.some((arg) => bodies.of(each).text(arg).endsWith(member));
          }),
        ),
  );
}
