/**
 * What becomes of a value that a local gets: whether somebody may read it,
 * what takes its place, whether the function ends with it. Every way through
 * the function is followed, jumps and loops included; what cannot be followed
 * is not judged.
 */
import { contains } from '../base/index.js';
import { type AnyNode, type Expression, partsOf, type Statement } from '../syntax/index.js';
import type { Body } from './body.js';
import { nodesIn } from './shapes.js';

type Assignment = Extract<Expression, { kind: 'assign' }>;
type Loop = Extract<Statement, { kind: 'loop' }>;

/** Where a value goes. */
export interface Fate {
  /** Whether some way reads it. */
  readonly isRead: boolean;
  /** The assignments that take its place, by the order in the text. */
  readonly replacedBy: readonly Assignment[];
  /** Whether some way leaves the function without having looked at it. */
  readonly isLeft: boolean;
}

/** One thing that happens to the variable, and what may come next. */
interface Point {
  readonly does: 'pass' | 'read' | 'write' | 'leave';
  readonly at: Assignment | null;
  next: readonly Point[];
}

/** Where jumps go from here. */
interface Exits {
  readonly onBreak: Point | null;
  readonly onContinue: Point | null;
  /** The cases of the switch around. */
  readonly cases: Point[] | null;
}

const LEAVE: Point = { does: 'leave', at: null, next: [] };

/** The fate of what an assignment gives a local; null where the function is not seen whole or cannot be followed. */
export function fateOf(body: Body, assignment: Assignment): Fate | null {
  if (assignment.target.kind !== 'name') return null;
  const { name } = assignment.target;
  const ways = body.kept(`fates of ${name}`, () => Ways.of(body, name));
  const from = ways?.writes.get(assignment);
  if (!from) return null;
  const seen = new Set<Point>();
  const replacedBy: Assignment[] = [];
  let isRead = false;
  let isLeft = false;
  const pending = [...from.next];
  for (let point = pending.pop(); point; point = pending.pop()) {
    if (seen.has(point)) continue;
    seen.add(point);
    if (point.does === 'pass') pending.push(...point.next);
    else if (point.does === 'read') isRead = true;
    else if (point.does === 'leave') isLeft = true;
    else if (point.at) replacedBy.push(point.at);
  }
  return { isRead, replacedBy: replacedBy.sort((a, b) => a.start - b.start), isLeft };
}

/** Thrown by nobody outside: what cannot be followed ends the reading. */
class Unfollowed extends Error {}

/** All ways through a function, as far as they are about one variable. Built from its end. */
class Ways {
  readonly writes = new Map<Assignment, Point>();
  private readonly labels = new Map<string, Point>();

  private constructor(private readonly name: string) {}

  static of(body: Body, name: string): Ways | null {
    const { nodes, item } = body.reading;
    if (item.missing.length > 0 || !isPlainLocal(body, name)) return null;
    // Of the arms of a conditional one is seen, and another may be the one that reads.
    if (/^[ \t]*#[ \t]*el/m.test(body.text(item))) return null;
    const ways = new Ways(name);
    for (const node of nodes)
      if (node.kind === 'label') ways.labels.set(node.name, { does: 'pass', at: null, next: [] });
    try {
      ways.statement(body.block, LEAVE, { onBreak: null, onContinue: null, cases: null });
      return ways;
    } catch (error) {
      if (error instanceof Unfollowed) return null;
      throw error;
    }
  }

  private statement(node: Statement, next: Point, exits: Exits): Point {
    switch (node.kind) {
      case 'compound':
        return this.row(node.statements, next, exits);
      case 'expression':
        return this.expression(node.expression, next);
      case 'declaration':
        return node.declarators.reduceRight((after, { name, initial }) => {
          const written = name === this.name ? point('write', [after]) : after;
          return initial ? this.expression(initial, written) : written;
        }, next);
      case 'if':
        return this.expression(
          node.condition,
          either(
            this.statement(node.consequence, next, exits),
            node.alternative ? this.statement(node.alternative, next, exits) : next,
          ),
        );
      case 'loop':
        return this.loop(node, next, exits);
      case 'switch': {
        const cases: Point[] = [];
        this.statement(node.body, next, { ...exits, onBreak: next, cases });
        return this.expression(node.subject, either(...cases, next));
      }
      case 'case': {
        const entry = this.row(node.body, next, exits);
        exits.cases?.push(entry);
        return entry;
      }
      case 'return':
        return node.value ? this.expression(node.value, LEAVE) : LEAVE;
      case 'label': {
        const label = this.label(node.name);
        label.next = [node.body ? this.statement(node.body, next, exits) : next];
        return label;
      }
      case 'goto':
        return this.label(node.label);
      case 'break':
        return exits.onBreak ?? fail();
      case 'continue':
        return exits.onContinue ?? fail();
      case 'empty':
        return next;
      default:
        return fail();
    }
  }

  private row(statements: readonly Statement[], next: Point, exits: Exits): Point {
    return statements.reduceRight((after, each) => this.statement(each, after, exits), next);
  }

  private label(name: string): Point {
    return this.labels.get(name) ?? fail();
  }

  private loop({ form, header, parts, body }: Loop, next: Point, exits: Exits): Point {
    const head = point('pass', []);
    const within = (onContinue: Point): Exits => ({ ...exits, onBreak: next, onContinue });
    if (form === 'for') {
      const update = parts?.update ? this.expression(parts.update, head) : head;
      const round = this.statement(body, update, within(update));
      head.next = [this.asked(parts?.condition ?? null, round, next)];
      const initial = parts?.initial;
      return initial ? this.anything(initial, head) : head;
    }
    if (form === 'do') {
      const test = point('pass', []);
      const round = this.statement(body, test, within(test));
      test.next = [this.asked((header[0] as Expression | undefined) ?? null, round, next)];
      return round;
    }
    const round = this.statement(body, head, within(head));
    if (form === 'while')
      head.next = [this.asked((header[0] as Expression | undefined) ?? null, round, next)];
    // A walk may have no round.
    else head.next = [header.reduceRight((after, each) => this.anything(each, after), either(round, next))];
    return head;
  }

  /** A condition without which there is no way out. */
  private asked(condition: Expression | null, round: Point, next: Point): Point {
    if (condition === null || isAlways(condition)) return round;
    return this.expression(condition, either(round, next));
  }

  private anything(node: AnyNode, next: Point): Point {
    const isStatement = ['declaration', 'expression', 'compound', 'empty'].includes(node.kind);
    return isStatement
      ? this.statement(node as Statement, next, { onBreak: null, onContinue: null, cases: null })
      : this.expression(node as Expression, next);
  }

  private expression(node: Expression, next: Point): Point {
    switch (node.kind) {
      case 'name':
        return node.name === this.name ? point('read', [next]) : next;
      case 'assign': {
        if (node.target.kind !== 'name' || node.target.name !== this.name)
          return this.expression(node.value, this.expression(node.target, next));
        const write: Point = { does: 'write', at: node, next: [next] };
        this.writes.set(node, write);
        return this.expression(node.value, node.operator === '=' ? write : point('read', [write]));
      }
      case 'binary':
        return node.operator === '&&' || node.operator === '||'
          ? this.expression(node.left, either(this.expression(node.right, next), next))
          : this.expression(node.left, this.expression(node.right, next));
      case 'conditional':
        return this.expression(
          node.condition,
          either(
            node.consequence ? this.expression(node.consequence, next) : next,
            this.expression(node.alternative, next),
          ),
        );
      case 'block':
        return this.statement(node.body, next, { onBreak: null, onContinue: null, cases: null });
      case 'sizeof':
        return next;
      case 'opaque':
        return fail();
      default:
        return partsOf(node).reduceRight((after, part) => this.expression(part as Expression, after), next);
    }
  }
}

function fail(): never {
  throw new Unfollowed();
}

function point(does: Point['does'], next: readonly Point[]): Point {
  return { does, at: null, next };
}

function either(...next: readonly Point[]): Point {
  return point('pass', next);
}

function isAlways(condition: Expression): boolean {
  return (
    (condition.kind === 'literal' && /^[1-9]\d*$/.test(condition.text)) ||
    (condition.kind === 'name' && condition.name === 'true')
  );
}

/** A variable that no other of its name hides, and of which nobody has the address. */
function isPlainLocal(body: Body, name: string): boolean {
  const { nodes } = body.reading;
  const declared = nodes.filter(
    (node) => node.kind === 'declaration' && node.declarators.some((each) => each.name === name),
  );
  const isParameter = body.parameterAt(name) >= 0;
  if (declared.length === 0 ? !isParameter : isParameter) return false;
  if (declared.some((node) => node.kind === 'declaration' && node.isStatic)) return false;
  const blocks = declared.map((each) =>
    nodes.find((node) => node.kind === 'compound' && contains(node, each)),
  );
  if (blocks.some((one, at) => blocks.some((other, to) => at !== to && one && other && contains(one, other))))
    return false;
  return !nodes.some(
    (node) =>
      node.kind === 'unary' &&
      node.operator === '&' &&
      nodesIn(node.operand).some((each) => each.kind === 'name' && each.name === name),
  );
}
