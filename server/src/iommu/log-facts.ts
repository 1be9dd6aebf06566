/** What a function writes to the kernel's log, and when: on which failure, before which errno, with which device at hand. */
import { contains } from '../base/index.js';
import { calledName, type Expression, type Statement, walk } from '../syntax/index.js';
import type { Body } from './body.js';
import { deviceAtHand, type Place } from './devices-at-hand.js';
import { LOG_CALLS, type LogLevel, type LogRow, TELLS_OF_FAILURE } from './log-calls.table.js';
import type { Program, Spot } from './program.js';
import { errnoIn } from './shapes.js';

export interface LogFact {
  readonly name: string;
  readonly kind: LogRow['kind'];
  readonly level: LogLevel;
  readonly isLimited: boolean;
  readonly speaksOfDevice: boolean;
  /** Whether the lines that it prints begin with something that the file chose: `pr_fmt`. */
  readonly hasPrefix: boolean;
  /** The call. */
  readonly spot: Spot;
  readonly nameSpot: Spot;
  /** What stands between its quotes, pieces joined; null when it is no literal. */
  readonly format: string | null;
  /** Where the closing quote of the format is. */
  readonly formatEnd: Spot | null;
  /** Names among the values that are printed, or in the condition of what prints none. */
  readonly values: readonly string[];
  /** The call whose result the condition around it tests, when that is plain: `kzalloc`. */
  readonly after: string | null;
  /** What the function returns next: a name such as `-EINVAL`, `value` for another value; null when it goes on. */
  readonly returns: string | null;
  /** Whether the patch takes out a message that begins like it: the message is changed, not added. */
  readonly wasThere: boolean;
  /** Whether more of the line is printed by later calls. */
  readonly isContinued: boolean;
  /** Whether it stands where something was tested, and not on the way that is always gone. */
  readonly isConditional: boolean;
  /** How it could name a device: a parameter, or a local that is set before on every way; null when there is none. */
  readonly deviceAtHand: string | null;
  /** Whether its block switches something off for good: `toy_disabled = true`, `smmu->no_ats = 1`. */
  readonly tellsOfSwitch: boolean;
  /** Whether it stands in a case of a switch: it says which of several answers was given. */
  readonly isOfCase: boolean;
}

export function logsIn(body: Body, program: Program): LogFact[] {
  const found = body.kept(logsIn, () => new LogReader(body).read());
  const { unit } = body.fn;
  const ownPrefix = program.macroNamed('pr_fmt', unit)?.unit === unit;
  return found.map(({ node, callee, quote, ...rest }) => ({
    ...rest,
    hasPrefix: rest.speaksOfDevice || ownPrefix,
    wasThere: wasThere(rest, body.fn.unit.image.removed),
    isContinued: body.fn.words.called.has('pr_cont'),
    spot: body.spot(node),
    nameSpot: body.spot(callee),
    formatEnd: quote && body.spot(quote),
  }));
}

/** How much of a format tells one message from another, and how much of it where a value follows that may have been a word. */
const TELLING = 14;
const TELLING_BEFORE_VALUE = 10;

function wasThere({ name, format }: Pick<LogFact, 'name' | 'format'>, removed: readonly string[]): boolean {
  const words = format?.split('%')[0] ?? '';
  const start =
    format === null
      ? null
      : words.length >= TELLING_BEFORE_VALUE
        ? words.slice(0, TELLING)
        : format.slice(0, TELLING);
  return removed.some((line) => line.includes(start === null ? `${name}(` : `"${start}`));
}

type Found = Omit<LogFact, 'spot' | 'nameSpot' | 'hasPrefix' | 'formatEnd' | 'wasThere' | 'isContinued'> & {
  readonly node: Expression;
  readonly callee: Expression;
  readonly quote: { readonly start: number; readonly end: number } | null;
};

class LogReader {
  private readonly found: Found[] = [];

  constructor(private readonly body: Body) {}

  read(): Found[] {
    this.block(this.body.block.statements, [], null);
    return this.found;
  }

  private block(
    statements: readonly Statement[],
    conditions: readonly Expression[],
    outer: Place | null,
  ): void {
    statements.forEach((each, at) => {
      this.statement(each, { conditions, block: statements, at, outer });
    });
  }

  private statement(node: Statement, place: Place): void {
    const under = (condition: Expression, part: Statement): void => {
      this.block(
        part.kind === 'compound' ? part.statements : [part],
        [...place.conditions, condition],
        place,
      );
    };
    switch (node.kind) {
      case 'compound':
        this.block(node.statements, place.conditions, place);
        return;
      case 'if':
        this.expression(node.condition, place);
        under(node.condition, node.consequence);
        if (node.alternative) under(node.condition, node.alternative);
        return;
      case 'loop':
        this.block(
          node.body.kind === 'compound' ? node.body.statements : [node.body],
          place.conditions,
          place,
        );
        return;
      case 'switch':
        under(node.subject, node.body);
        return;
      case 'case':
        this.block(node.body, place.conditions, place);
        return;
      case 'label':
        if (node.body) this.statement(node.body, place);
        return;
      case 'expression':
        this.expression(node.expression, place);
        return;
      case 'declaration':
        for (const { initial } of node.declarators) if (initial) this.expression(initial, place);
        return;
      case 'return':
        if (node.value) this.expression(node.value, place);
        return;
      default:
    }
  }

  private expression(expression: Expression, place: Place): void {
    walk(expression, (node) => {
      const row = LOG_CALLS.get(calledName(node) ?? '');
      if (row && node.kind === 'call') this.found.push(this.fact(node, row, place));
    });
  }

  private fact(node: Extract<Expression, { kind: 'call' }>, row: LogRow, place: Place): Found {
    const format = row.format === null ? undefined : node.args[row.format];
    const literal = format && literalOf(format, this.body);
    const values = node.args.slice((row.format ?? -1) + 1).flatMap((each) => namesOf(each));
    return {
      ...{ node, callee: node.callee, values },
      ...{ name: calledName(node)!, kind: row.kind, level: row.level, isLimited: row.isLimited },
      speaksOfDevice: row.device !== null,
      format: literal?.text ?? null,
      quote: literal ? { start: literal.end - 1, end: literal.end } : null,
      after: testedCall(place),
      returns: returnedAfter(place),
      isConditional: place.conditions.length > 0,
      deviceAtHand: deviceAtHand(this.body, place),
      tellsOfSwitch: place.block.some(switchesOff),
      isOfCase: this.body.reading.nodes.some((each) => each.kind === 'case' && contains(each, node)),
    };
  }
}

/** The text of a literal, of adjacent ones together; `FW_BUG "…"` is one as well. */
function literalOf(node: Expression, body: Body): { text: string; end: number } | null {
  const source = body.text(node);
  if (node.kind !== 'literal' && !/^\w+\s*"/.test(source)) return null;
  const pieces = [...source.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]!);
  const isClosed = source.endsWith('"');
  return pieces.length > 0 && isClosed ? { text: pieces.join(''), end: node.end } : null;
}

function namesOf(expression: Expression): string[] {
  const names: string[] = [];
  walk(expression, (node) => {
    if (node.kind === 'name' || node.kind === 'member') names.push(node.name);
  });
  return names;
}

/** The call whose result the innermost condition tests: of the condition itself, or of the assignment before it. */
function testedCall(place: Place): string | null {
  const condition = place.conditions.at(-1);
  if (!condition || !place.outer) return null;
  const inner = tested(condition);
  const direct = inner && calledName(inner);
  if (direct) return /^(?:IS_ERR|IS_ERR_OR_NULL|unlikely)$/.test(direct) ? null : direct;
  const name = inner && textOf(inner);
  if (!name) return null;
  for (let at = place.outer.at - 1; at >= Math.max(0, place.outer.at - 2); at--) {
    const before = place.outer.block[at]!;
    const assigned = before.kind === 'expression' ? before.expression : null;
    if (assigned?.kind === 'assign' && textOf(assigned.target) === name) return callIn(assigned.value);
    if (before.kind === 'declaration') {
      const declared = before.declarators.find((each) => each.name === name);
      if (declared?.initial) return callIn(declared.initial);
    }
    if (before.kind === 'if') return sourceIn(before, name);
  }
  return null;
}

/** The call that gives a variable its value in each arm of `if … else if …`; null when an arm takes it from elsewhere. */
function sourceIn(node: Statement, name: string): string | null {
  if (node.kind === 'if') {
    const first = sourceIn(node.consequence, name);
    const isAllocator = first !== null && TELLS_OF_FAILURE.has(first);
    // What comes of none of the arms is what it was before, which says nothing of a failure.
    return isAllocator && (!node.alternative || isTold(sourceIn(node.alternative, name))) ? first : null;
  }
  const last = node.kind === 'compound' ? node.statements.at(-1) : node;
  if (last?.kind === 'if') return sourceIn(last, name);
  const assigned = last?.kind === 'expression' ? last.expression : null;
  return assigned?.kind === 'assign' && textOf(assigned.target) === name ? callIn(assigned.value) : null;
}

function isTold(call: string | null): boolean {
  return call !== null && TELLS_OF_FAILURE.has(call);
}

/** `x` of `!x`, `x < 0`, `IS_ERR(x)`, `x == NULL`. */
function tested(condition: Expression): Expression | null {
  if (condition.kind === 'unary' && condition.operator === '!') return condition.operand;
  if (condition.kind === 'binary' && /^(?:<|<=|==|!=)$/.test(condition.operator)) return condition.left;
  if (
    condition.kind === 'call' &&
    /^(?:IS_ERR|IS_ERR_OR_NULL|unlikely|WARN_ON)$/.test(calledName(condition) ?? '')
  )
    return condition.args[0] ? (tested(condition.args[0]) ?? condition.args[0]) : null;
  return condition.kind === 'name' || condition.kind === 'call' ? condition : null;
}

function callIn(value: Expression): string | null {
  return value.kind === 'cast' ? callIn(value.operand) : calledName(value);
}

/** A variable or member as one text. */
function textOf(node: Expression): string | null {
  if (node.kind === 'name') return node.name;
  if (node.kind !== 'member') return null;
  const object = textOf(node.object);
  return object === null ? null : `${object}.${node.name}`;
}

/** What is returned after a place, as far as the statements behind it say. */
function returnedAfter(place: Place): string | null {
  let assigned: string | null = null;
  for (const each of place.block.slice(place.at + 1)) {
    if (each.kind === 'return') return each.value ? (errnoOf(each.value) ?? assigned ?? 'value') : null;
    if (each.kind === 'break') return assigned;
    if (each.kind === 'goto') return assigned ?? errnoBefore(place) ?? 'value';
    if (each.kind === 'expression' && each.expression.kind === 'assign')
      assigned = errnoOf(each.expression.value) ?? assigned;
  }
  return null;
}

/** `ret = -EINVAL` that stands before the message in its block. */
function errnoBefore({ block, at }: Place): string | null {
  const before = block[at - 1];
  return before?.kind === 'expression' && before.expression.kind === 'assign'
    ? errnoOf(before.expression.value)
    : null;
}

/** `-EINVAL`, as the function would return it. */
function errnoOf(value: Expression): string | null {
  const errno = errnoIn(value);
  return errno && `-${errno}`;
}

/** Names of what is true when something is off. */
const OFF = /(?:^|_)(?:disabled?|off)$|^(?:no|disable)_|_no_/;

function switchesOff(statement: Statement): boolean {
  const assigned = statement.kind === 'expression' ? statement.expression : null;
  if (assigned?.kind !== 'assign') return false;
  const { target } = assigned;
  return (target.kind === 'name' || target.kind === 'member') && OFF.test(target.name);
}
