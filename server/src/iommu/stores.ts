/**
 * Values that a function computes for nobody: what it stores into a local and
 * never reads again, what it initialises and always overwrites, parameters
 * that it does not look at. By order in the text, which is the order of the
 * run as long as nothing jumps back.
 */
import { contains } from '../base/index.js';
import type { AnyNode, Expression, Statement } from '../syntax/index.js';
import { walk } from '../syntax/index.js';
import type { Body } from './body.js';
import type { Program, Spot } from './program.js';
import { isNull } from './shapes.js';

export interface DeadStoreFact {
  readonly name: string;
  /** The whole assignment, or the initialiser with its `=`. */
  readonly spot: Spot;
  readonly kind: 'never-read' | 'overwritten';
  /** Where it gets its next value. */
  readonly next: Spot | null;
  /** Of an initial value: whether it misleads a reader, being no zero, or being replaced by the very first statement. */
  readonly isPointless: boolean;
  /** Whether it is the plain copy of another variable, so that nothing is lost. */
  readonly isCopy: boolean;
  /** Whether the declaration had it before the patch. */
  readonly wasThere: boolean;
}

/** What is stored for nothing, as far as the function is seen to its end. */
export function deadStoresIn(body: Body): DeadStoreFact[] {
  const found = body.kept(deadStoresIn, () => [...neverRead(body), ...overwritten(body)]);
  const { removed } = body.fn.unit.image;
  return found.map(({ name, node, kind, next, isPointless, isCopy }) => {
    const initial = kind === 'overwritten' ? `${name}${body.text(node)}`.replace(/\s+/g, '') : null;
    return {
      ...{ name, kind, isPointless, isCopy, spot: body.spot(node) },
      next: next && body.spot(next),
      wasThere: initial !== null && removed.some((line) => hasInitial(line, initial)),
    };
  });
}

/** Whether a line that the patch takes out declares it with the same value: `u64 mask, entry = 0;`. */
function hasInitial(line: string, initial: string): boolean {
  return line.split(/[,;]/).some((part) => part.replace(/\s+/g, '').endsWith(initial));
}

interface Dead {
  readonly name: string;
  readonly node: { readonly start: number; readonly end: number };
  readonly kind: DeadStoreFact['kind'];
  readonly next: Expression | null;
  readonly isPointless: boolean;
  readonly isCopy: boolean;
}

function neverRead(body: Body): Dead[] {
  const { reading } = body;
  if (reading.item.missing.length > 0 && reading.item.missing.includes('end')) return [];
  const loops = reading.nodes.filter(({ kind }) => kind === 'loop');
  // What a label jumps back over may be read there.
  if (reading.nodes.some((node) => node.kind === 'goto' && isBackward(node, reading.nodes))) return [];
  const statics = new Set(
    reading.nodes.flatMap((node) =>
      node.kind === 'declaration' && node.isStatic ? node.declarators.map(({ name }) => name) : [],
    ),
  );
  return reading.nodes.flatMap((node): Dead[] => {
    if (node.kind !== 'assign' || node.target.kind !== 'name') return [];
    const { name } = node.target;
    const type = reading.locals.get(name);
    if (!type || type.isArray || statics.has(name) || isAddressTaken(name, reading.nodes)) return [];
    if (loops.some((each) => contains(each, node))) return [];
    // A part of a larger expression is read by that.
    const isStatement = reading.nodes.some((each) => each.kind === 'expression' && each.expression === node);
    const rest = reading.text({ start: node.end, end: reading.item.end });
    if (!isStatement || hasWord(rest, name)) return [];
    return [
      { name, node, kind: 'never-read', next: null, isPointless: true, isCopy: node.value.kind === 'name' },
    ];
  });
}

/** `int ret = 0;`, where the first thing that is done with it is to give it another value. */
function overwritten(body: Body): Dead[] {
  const { reading } = body;
  const { statements } = reading.block;
  return statements.flatMap((statement, at): Dead[] => {
    if (statement.kind !== 'declaration' || statement.isStatic) return [];
    return statement.declarators.flatMap(({ name, nameSpan, initial }): Dead[] => {
      if (!initial || !isPlain(initial)) return [];
      const rest = statements.slice(at + 1);
      const next = firstUse(name, rest, reading.text.bind(reading));
      if (!next) return [];
      const first = rest.find(({ kind }) => kind !== 'declaration');
      const isPointless = !isZero(initial) || (first !== undefined && contains(first, next));
      const node = { start: nameSpan.end, end: initial.end };
      return [{ name, node, kind: 'overwritten', next, isPointless, isCopy: false }];
    });
  });
}

/** The assignment that is the first use of a variable and is always reached, or null. */
function firstUse(
  name: string,
  statements: readonly Statement[],
  textOf: (node: AnyNode) => string,
): Expression | null {
  for (const each of statements) {
    if (!hasWord(textOf(each), name)) {
      // Behind a jump it may be reached with the first value.
      if (each.kind === 'label' || hasJump(each)) return null;
      continue;
    }
    const assigned = each.kind === 'expression' ? each.expression : null;
    if (assigned?.kind !== 'assign' || assigned.operator !== '=' || assigned.target.kind !== 'name')
      return null;
    return assigned.target.name === name && !hasWord(textOf(assigned.value), name) ? assigned : null;
  }
  return null;
}

function hasJump(node: Statement): boolean {
  let found = false;
  walk(node, ({ kind }) => {
    found ||= kind === 'goto';
  });
  return found;
}

/** A constant: nothing happens when it is left out. */
function isPlain(value: Expression): boolean {
  if (value.kind === 'literal') return true;
  if (value.kind === 'unary')
    return value.operator !== '&' && value.operator !== '*' && isPlain(value.operand);
  return value.kind === 'name' && /^(?:NULL|true|false|E[A-Z]+|[A-Z][A-Z0-9_]+)$/.test(value.name);
}

function isZero(value: Expression): boolean {
  return value.kind === 'literal' ? /^0[xX]?0*[uUlL]*$/.test(value.text) : isNull(value);
}

function isBackward(jump: AnyNode & { kind: 'goto' }, nodes: readonly AnyNode[]): boolean {
  return nodes.some((node) => node.kind === 'label' && node.name === jump.label && node.start < jump.start);
}

function isAddressTaken(name: string, nodes: readonly AnyNode[]): boolean {
  return nodes.some(
    (node) =>
      node.kind === 'unary' &&
      node.operator === '&' &&
      node.operand.kind === 'name' &&
      node.operand.name === name,
  );
}

function hasWord(text: string, word: string): boolean {
  return new RegExp(`\\b${word}\\b`).test(text);
}

export interface ForwardFact {
  /** The function that does it. */
  readonly callee: string;
  /** The call. */
  readonly spot: Spot;
  /** Whether it makes a typed pointer of what is none: of `void *`, as far as is known. */
  readonly givesType: boolean;
}

function givesType({ fn }: Body, callee: string, program: Program): boolean {
  const { returns } = fn.item;
  if (returns.pointers === 0 || returns.base === 'void') return false;
  const [known] = program.functionsNamed(callee);
  if (!known) return PRIVATE_DATA.test(callee);
  return known.item.returns.pointers > 0 && known.item.returns.base === 'void';
}

/** What gives a driver the pointer that it left: dev_get_drvdata(), dev_iommu_priv_get() and the like. */
const PRIVATE_DATA = /drvdata|(?:^|_)priv(?:_|$)/;

/** What a function hands its parameters on to when it does nothing else. */
export function forwardOf(body: Body, program: Program): ForwardFact | null {
  const { item } = body.fn;
  const [only, ...rest] = body.block.statements;
  if (!only || rest.length > 0 || item.missing.length > 0) return null;
  const call = only.kind === 'return' ? only.value : only.kind === 'expression' ? only.expression : null;
  if (call?.kind !== 'call' || call.callee.kind !== 'name' || call.args.length === 0) return null;
  const names = item.parameters.map(({ name }) => name);
  const given = call.args.map((each) => (each.kind === 'name' ? each.name : null));
  if (given.length !== names.length || given.some((name, at) => name !== names[at])) return null;
  // Macros in capitals are no functions, and `__name` is what `name` wraps by custom.
  if (/^[A-Z_0-9]+$/.test(call.callee.name) || call.callee.name === item.name) return null;
  return {
    callee: call.callee.name,
    spot: body.spot(call),
    givesType: givesType(body, call.callee.name, program),
  };
}
