/**
 * One function as the sequence of what it evaluates, each step with the locks
 * held there and the conditions around it. Branches are followed with their
 * own copy of the locks; where they meet, only what both hold is held, and
 * what one of them holds may be: `if (!nested) mutex_lock(&l)` says that the
 * caller has it otherwise.
 */
import {
  type AnyNode,
  type Block,
  calledName,
  type Expression,
  partsOf,
  type Statement,
} from '../syntax/index.js';
import { ACQUIRES, ASSERTS_HELD, RELEASES } from './kernel-api.table.js';

export interface Step {
  readonly node: Expression;
  /** Texts of the locks held, `&iommu_sva_lock`. */
  readonly locks: readonly string[];
  /** These, and those that are held on some ways to here. */
  readonly mayLocks: readonly string[];
  /** Conditions of the `if`s and loops around, outermost first. */
  readonly under: readonly Expression[];
  /** Whether the value is thrown away: the expression is a statement of its own. */
  readonly isDiscarded: boolean;
}

/** A condition that decides where the function goes on. */
interface Decision {
  readonly condition: Expression;
  readonly locks: readonly string[];
}

/** A loop over a container: `list_for_each_entry(domain, &mm->domains, next)`. */
export interface Walk {
  readonly form: string;
  readonly args: readonly Expression[];
  readonly start: number;
  readonly end: number;
  readonly locks: readonly string[];
  readonly mayLocks: readonly string[];
  readonly under: readonly Expression[];
  readonly body: Statement;
}

export interface Flow {
  readonly walks: readonly Walk[];
  readonly steps: readonly Step[];
  readonly decisions: readonly Decision[];
  readonly returns: readonly {
    readonly value: Expression;
    readonly under: readonly Expression[];
    readonly start: number;
    readonly end: number;
  }[];
}

/** `may` holds all of `must`. */
interface Locks {
  readonly must: ReadonlySet<string>;
  readonly may: ReadonlySet<string>;
}

const NO_LOCKS: Locks = { must: new Set(), may: new Set() };

/** Follows `body`; `textOf` gives the original text of an expression, by which locks are told apart. */
export function flowOf(body: Block, textOf: (node: Expression) => string): Flow {
  return new Follower(textOf).follow(body);
}

class Follower {
  private readonly steps: Step[] = [];
  private readonly decisions: Decision[] = [];
  private readonly walks: Walk[] = [];
  private readonly returns: {
    value: Expression;
    under: readonly Expression[];
    start: number;
    end: number;
  }[] = [];
  private readonly atLabel = new Map<string, Locks>();
  private readonly under: Expression[] = [];

  constructor(private readonly textOf: (node: Expression) => string) {}

  follow(body: Block): Flow {
    this.statement(body, NO_LOCKS);
    return { steps: this.steps, decisions: this.decisions, returns: this.returns, walks: this.walks };
  }

  /** The locks held after a statement, or null when control does not come out of its end. */
  private statement(node: Statement, locks: Locks | null): Locks | null {
    // What no path reaches in this order (a label after a goto) goes on with what its gotos held.
    const held = locks ?? NO_LOCKS;
    switch (node.kind) {
      case 'compound':
        return this.sequence(node.statements, locks);
      case 'declaration':
        return node.declarators.reduce<Locks>(
          (now, each) => (each.initial ? this.expression(each.initial, now, false) : now),
          held,
        );
      case 'expression':
        return this.expression(node.expression, held, true);
      case 'return':
        if (node.value) {
          this.expression(node.value, held, false);
          this.returns.push({ value: node.value, under: [...this.under], start: node.start, end: node.end });
        }
        return null;
      case 'goto':
        this.atLabel.set(node.label, meet(this.atLabel.get(node.label) ?? null, held) ?? held);
        return null;
      case 'label': {
        const now = meet(locks, this.atLabel.get(node.name) ?? null) ?? NO_LOCKS;
        return node.body ? this.statement(node.body, now) : now;
      }
      case 'break':
      case 'continue':
        return held;
      default:
        return this.branching(node, held);
    }
  }

  private sequence(statements: readonly Statement[], locks: Locks | null): Locks | null {
    let now: Locks | null = locks;
    for (const each of statements) now = this.statement(each, now);
    return now;
  }

  private branching(node: Statement, held: Locks): Locks | null {
    switch (node.kind) {
      case 'if': {
        const tested = this.decide(node.condition, held);
        const taken = this.beneath(
          node.condition,
          node.consequence,
          this.afterTrylock(node.condition, tested),
        );
        const other = node.alternative ? this.beneath(node.condition, node.alternative, tested) : tested;
        return meet(taken, other);
      }
      case 'loop':
        if (!['for', 'while', 'do'].includes(node.form)) {
          const args = node.header as readonly Expression[];
          const end = args.at(-1)?.end ?? node.start;
          this.walks.push({
            form: node.form,
            args,
            start: node.start,
            end,
            locks: [...held.must],
            mayLocks: [...held.may],
            under: [...this.under],
            body: node.body,
          });
        }
        return this.loop(node.form, node.header, node.body, held);
      case 'switch':
        this.decide(node.subject, held);
        this.beneath(node.subject, node.body, held);
        return held;
      case 'case':
        return this.sequence(node.body, held);
      default:
        return held;
    }
  }

  private loop(form: string, header: readonly AnyNode[], body: Statement, held: Locks): Locks {
    if (form === 'scoped_guard' && header[1]) {
      this.statement(body, with_(held, this.lockText(header[1] as Expression)));
      return held;
    }
    let now: Locks = held;
    for (const part of header) {
      const expression = part.kind === 'declaration' ? part.declarators[0]?.initial : (part as Expression);
      if (!expression) continue;
      now =
        form === 'for' || form === 'while' || form === 'do'
          ? this.decide(expression, now)
          : this.expression(expression, now, false);
    }
    return this.statement(body, now) ?? now;
  }

  private beneath(condition: Expression, body: Statement, locks: Locks): Locks | null {
    this.under.push(condition);
    const after = this.statement(body, locks);
    this.under.pop();
    return after;
  }

  private decide(condition: Expression, locks: Locks): Locks {
    this.decisions.push({ condition, locks: [...locks.must] });
    return this.expression(condition, locks, false);
  }

  /** `if (!mutex_trylock(&l)) return;` and its kind: the branch of the failed attempt does not hold the lock. */
  private afterTrylock(condition: Expression, locks: Locks): Locks {
    if (condition.kind !== 'unary' || condition.operator !== '!') return locks;
    const name = calledName(condition.operand);
    if (!name?.includes('trylock') || condition.operand.kind !== 'call') return locks;
    const lock = condition.operand.args[0];
    return lock ? without(locks, this.lockText(lock)) : locks;
  }

  private expression(node: Expression, locks: Locks, isDiscarded: boolean): Locks {
    let now = locks;
    for (const part of partsOf(node)) {
      if (isStatement(part)) now = this.statement(part, now) ?? now;
      else now = this.expression(part, now, false);
    }
    if (node.kind === 'conditional') this.decisions.push({ condition: node.condition, locks: [...now.must] });
    this.steps.push({
      node,
      locks: [...now.must],
      mayLocks: [...now.may],
      under: [...this.under],
      isDiscarded,
    });
    return node.kind === 'call' ? this.afterCall(node.callee, node.args, now) : now;
  }

  private afterCall(callee: Expression, args: readonly Expression[], locks: Locks): Locks {
    const first = args[0];
    if (!first) return locks;
    // guard(mutex)(&lock): held to the end of the scope, which for our purpose is the function's.
    if (callee.kind === 'call' && calledName(callee) === 'guard') return with_(locks, this.lockText(first));
    if (callee.kind !== 'name') return locks;
    if (ACQUIRES.has(callee.name) || ASSERTS_HELD.has(callee.name)) return with_(locks, this.lockText(first));
    return RELEASES.has(callee.name) ? without(locks, this.lockText(first)) : locks;
  }

  private lockText(node: Expression): string {
    return this.textOf(node).replace(/\s+/g, '');
  }
}

function isStatement(node: AnyNode): node is Statement {
  return node.kind === 'compound';
}

function with_({ must, may }: Locks, lock: string): Locks {
  return { must: new Set([...must, lock]), may: new Set([...may, lock]) };
}

function without({ must, may }: Locks, lock: string): Locks {
  const rest = (locks: ReadonlySet<string>): ReadonlySet<string> =>
    new Set([...locks].filter((each) => each !== lock));
  return { must: rest(must), may: rest(may) };
}

/** What is held where two ways meet; null stands for a way that does not come. */
function meet(a: Locks | null, b: Locks | null): Locks | null {
  if (!a || !b) return a ?? b;
  const must = new Set([...a.must].filter((lock) => b.must.has(lock)));
  return { must, may: new Set([...a.may, ...b.may]) };
}
