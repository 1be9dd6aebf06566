/** An object that is freed, and only then taken out of where others find it. */
import { calledName, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { FILLS, FREES, REMOVES } from '../kernel-api.table.js';
import { baseName } from '../names.js';
import { type Call, callOf, containerText, exitOf, isNull, sequencesIn } from '../shapes.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';

export const FREED_FIRST: OddityReader = {
  around: [{ words: FREES, read: freedFirst }],
};

/** `kfree(svm); toy_set_data(id, NULL);`, where `toy_set_data(id, svm)` made it known. */
function freedFirst(body: Body, bodies: Bodies): OddityFact[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const free = callOf(statement);
      const [object] = free?.args ?? [];
      if (!free || object?.kind !== 'name' || !FREES.has(calledName(free) ?? '')) return [];
      const { base, pointers } = body.scope.typeOf(object);
      if (pointers !== 1 || !base.startsWith('struct ')) return [];
      const removal = untilItEnds(statements.slice(at + 1), object.name).find((call) =>
        takesOut(call, free, base, body, bodies),
      );
      if (!removal) return [];
      return [
        oddity('freed-first', body.spot(free), object.name, {
          other: body.text(removal),
          related: [{ spot: body.spot(removal), message: 'nobody finds it from here on' }],
        }),
      ];
    }),
  );
}

/** The calls right behind it, up to where the function is left or the variable gets another object. */
function untilItEnds(statements: readonly Statement[], object: string): Call[] {
  const calls: Call[] = [];
  for (const each of statements) {
    if (exitOf(each) || each.kind !== 'expression') break;
    if (each.expression.kind === 'assign' && baseName(each.expression.target) === object) break;
    const call = callOf(each);
    if (call) calls.push(call);
  }
  return calls;
}

function takesOut(call: Call, free: Call, struct: string, body: Body, bodies: Bodies): boolean {
  const name = calledName(call) ?? '';
  const container = call.args[REMOVES.get(name) ?? -1];
  if (container) {
    const locks = body.flow.steps.find(({ node }) => node === free)?.mayLocks ?? [];
    return locks.length === 0 && isFilledWith(containerText(body, container), struct, body, bodies);
  }
  const last = call.args.at(-1);
  // What a device has of its own is looked at by its driver alone.
  const [key] = call.args;
  if (
    !last ||
    !key ||
    key === last ||
    !isNull(last) ||
    isOf('struct device', body, key) ||
    /drvdata|_priv/.test(name)
  )
    return false;
  return anyCall(name, body, bodies, (from, { args }) => {
    const given = args.at(-1);
    return given !== undefined && isOf(struct, from, given);
  });
}

function isFilledWith(container: string, struct: string, body: Body, bodies: Bodies): boolean {
  return [...FILLS].some(([name, { container: into, value }]) =>
    anyCall(name, body, bodies, (from, { args }) => {
      const [place, given] = [args[into], args[value]];
      return (
        place !== undefined &&
        given !== undefined &&
        containerText(from, place) === container &&
        isOf(struct, from, given)
      );
    }),
  );
}

function isOf(struct: string, body: Body, value: Call['args'][number]): boolean {
  const { base, pointers } = body.scope.typeOf(value);
  return base === struct && pointers === 1;
}

function anyCall(
  name: string,
  { fn }: Body,
  bodies: Bodies,
  is: (from: Body, call: Call) => boolean,
): boolean {
  return bodies.program.definitionsIn(fn.unit).some(
    (each) =>
      each.words.called.has(name) &&
      bodies
        .of(each)
        .callsOf(name)
        .some((call) => is(bodies.of(each), call)),
  );
}
