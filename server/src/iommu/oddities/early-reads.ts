/** What is read too early: before its length is asked, before the lock that is to keep it still, before anybody set it. */
import { calledName, type Expression, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { ACQUIRES } from '../kernel-api.table.js';
import { namesIn } from '../names.js';
import { assignmentsIn, type Call, exitOf, ifsIn, nodesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { piecesOf } from './pieces.js';

export const EARLY_READS: OddityReader = {
  own: [readsBeforeLength],
  around: [
    { words: new Set(['krealloc', 'devm_krealloc']), read: grownButUnset },
    { words: /lock|^down/, read: copiesBeforeLock },
  ],
};

/** A member of a record is read, and only then it is asked whether the record is that long. */
function readsBeforeLength(body: Body): OddityFact[] {
  return ifsIn(body).flatMap(({ condition, consequence }) => {
    const asked = exitOf(consequence) ? lengthAsked(body, condition) : null;
    if (!asked) return [];
    const { record, length } = asked;
    // Whoever asks twice asked for the part that it read first.
    const isAskedBefore = body.flow.decisions.some(
      (each) => each.condition.end <= condition.start && namesIn(each.condition).includes(length),
    );
    if (isAskedBefore) return [];
    const taken = new Set(
      body.reading.nodes.flatMap((node) =>
        (node.kind === 'unary' && node.operator === '&') || node.kind === 'sizeof' ? nodesIn(node) : [],
      ),
    );
    const read = body.flow.steps.find(
      ({ node }) =>
        node.kind === 'member' &&
        node.isArrow &&
        node.object.kind === 'name' &&
        node.object.name === record &&
        node.end <= condition.start &&
        !taken.has(node),
    );
    return read
      ? [
          oddity('read-before-length', body.spot(read.node), body.text(read.node), {
            other: length,
            related: [{ spot: body.spot(condition), message: 'the length is asked here' }],
          }),
        ]
      : [];
  });
}

/** `len < sizeof(*p)`, both of them given by the caller. */
function lengthAsked(
  body: Body,
  condition: Expression,
): { readonly record: string; readonly length: string } | null {
  if (condition.kind !== 'binary') return null;
  const { operator, left, right } = condition;
  const isShort = operator === '<' || operator === '!=' || operator === '<=';
  const [length, size] = isShort ? [left, right] : operator === '>' ? [right, left] : [null, null];
  if (length?.kind !== 'name' || size?.kind !== 'sizeof' || body.parameterAt(length.name) < 0) return null;
  const { operand, type } = size;
  const record =
    operand?.kind === 'unary' && operand.operator === '*' && operand.operand.kind === 'name'
      ? operand.operand.name
      : type?.pointers === 0
        ? body.fn.item.parameters.find((each) => each.type.base === type.base && each.type.pointers === 1)
            ?.name
        : undefined;
  if (record === undefined || body.parameterAt(record) < 0) return null;
  return { record, length: length.name };
}

const GROWS = /^(?:devm_)?krealloc$/;

/** `q = krealloc(p, sizeof(*q), …); q->count++;`: what was added to the memory has no value yet. */
function grownButUnset(body: Body, bodies: Bodies): OddityFact[] {
  return assignmentsIn(body).flatMap(({ target, value, at }) => {
    if (value.kind !== 'call' || !growsTo(body, value, target)) return [];
    const pieces = piecesOf(body, bodies);
    const later = pieces
      .slice(pieces.indexOf(body))
      .flatMap((piece) =>
        piece.flow.steps
          .filter(({ node }) => piece !== body || node.start > at.end)
          .map(({ node }) => ({ node, piece })),
      );
    if (later.some(({ node, piece }) => fills(piece, node, target))) return [];
    const first = later.find(({ node, piece }) => {
      const place = node.kind === 'update' ? node.operand : node.kind === 'assign' ? node.target : null;
      return place?.kind === 'member' && piece.values.plain(place.object) === target && !isSetBefore(place);
    });
    function isSetBefore(place: Expression): boolean {
      return later.some(
        ({ node, piece }) =>
          node.kind === 'assign' &&
          node.operator === '=' &&
          node.start < place.start &&
          piece.values.plain(node.target) === piece.values.plain(place),
      );
    }
    const isRead =
      first?.node.kind === 'update' || (first?.node.kind === 'assign' && first.node.operator !== '=');
    if (!first || !isRead) return [];
    return [
      oddity('grown-but-unset', first.piece.spot(first.node), first.piece.text(first.node), {
        other: calledName(value)!,
        related: [{ spot: body.spot(value), message: 'grows the memory, and does not clear what is new' }],
      }),
    ];
  });
}

/** Whether a call makes the memory of one struct large enough for another, without clearing what is new. */
function growsTo(body: Body, call: Call, target: string): boolean {
  const name = calledName(call) ?? '';
  if (!GROWS.test(name)) return false;
  const [old, size] = name === 'krealloc' ? call.args : call.args.slice(1);
  const flags = call.args.at(-1);
  if (!old || size?.kind !== 'sizeof' || !flags || /__GFP_ZERO/.test(body.text(flags))) return false;
  return body.scope.typeOf(old).base !== body.scope.typeOfName(target).base;
}

/** Whether an expression sets all of what a pointer points to, or a part of it that it does not name. */
function fills(body: Body, node: Expression, pointer: string): boolean {
  if (node.kind === 'assign') return body.values.plain(node.target) === `*${pointer}`;
  return (
    node.kind === 'call' &&
    /^(?:memset|memcpy|memset_after|memset_startat)$/.test(calledName(node) ?? '') &&
    node.args[0] !== undefined &&
    namesIn(node.args[0]).includes(pointer)
  );
}

/** A copy of what an object has is made first, its lock is taken, and the copy is put back. */
function copiesBeforeLock(body: Body, bodies: Bodies): OddityFact[] {
  const { statements } = body.block;
  const at = statements.findIndex((each) => each.kind !== 'declaration');
  const locked = statements[at] && lockedObject(body, statements[at]);
  if (!locked) return [];
  const copies = statements.slice(0, at).flatMap((each) =>
    each.kind === 'declaration'
      ? each.declarators.flatMap(({ name, initial }) => {
          const place = initial && placeOf(body, initial);
          return initial && place?.startsWith(`${locked.object}->`) ? [{ name, initial, place }] : [];
        })
      : [],
  );
  if (copies.length === 0) return [];
  const pieces = bodies.program
    .definitionsIn(body.fn.unit)
    .filter((fn) => fn.item.name === body.fn.item.name);
  const stores = pieces.flatMap((fn) =>
    bodies.of(fn).stores.map((store) => ({ store, from: bodies.of(fn) })),
  );
  return copies.flatMap(({ name, initial, place }) => {
    const back = stores.find(
      ({ store, from }) =>
        namesIn(store.value).includes(name) &&
        placeOf(from, store.target) === place &&
        !isWithin(store.value, name),
    );
    return back
      ? [
          oddity('copied-before-lock', body.spot(initial), place, {
            other: locked.lock,
            related: [
              { spot: back.from.spot(back.store.node), message: 'what was made of the copy is stored here' },
            ],
          }),
        ]
      : [];
  });
}

/** Whether a value uses the name only to reach another object. */
function isWithin(value: Expression, name: string): boolean {
  return nodesIn(value).some(
    (each) =>
      each.kind === 'member' && each.object.kind === 'name' && each.object.name === name && each.isArrow,
  );
}

/** The object whose own lock a statement takes. */
function lockedObject(
  body: Body,
  statement: Statement,
): { readonly object: string; readonly lock: string } | null {
  if (statement.kind !== 'expression' || statement.expression.kind !== 'call') return null;
  const lock = statement.expression.args[ACQUIRES.get(calledName(statement.expression) ?? '') ?? -1];
  const inner = lock?.kind === 'unary' && lock.operator === '&' ? lock.operand : lock;
  if (inner?.kind !== 'member' || !inner.isArrow) return null;
  return { object: body.values.plain(inner.object), lock: body.values.plain(inner) };
}

/** `obj->cfg`, also where it is reached by a pointer that was just made of its address. */
function placeOf(body: Body, value: Expression): string | null {
  if (value.kind === 'member') return body.values.plain(value);
  if (value.kind !== 'unary' || value.operator !== '*' || value.operand.kind !== 'name') return null;
  const { name } = value.operand;
  const source = assignmentsIn(body).find(({ target }) => target === name)?.value;
  return source?.kind === 'unary' && source.operator === '&' ? body.values.plain(source.operand) : null;
}
