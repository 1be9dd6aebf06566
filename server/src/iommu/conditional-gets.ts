/** Functions and macros whose answer says whether a reference was taken: the kernel's, and every wrapper that passes that answer on. */
import { calledName, type Expression, type Item, type Piece } from '../syntax/index.js';
import type { Bodies, Body } from './body.js';
import type { IgnoredResultFact } from './facts.js';
import { isNamedAsCount } from './field-kinds.js';
import { CONDITIONAL_GETS } from './kernel-api.table.js';
import type { KnownFunction, Program, Spot, Unit } from './program.js';
import { anyOf, wordsOf } from './words.js';

/** What a must-check name stands for. */
interface ConditionalGet {
  readonly primitive: string;
  /** Where the wrapper returns the answer; null for the primitive itself. */
  readonly at: Spot | null;
}

export class ConditionalGets {
  /** Wrappers by name; two files may each have one. */
  private readonly wrappers = new Map<string, { readonly path: string; readonly get: ConditionalGet }[]>();

  constructor(private readonly bodies: Bodies) {
    const { surroundings, units } = bodies.program;
    for (const { unitIndex, itemIndex, primitive } of surroundings.known(macroGets, bodies.program)) {
      const unit = units[unitIndex]!;
      const { name, nameSpan } = unit.c.items[itemIndex]!;
      this.add(name, unit, { primitive, at: { unit, span: nameSpan } });
    }
    const candidates = bodies.program
      .allFunctions()
      .filter(({ item }) => item.returns.pointers === 0 && item.returns.base !== 'void');
    for (let names: ReadonlySet<string> = CONDITIONAL_GETS; ; names = new Set(this.wrappers.keys())) {
      const before = this.wrappers.size;
      for (const fn of candidates) {
        const isCandidate = names === CONDITIONAL_GETS ? fn.words.meet(names) : anyOf(names, fn.words.all);
        if (isCandidate && !this.wrappers.has(fn.item.name))
          this.add(fn.item.name, fn.unit, this.wrapped(bodies.of(fn)));
      }
      if (this.wrappers.size === before) return;
    }
  }

  private add(name: string, { image }: Unit, get: ConditionalGet | null): void {
    if (get) this.wrappers.set(name, [...(this.wrappers.get(name) ?? []), { path: image.path, get }]);
  }

  /** What a call by `name` in `from` is, if it is a conditional get. */
  find(name: string, from: Body): ConditionalGet | null {
    if (!CONDITIONAL_GETS.has(name) && !this.wrappers.has(name)) return null;
    const { unit } = from.fn;
    const definition = this.bodies.program.definitionOf(name, unit);
    const path = definition?.unit.image.path ?? this.bodies.program.macroNamed(name, unit)?.unit.image.path;
    if (path !== undefined) return this.wrappers.get(name)?.find((each) => each.path === path)?.get ?? null;
    return CONDITIONAL_GETS.has(name) ? { primitive: name, at: null } : null;
  }

  /** The get that every `return` of the function answers for, if there is one. */
  private wrapped(body: Body): ConditionalGet | null {
    let get: ConditionalGet | null = null;
    for (const { value, start, end } of body.flow.returns) {
      const found = this.answering(value, body);
      if (found) get ??= { primitive: found.primitive, at: body.spot({ start, end }) };
      else if (!isConstant(value)) return null;
    }
    return get;
  }

  /** The get whose answer a value is, as it stands, negated, turned into an errno, or by way of a variable. */
  private answering(value: Expression, body: Body): ConditionalGet | null {
    if (value.kind === 'unary' && value.operator === '!') return this.answering(value.operand, body);
    if (value.kind === 'conditional') {
      const isAnswer = isConstant(value.alternative) && (!value.consequence || isConstant(value.consequence));
      return isAnswer ? this.answering(value.condition, body) : null;
    }
    if (value.kind === 'name') {
      const sources = assignedTo(body, value.name);
      const gets = sources.map((source) => (source.kind === 'name' ? null : this.answering(source, body)));
      return gets.length > 0 && gets.every((each) => each !== null) ? gets[0]! : null;
    }
    const name = calledName(value);
    const found = name === null ? null : this.find(name, body);
    return found && value.kind === 'call' && isReferenceGet(found, value.args[0]) ? found : null;
  }

  private callsWrapper({ words }: KnownFunction): boolean {
    for (const name of this.wrappers.keys()) if (words.all.has(name)) return true;
    return false;
  }

  /** The gets of a function whose answer nobody looks at. */
  ignoredIn(fn: KnownFunction): IgnoredResultFact[] {
    if (!fn.words.meet(CONDITIONAL_GETS) && !this.callsWrapper(fn)) return [];
    const body = this.bodies.of(fn);
    return body.flow.steps.flatMap(({ node, isDiscarded }): IgnoredResultFact[] => {
      const dropped = isDiscarded ? beneathVoid(node) : null;
      const call = dropped?.kind === 'call' ? dropped : node;
      const called = calledName(call);
      const get = called === null ? null : this.find(called, body);
      if (called === null || !get || call.kind !== 'call') return [];
      const variable = dropped ? null : unreadResult(body, call);
      if (!dropped && variable === null) return [];
      const object = call.args[0] ? body.text(call.args[0]) : '';
      if (!isReferenceGet(get, call.args[0])) return [];
      return [{ spot: body.spot(node), called, primitive: get.primitive, wrapper: get.at, object, variable }];
    });
  }
}

interface MacroGet {
  readonly unitIndex: number;
  readonly itemIndex: number;
  readonly primitive: string;
}

/** Macros such as `#define toy_get(toy) kref_get_unless_zero(&(toy)->kref)`. */
function macroGets({ units }: Program): MacroGet[] {
  return units.flatMap((unit, unitIndex) => {
    let itemIndex = -1;
    return unit.c.pieces.flatMap(({ piece }) => {
      const gets: MacroGet[] = [];
      const mayHaveOne = anyOf(CONDITIONAL_GETS, wordsOf(piece).mentioned);
      for (const item of piece.items) {
        itemIndex++;
        const primitive = mayHaveOne ? calledBy(item, piece) : null;
        if (primitive !== null) gets.push({ unitIndex, itemIndex, primitive });
      }
      return gets;
    });
  });
}

/** The conditional get that a macro stands for. */
function calledBy(item: Item, { text, base }: Piece): string | null {
  if (item.kind !== 'macro' || !item.parameters || item.name === '') return null;
  const body = text.slice(item.bodySpan.start - base, item.bodySpan.end - base).trim();
  const [, called = ''] = /^\(?\s*(\w+)\s*\((?:[^()]|\([^()]*\))*\)\s*\)?$/.exec(body) ?? [];
  return CONDITIONAL_GETS.has(called) ? called : null;
}

function assignedTo(body: Body, name: string): Expression[] {
  const sources: Expression[] = [];
  for (const node of body.reading.nodes) {
    if (node.kind === 'assign' && node.target.kind === 'name' && node.target.name === name)
      sources.push(node.value);
    if (node.kind === 'declaration')
      for (const each of node.declarators) if (each.name === name && each.initial) sources.push(each.initial);
  }
  return sources;
}

function beneathVoid(node: Expression): Expression {
  return node.kind === 'cast' && node.type.base === 'void' && node.type.pointers === 0 ? node.operand : node;
}

/** The local that gets the value of a call and is read nowhere. */
function unreadResult(body: Body, call: Expression): string | null {
  const name = body.values.resultOf(call);
  if (name === null || !/^\w+$/.test(name) || !body.scope.isLocal(name) || body.parameterAt(name) >= 0)
    return null;
  if (body.fn.item.missing.length > 0) return null;
  let places = 0;
  for (const node of body.reading.nodes) {
    if (node.kind === 'assign' && node.target.kind === 'name' && node.target.name === name) places++;
    if (node.kind === 'declaration') places += node.declarators.filter((each) => each.name === name).length;
  }
  // The text, because a macro argument or a statement that was not understood may read it.
  const mentions = body.fn.bodyText.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
  return mentions === places ? name : null;
}

/** What a wrapper counts was looked at where it is defined. */
function isReferenceGet(get: ConditionalGet, object: Expression | undefined): boolean {
  return get.at !== null || countsReferences(get.primitive, object);
}

/** An atomic_t may count anything; only one that is named so counts references. */
function countsReferences(primitive: string, object: Expression | undefined): boolean {
  if (!primitive.startsWith('atomic')) return true;
  const place = object?.kind === 'unary' && object.operator === '&' ? object.operand : object;
  return place?.kind === 'member' && isNamedAsCount(place.name);
}

function isConstant(node: Expression): boolean {
  return (
    node.kind === 'literal' ||
    (node.kind === 'name' && /^(?:true|false|NULL|[A-Z_]+)$/.test(node.name)) ||
    (node.kind === 'unary' && isConstant(node.operand))
  );
}
