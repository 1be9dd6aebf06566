/** What a function registers with the kernel: whether a later failure takes it back, and whether it is fit for use by then. */
import { type AnyNode, calledName, type Statement } from '../../syntax/index.js';
import type { Bodies, Body } from '../body.js';
import { ALLOCATES } from '../kernel-api.table.js';
import type { KnownFunction, Program } from '../program.js';
import {
  assignmentsIn,
  type Call,
  callOf,
  callsBelow,
  exitOf,
  labelIn,
  sequencesIn,
  testOf,
} from '../shapes.js';
import { REGISTERS_DRIVER, REGISTRATIONS } from './kernel-calls.table.js';
import { type OddityFact, type OddityReader, oddity } from './oddity.js';
import { isFailure } from './unwinds.js';

export const REGISTRATIONS_LEFT: OddityReader = {
  around: [
    { words: new Set(REGISTRATIONS.keys()), read: leftRegistered },
    { words: REGISTERS_DRIVER, read: registeredEarly },
  ],
};

/** A step that registers something, and what follows in its row once its own failure was dealt with. */
interface Registration {
  readonly call: Call;
  readonly undo: string;
  readonly after: readonly Statement[];
}

/** A later failure leaves the function, and what was registered stays. */
function leftRegistered(body: Body, bodies: Bodies): OddityFact[] {
  return registrationsIn(body).flatMap(({ call, undo, after }) => {
    if (!isUndoneElsewhere(body, bodies, undo)) return [];
    for (const statement of after) {
      if (statement.kind === 'label') return [];
      if (isLastRegistration(statement))
        return undoes(body, bodies, [statement], undo) ? [] : [leftBehind(body, call, statement, undo)];
      const left = statement.kind === 'if' ? exitOf(statement.consequence) : null;
      if (statement.kind === 'if' && !statement.alternative && left && isFailing(body, left)) {
        if (undoes(body, bodies, [statement, ...behind(body, left)], undo)) continue;
        return [leftBehind(body, call, left, undo)];
      }
      if (undoes(body, bodies, [statement], undo)) return [];
    }
    return [];
  });
}

function leftBehind(body: Body, call: Call, left: Statement, undo: string): OddityFact {
  const related = [{ spot: body.spot(call), message: 'registered here' }];
  return oddity('registration-left', body.spot(left), calledName(call)!, { other: undo, related });
}

/** Whether a function ends by registering one more thing and handing on the answer: `return misc_register(…);`. */
function isLastRegistration(statement: Statement): boolean {
  const answer = statement.kind === 'return' ? statement.value : null;
  return answer !== null && REGISTRATIONS.has(calledName(answer) ?? '');
}

function registrationsIn(body: Body): Registration[] {
  return sequencesIn(body).flatMap((statements) =>
    statements.flatMap((statement, at) => {
      const asked = statement.kind === 'if' ? testOf(statement.condition)?.subject : null;
      const inner = asked?.kind === 'assign' ? asked.value : asked;
      const call = inner?.kind === 'call' ? inner : callOf(statement);
      const undo = call ? REGISTRATIONS.get(calledName(call) ?? '') : undefined;
      if (!call || undo === undefined) return [];
      const isAskedNext = statement.kind !== 'if' && statements[at + 1]?.kind === 'if';
      return [{ call, undo, after: statements.slice(at + (isAskedNext ? 2 : 1)) }];
    }),
  );
}

function isFailing(body: Body, left: Statement): boolean {
  if (left.kind === 'goto') return labelIn(body, left.label) !== undefined;
  return left.kind === 'return' && isFailure(left.value);
}

/** What runs after a jump. */
function behind(body: Body, left: Statement): AnyNode[] {
  const label = left.kind === 'goto' ? labelIn(body, left.label) : undefined;
  return label ? body.reading.nodes.filter(({ kind, start }) => kind === 'call' && start >= label.start) : [];
}

/** Whether one of the calls below undoes it: itself, in the function that it calls, or by an action that the device keeps. */
function undoes(body: Body, bodies: Bodies, nodes: readonly AnyNode[], undo: string): boolean {
  return nodes
    .flatMap((node) => [...callsBelow(node)])
    .some(
      (name) =>
        name === undo ||
        name.startsWith('devm_add_action') ||
        bodies.calledFunction(name, body)?.words.called.has(undo) === true,
    );
}

/**
 * Whether the file undoes it at the end of the object's life, and no caller of
 * this function does so when it fails: then nobody does.
 */
function isUndoneElsewhere(body: Body, { program }: Bodies, undo: string): boolean {
  const enders = program.definitionsIn(body.fn.unit).filter(({ words }) => words.called.has(undo));
  const names = new Set([undo, ...enders.map(({ item }) => item.name)]);
  const callers = program.callersOf(body.fn);
  return (
    enders.some((each) => each.item.name !== body.fn.item.name) &&
    !callers.some(({ words }) => [...names].some((name) => words.called.has(name)))
  );
}

/** A driver is registered, and a variable of the file that its functions use is allocated afterwards. */
function registeredEarly(body: Body, { program }: Bodies): OddityFact[] {
  const first = body.flow.steps.find(({ node }) => REGISTERS_DRIVER.has(calledName(node) ?? ''))?.node;
  if (!first) return [];
  return assignmentsIn(body).flatMap(({ node, target, value, at }) => {
    if (at.start < first.end || !isAllocation(calledName(value)) || !/^\w+$/.test(target)) return [];
    if (body.scope.isLocal(target) || !program.variableNamed(target, body.fn.unit)) return [];
    const user = program
      .definitionsIn(body.fn.unit)
      .find((fn) => fn.item.name !== body.fn.item.name && uses(fn, target, program));
    if (!user) return [];
    return [
      oddity('registered-early', body.spot(node), target, {
        other: user.item.name,
        related: [{ spot: body.spot(first), message: 'devices may be probed from here on' }],
      }),
    ];
  });
}

/** Whether a function that runs while the driver is there names the variable, itself or by a macro. */
function uses({ unit, words, bodyText }: KnownFunction, variable: string, program: Program): boolean {
  if (/\b__(?:init|exit)\b/.test(bodyText)) return false;
  if (words.all.has(variable)) return true;
  return [...words.all].some((word) => {
    const macro = /^[A-Z]/.test(word) ? program.macroNamed(word, unit) : null;
    if (!macro) return false;
    const { start, end } = macro.item.bodySpan;
    return new RegExp(`\\b${variable}\\b`).test(macro.unit.image.text.slice(start, end));
  });
}

function isAllocation(name: string | null): boolean {
  return (
    name !== null &&
    (ALLOCATES.has(name) || /^(?:alloc_\w*workqueue|kmem_cache_create|ida_alloc)$/.test(name))
  );
}
