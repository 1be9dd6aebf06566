/** Which part of a function runs when a lookup finds nothing. */
import type { Span } from '../base/index.js';
import { calledName, type Expression, type Statement, walk } from '../syntax/index.js';
import type { Body } from './body.js';
import { namesIn } from './names.js';

/** Whether a condition is true on a hit, on a miss, or says nothing of it. */
type Tells = 'hit' | 'miss' | null;

/** The parts of `body` that only a miss reaches: `found` tells of an expression whether it is what was found. */
export function reachedOnMiss(body: Body, from: number, found: (value: Expression) => boolean): Span[] {
  return new MissReader(body, from, found).read();
}

/** The same for a walk that leaves the function, or breaks, on what it looks for. */
export function reachedAfterWalk(
  body: Body,
  walked: { end: number; body: Statement },
  cursor: string,
): Span[] {
  const { end } = body;
  if (leavesFunction(walked.body)) return [{ start: walked.body.end, end }];
  const set = new Set([cursor]);
  walk(walked.body, (node) => {
    if (node.kind === 'assign' && node.target.kind === 'name') set.add(node.target.name);
  });
  return reachedOnMiss(body, walked.body.end, (value) => value.kind === 'name' && set.has(value.name));
}

class MissReader {
  private readonly spans: Span[] = [];

  constructor(
    private readonly body: Body,
    private readonly from: number,
    private readonly found: (value: Expression) => boolean,
  ) {}

  read(): Span[] {
    for (const node of this.body.reading.nodes) {
      if (node.end < this.from) continue;
      if (node.kind === 'if') this.branch(node);
      else if (node.kind === 'conditional') this.choice(node);
    }
    return this.spans;
  }

  private branch(node: Extract<Statement, { kind: 'if' }>): void {
    if (node.condition.end < this.from) return;
    const tells = this.tells(node.condition);
    const { consequence, alternative } = node;
    if (tells === 'miss') {
      this.spans.push(consequence);
      const target = gotoIn(consequence);
      if (target !== null) this.fromLabel(target);
    } else if (tells === 'hit') {
      if (alternative) this.spans.push(alternative);
      if (leavesAlways(consequence)) this.spans.push({ start: node.end, end: this.body.end });
    }
  }

  /** `toy ? toy : create()` and `toy ?: create()` */
  private choice(node: Extract<Expression, { kind: 'conditional' }>): void {
    const tells = this.tells(node.condition);
    if (tells === 'hit') this.spans.push(node.alternative);
    if (tells === 'miss' && node.consequence) this.spans.push(node.consequence);
  }

  private fromLabel(label: string): void {
    for (const node of this.body.reading.nodes) {
      if (node.kind === 'label' && node.name === label)
        this.spans.push({ start: node.start, end: this.body.end });
    }
  }

  private tells(test: Expression): Tells {
    if (test.kind === 'unary' && test.operator === '!') return opposite(this.tells(test.operand));
    if (test.kind === 'binary') return this.comparison(test);
    if (test.kind === 'assign') return this.tells(test.value);
    const name = calledName(test);
    if (test.kind === 'call' && test.args.length > 0 && name !== null) {
      if (/^(?:un)?likely$/.test(name)) return this.tells(test.args[0]!);
      if (/^IS_ERR(?:_OR_NULL)?$/.test(name)) return opposite(this.tells(test.args[0]!));
    }
    return this.found(test) ? 'hit' : null;
  }

  private comparison(test: Extract<Expression, { kind: 'binary' }>): Tells {
    const { operator, left, right } = test;
    if (operator === '&&' || operator === '||') {
      const sides = [this.tells(left), this.tells(right)];
      // `found && fits`: its truth tells of a hit; its falsehood of nothing, but then what was found is no use either.
      const told = sides.find((side) => side !== null) ?? null;
      return operator === '&&' || told === 'miss' ? told : null;
    }
    if (operator !== '==' && operator !== '!=') return null;
    const other = isNothing(right) ? left : isNothing(left) ? right : null;
    if (!other) return null;
    const told = this.tells(other);
    return operator === '==' ? opposite(told) : told;
  }
}

function opposite(tells: Tells): Tells {
  return tells === null ? null : tells === 'hit' ? 'miss' : 'hit';
}

function isNothing(value: Expression): boolean {
  return (
    (value.kind === 'name' && /^(?:NULL|false)$/.test(value.name)) ||
    (value.kind === 'literal' && value.text === '0')
  );
}

/** Whether a statement never comes out of its end. */
function leavesAlways(node: Statement): boolean {
  if (node.kind === 'compound') return node.statements.some(leavesAlways);
  return ['return', 'goto', 'break', 'continue'].includes(node.kind);
}

function gotoIn(node: Statement): string | null {
  const last = node.kind === 'compound' ? node.statements.at(-1) : node;
  return last?.kind === 'goto' ? last.label : null;
}

function leavesFunction(node: Statement): boolean {
  let found = false;
  walk(node, (each) => {
    if (each.kind === 'return' || each.kind === 'goto') found = true;
  });
  return found;
}

/** Whether a value is what `result` names. */
export function isNamed(body: Body, result: string): (value: Expression) => boolean {
  return (value) =>
    (value.kind === 'name' || value.kind === 'member') &&
    namesIn(value).length > 0 &&
    body.values.mayBe(value, result);
}
