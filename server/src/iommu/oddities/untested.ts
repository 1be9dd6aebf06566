/** What may be missing, and nobody asks whether it is: memory that could not be had, the data of a device that is not probed. */
import { calledName, type Expression } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { FREES } from '../kernel-api.table.js';
import { LOG_CALLS } from '../log-calls.table.js';
import { baseName, lastName } from '../names.js';
import { assignmentsIn, type Call, errnoIn, nodesIn } from '../shapes.js';
import { followedAfter, isAsked, isReturned, namesOf } from './asked.js';
import { TAKES_NULL } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import {
  DRIVER_DATA,
  FINDS_BOUND_DEVICE,
  FINDS_DEVICE,
  GIVES_ERROR,
  GIVES_NULL,
  NEVER_FAILS,
  PUTS_DEVICE,
} from './untested.table.js';

export const UNTESTED: OddityReader = {
  around: [
    { words: GIVES_NULL, read: untestedAllocations },
    { words: null, read: untestedErrors },
  ],
  own: [untestedDriverData, devicesPutEarly, warnedAndUsed],
};

/** `name = kasprintf(…);` that nothing tests, and that is used or handed on. */
function untestedAllocations(body: Body, bodies: Bodies): OddityFact[] {
  if (body.fn.item.missing.includes('end')) return [];
  return assignmentsIn(body).flatMap(({ target, value, at }) => {
    const call = value.kind === 'cast' ? value.operand : value;
    const name = calledName(call);
    if (name === null || call.kind !== 'call' || !GIVES_NULL.has(name)) return [];
    if (call.args.some((arg) => NEVER_FAILS.test(body.text(arg)))) return [];
    const names = namesOf(body, target, at);
    if ([...names].some((each) => each.startsWith('*')) || isAsked(body, names, at)) return [];
    if ([...names].some((each) => isTestedElsewhere(body, bodies, each))) return [];
    const use = useOf(body, bodies, names, call);
    // Who is given it can ask, and where it is followed right here, runs show it.
    if (isReturned(body, names) || (use && use.kind !== 'call')) return [];
    return use
      ? [
          oddity('allocation-untested', body.spot(call), target, {
            other: name,
            related: [{ spot: body.spot(use), message: 'it is used here' }],
          }),
        ]
      : isKept(target, name)
        ? [oddity('allocation-untested', body.spot(call), target, { other: name })]
        : [];
  });
}

/** `ctx = eventfd_ctx_fdget(fd);` that nothing asks for an error, and that is used or handed on. */
function untestedErrors(body: Body, bodies: Bodies): OddityFact[] {
  if (body.fn.item.missing.includes('end')) return [];
  return assignmentsIn(body).flatMap(({ target, value, at }) => {
    const name = calledName(value);
    if (name === null || value.kind !== 'call' || !givesError(body, bodies, name)) return [];
    const names = namesOf(body, target, at);
    if ([...names].some((each) => each.startsWith('*')) || isAsked(body, names, at)) return [];
    if ([...names].some((each) => isTestedElsewhere(body, bodies, each))) return [];
    const use =
      followedAfter(body, names, value) ??
      (isReturned(body, names) ? null : handedOn(body, bodies, names, value));
    return use
      ? [
          oddity('error-pointer-untested', body.spot(value), target, {
            other: name,
            related: [{ spot: body.spot(use), message: 'it is used here' }],
          }),
        ]
      : [];
  });
}

/** Whether a function gives an error pointer when it fails: the kernel's, or one at hand of which another caller asks. */
function givesError(body: Body, bodies: Bodies, name: string): boolean {
  if (GIVES_ERROR.has(name)) return true;
  const callee = bodies.calledFunction(name, body);
  if (callee?.item.returns.pointers !== 1 || !callee.words.called.has('ERR_PTR')) return false;
  const makesError = bodies.of(callee).flow.returns.some(({ value }) => errnoIn(value) !== null);
  if (!makesError) return false;
  return bodies.program.callersOf(callee).some((fn) => fn !== body.fn && asksForError(bodies.of(fn), name));
}

/** The call that gets what may be an error pointer and does not ask IS_ERR() either. */
function handedOn(body: Body, bodies: Bodies, names: ReadonlySet<string>, call: Call): Expression | null {
  const given = body.flow.steps.find(({ node }) => {
    if (node.kind !== 'call' || node.start < call.end) return false;
    const callee = calledName(node) ?? '';
    if (LOG_CALLS.has(callee) || HARMLESS.test(callee)) return false;
    const at = node.args.findIndex((arg) => names.has(body.values.plain(arg)));
    if (at < 0) return false;
    const called = bodies.called(callee, body);
    const parameter = called?.fn.item.parameters[at]?.name;
    return !called || !parameter || !asksForErrorIn(called, new Set([parameter]));
  });
  return given?.node ?? null;
}

/** Whether a function asks IS_ERR() of what another one gives it. */
function asksForError(caller: Body, name: string): boolean {
  return assignmentsIn(caller).some(
    ({ target, value, at }) =>
      calledName(value) === name && asksForErrorIn(caller, namesOf(caller, target, at)),
  );
}

function asksForErrorIn(body: Body, names: ReadonlySet<string>): boolean {
  return body.flow.steps.some(
    ({ node }) =>
      node.kind === 'call' &&
      /^(?:IS_ERR|PTR_ERR)/.test(calledName(node) ?? '') &&
      node.args[0] !== undefined &&
      names.has(body.values.plain(node.args[0])),
  );
}

/** Whether what can be no spare part is stored in an object: a name or a queue, which whoever uses the object follows. */
function isKept(target: string, allocator: string): boolean {
  return /->|\./.test(target) && /printf$|strn?dup|workqueue$/.test(allocator);
}

/** Whether another function of the file asks for a member of that name. */
function isTestedElsewhere(body: Body, bodies: Bodies, text: string): boolean {
  const member = /(?:->|\.)(\w+)(?:\[[^\]]*\])?$/.exec(text)?.[1];
  if (member === undefined) return false;
  return bodies.program.definitionsIn(body.fn.unit).some((fn) => {
    if (fn === body.fn || !fn.words.all.has(member)) return false;
    return bodies
      .of(fn)
      .flow.decisions.some(({ condition }) => nodesIn(condition).some((each) => lastName(each) === member));
  });
}

/** Functions that print what they get, and print `(null)` for it; and those that free pages, which free none at 0. */
const HARMLESS = /printf$|^dev_set_name$|^seq_|^trace_|^(?:__)?free_/;

/** Where it is followed, or given to somebody who does not ask either. */
function useOf(body: Body, bodies: Bodies, names: ReadonlySet<string>, call: Call): Expression | null {
  const followed = followedAfter(body, names, call);
  const given = body.flow.steps.find(({ node }) => {
    if (node.kind !== 'call' || node.start < call.end) return false;
    const callee = calledName(node) ?? '';
    if (TAKES_NULL.has(callee) || FREES.has(callee) || LOG_CALLS.has(callee) || HARMLESS.test(callee))
      return false;
    const at = node.args.findIndex((arg) => names.has(body.values.plain(arg)));
    return at >= 0 && !asksFor(body, bodies, callee, at);
  })?.node;
  if (!followed || !given) return followed ?? given ?? null;
  return followed.start < given.start ? followed : given;
}

/** Whether a function at hand tests what it is given there. */
function asksFor(body: Body, bodies: Bodies, name: string, at: number): boolean {
  const callee = bodies.called(name, body);
  const parameter = callee?.fn.item.parameters[at]?.name;
  if (!callee || !parameter) return false;
  return isAsked(callee, new Set([parameter]), { start: callee.block.start, end: callee.block.start });
}

/** `WARN_ON(!toy); toy_put(toy);`: what follows a warning has to do with what was warned of. */
function warnedAndUsed(body: Body): OddityFact[] {
  return body.block.statements.flatMap((statement) => {
    const call = statement.kind === 'expression' ? statement.expression : null;
    if (call?.kind !== 'call' || !/^WARN_ON(?:_ONCE)?$/.test(calledName(call) ?? '')) return [];
    const [condition] = call.args;
    const missing = condition?.kind === 'unary' && condition.operator === '!' ? condition.operand : null;
    if (missing?.kind !== 'name' || body.scope.typeOfName(missing.name).pointers !== 1) return [];
    const names = new Set([missing.name]);
    const after = { start: statement.end + 1, end: statement.end + 1 };
    if (isAsked(body, names, after)) return [];
    const use = followedAfter(body, names, after);
    return use
      ? [
          oddity('warned-and-used', body.spot(call), missing.name, {
            related: [{ spot: body.spot(use), message: 'it is used here all the same' }],
          }),
        ]
      : [];
  });
}

interface FoundDevice {
  readonly device: string;
  readonly finder: Call;
  readonly isBound: boolean;
}

function devicesFound(body: Body): readonly FoundDevice[] {
  // The core translates only for instances that are registered, which a probe did. drivers/iommu/of_iommu.c:of_iommu_xlate (6.12).
  if (body.fn.item.parameters.some(({ type }) => type.base === 'struct of_phandle_args')) return [];
  return assignmentsIn(body).flatMap(({ target, value }) => {
    const name = calledName(value) ?? '';
    const isBound = FINDS_BOUND_DEVICE.test(name);
    return value.kind === 'call' && (isBound || FINDS_DEVICE.test(name))
      ? [{ device: target, finder: value, isBound }]
      : [];
  });
}

/** The variables that hold the driver's data of a device, with the calls that read it. */
function dataOf(body: Body, device: string) {
  return assignmentsIn(body).filter(
    ({ value }) =>
      value.kind === 'call' &&
      DRIVER_DATA.has(calledName(value) ?? '') &&
      value.args[0] !== undefined &&
      baseName(value.args[0]) === device,
  );
}

/** `data = platform_get_drvdata(of_find_device_by_node(np)); data->users++` */
function untestedDriverData(body: Body): OddityFact[] {
  return devicesFound(body).flatMap(({ device, finder, isBound }) => {
    if (isBound || asksForDriver(body)) return [];
    return dataOf(body, device).flatMap(({ target, value, at }) => {
      if (at.start < finder.end) return [];
      const names = namesOf(body, target, at);
      const use = isAsked(body, names, at) ? null : followedAfter(body, names, at);
      return use
        ? [
            oddity('driver-data-untested', body.spot(value), target, {
              other: calledName(finder)!,
              related: [{ spot: body.spot(use), message: 'it is followed here' }],
            }),
          ]
        : [];
    });
  });
}

function asksForDriver(body: Body): boolean {
  return body.flow.steps.some(
    ({ node }) =>
      (node.kind === 'member' && node.name === 'driver') ||
      /^(?:device_is_bound|device_lock|device_link_add|driver_find)/.test(calledName(node) ?? ''),
  );
}

/** `put_device(dev); data->users++`: nothing keeps the device from being unbound, and its data from being freed. */
function devicesPutEarly(body: Body): OddityFact[] {
  return devicesFound(body).flatMap(({ device }) => {
    const put = body.block.statements.find(
      (each) =>
        each.kind === 'expression' &&
        each.expression.kind === 'call' &&
        PUTS_DEVICE.has(calledName(each.expression) ?? '') &&
        each.expression.args[0] !== undefined &&
        baseName(each.expression.args[0]) === device,
    );
    if (!put || body.flow.steps.some(({ node }) => calledName(node) === 'device_link_add')) return [];
    const names = new Set([device, ...dataOf(body, device).map(({ target }) => target)]);
    const isSetAgain = assignmentsIn(body).some(({ target, at }) => names.has(target) && at.start > put.end);
    const use = isSetAgain ? null : followedAfter(body, names, put);
    // Behind a label of the way out nothing of it is used any more.
    const isBehindLabel = body.block.statements.some(
      (each) => each.kind === 'label' && each.start > put.start,
    );
    return use && !isBehindLabel
      ? [
          oddity('device-put-early', body.spot(put), device, {
            other: body.text(use),
            related: [{ spot: body.spot(use), message: 'it is used here' }],
          }),
        ]
      : [];
  });
}
