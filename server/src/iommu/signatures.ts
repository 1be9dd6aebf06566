/** The heads of functions and of operations in tables, what callers pass, and who decides what a head looks like. */
import { type AnyNode, type Expression, type Parameter, walk } from '../syntax/index.js';
import type { Bodies } from './body.js';
import type { ParameterFact, SignatureFact } from './facts.js';
import type { KnownFunction, Program, Unit } from './program.js';
import { readingOf } from './reading.js';
import type { References } from './references.js';

/** Parameters as rules see them; `isRead` says whether the body names one. */
export function parametersOf(
  unit: Unit,
  parameters: readonly Parameter[],
  isRead: (name: string) => boolean,
): ParameterFact[] {
  return parameters
    .filter(({ type }) => type.base !== 'void' || type.pointers > 0)
    .map(({ name, type, start, end }) => ({
      ...{ name, isFunction: type.parameters !== null, isConst: type.isConst },
      type: { base: type.base, pointers: type.pointers + (type.isArray ? 1 : 0) },
      ...{ isRead: name === '' || isRead(name), spot: { unit, span: { start, end } } },
      get isUser() {
        return unit.image.text.slice(start, end).includes('__user');
      },
      get wasThere() {
        const text = unit.image.text.slice(start, end);
        return unit.image.removed.some((line) => line.includes(text));
      },
    }));
}

/** What the head of a function and its callers say. */
export function signatureOf(
  fn: KnownFunction,
  { bodies, references }: { readonly bodies: Bodies; readonly references: References },
): SignatureFact {
  const { unit, item } = fn;
  const { program } = bodies;
  const isWhole = item.missing.length === 0 && item.bodySpan !== null;
  return {
    parameters: parametersOf(unit, item.parameters, (name) => fn.words.all.has(name)),
    returns: { base: item.returns.base, pointers: item.returns.pointers },
    isWhole,
    isDictated: references.hasAddressTaken(fn) || references.isPasted(fn) || hasTwin(fn, program),
    wasThere: references.wasThere(unit, item.name),
    get answers() {
      if (!isWhole) return [];
      const body = bodies.of(fn);
      return body.flow.returns.map(({ value }) => body.values.plain(value));
    },
    get statements() {
      return isWhole ? readingOf(fn.original).block.statements.length : 0;
    },
    get calledWith() {
      return program.callersOf(fn).flatMap((caller) => argumentsIn(caller, item.name));
    },
    get isNeverTested() {
      return program.callersOf(fn).every((caller) => !testsResult(caller, item.name));
    },
  };
}

/** Whether another definition has the name: the stub of a configuration, or the same for another driver. */
function hasTwin({ item }: KnownFunction, program: Program): boolean {
  return program.functionsNamed(item.name).filter(({ item: { bodySpan } }) => bodySpan !== null).length > 1;
}

/** The arguments of the calls of `name`, as they are written, without white space. */
function argumentsIn(caller: KnownFunction, name: string): (readonly string[])[] {
  const reading = readingOf(caller.original);
  const plain = (node: Expression): string => reading.text(node).replace(/\s+/g, '');
  return reading.callsOf(name).map(({ args }) => args.map(plain));
}

/** Whether a condition asks what a call of `name` gave: by itself, or by the variable that got it. */
function testsResult(caller: KnownFunction, name: string): boolean {
  const reading = readingOf(caller.original);
  const calls = new Set<AnyNode>(reading.callsOf(name));
  const isResult = (node: Expression): boolean => calls.has(node);
  const holders = new Set(
    reading.nodes.flatMap((node) => {
      if (node.kind === 'assign' && isResult(node.value)) return [reading.text(node.target)];
      if (node.kind !== 'declaration') return [];
      return node.declarators.flatMap((each) => (each.initial && isResult(each.initial) ? [each.name] : []));
    }),
  );
  const asks = (condition: AnyNode): boolean => {
    let is = false;
    walk(condition, (each) => {
      is ||= calls.has(each) || (each.kind === 'name' && holders.has(each.name));
    });
    return is;
  };
  return reading.nodes.some((node) => {
    if (node.kind === 'if' || node.kind === 'conditional') return asks(node.condition);
    return node.kind === 'loop' && node.header.some(asks);
  });
}
