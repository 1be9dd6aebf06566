/**
 * What one function does with values: which expression ends up in which
 * variable, which texts name the same object, what is stored where. Order is
 * not looked at, so two names may be taken for one when they never are at the
 * same time, never the other way round.
 */
import { calledName, type Expression } from '../syntax/index.js';
import type { Flow } from './flow.js';
import { SAME_AS_ARGUMENT, STORES, TYPED_BY_ARGUMENT } from './kernel-types.table.js';
import type { Reading } from './reading.js';
import type { Scope } from './scope.js';

/** A value put into a member, a variable or through a pointer. */
export interface Store {
  /** The whole assignment. */
  readonly node: Expression;
  readonly target: Expression;
  /** As one would write it; `target` may not stand in the text like that. */
  readonly targetText: string;
  readonly value: Expression;
}

/** The expressions that `value` may be, seen through casts, `?:`, READ_ONCE() and container_of(). */
export function leavesOf(value: Expression): readonly Expression[] {
  switch (value.kind) {
    case 'cast':
      return leavesOf(value.operand);
    case 'conditional':
      return [...leavesOf(value.consequence ?? value.condition), ...leavesOf(value.alternative)];
    case 'comma':
      return value.items.length > 0 ? leavesOf(value.items.at(-1)!) : [value];
    case 'assign':
      return leavesOf(value.value);
    case 'call': {
      const name = calledName(value);
      const first = value.args[0];
      const isSame =
        name !== null &&
        (SAME_AS_ARGUMENT.has(name) || (TYPED_BY_ARGUMENT.has(name) && !name.startsWith('list_')));
      return isSame && first ? leavesOf(first) : [value];
    }
    default:
      return [value];
  }
}

export class Values {
  private readonly results = new Map<Expression, string>();
  private readonly texts = new Map<Expression, string>();
  private readonly joined = new Map<string, string>();

  constructor(
    private readonly scope: Scope,
    private readonly reading: Reading,
    private readonly domains: ReadonlySet<string>,
  ) {
    for (const node of reading.nodes) {
      if (node.kind === 'assign' && node.operator === '=') this.into(node.target, node.value);
      if (node.kind === 'declaration') {
        for (const each of node.declarators) if (each.initial) this.named(each.name, each.initial);
      }
    }
  }

  private into(target: Expression, value: Expression): void {
    if (target.kind === 'name' || target.kind === 'member') this.named(this.plain(target), value);
  }

  private named(text: string, value: Expression): void {
    for (const leaf of leavesOf(value)) {
      this.results.set(leaf, text);
      const same = this.sameObject(leaf);
      if (same !== null) this.join(text, same);
    }
  }

  /** The text of what `leaf` is one object with, or null for the value of a call and the like. */
  private sameObject(leaf: Expression): string | null {
    if (leaf.kind === 'name') return /^[A-Z_0-9]+$/.test(leaf.name) ? null : leaf.name;
    if (leaf.kind === 'member') return this.plain(leaf);
    const around = this.aroundDomain(leaf);
    return around === null ? null : this.plain(around);
  }

  /** `&td->domain` and `to_toy_domain(d)`: the same domain, seen from inside or outside. */
  private aroundDomain(leaf: Expression): Expression | null {
    if (leaf.kind === 'unary' && leaf.operator === '&' && leaf.operand.kind === 'member') {
      const { base, pointers } = this.scope.typeOf(leaf.operand);
      return pointers === 0 && this.domains.has(base) ? leaf.operand.object : null;
    }
    const [only] = leaf.kind === 'call' ? leaf.args : [];
    if (leaf.kind !== 'call' || leaf.args.length !== 1 || !only || !this.isDomain(only)) return null;
    return this.isDomain(leaf) || this.scope.typeOf(leaf).base === '' ? only : null;
  }

  private isDomain(value: Expression): boolean {
    const { base, pointers } = this.scope.typeOf(value);
    return pointers === 1 && this.domains.has(base);
  }

  private join(a: string, b: string): void {
    const one = this.leader(a);
    const other = this.leader(b);
    if (one !== other) this.joined.set(one, other);
  }

  private leader(text: string): string {
    let at = text;
    for (let next = this.joined.get(at); next !== undefined; next = this.joined.get(at)) at = next;
    return at;
  }

  /** The text of an expression without white space. */
  plain(node: Expression): string {
    let text = this.texts.get(node);
    if (text === undefined) {
      text = this.reading.text(node).replace(/\s+/g, '');
      this.texts.set(node, text);
    }
    return text;
  }

  /** Whether two texts may name one object. */
  areSame(a: string, b: string): boolean {
    return a === b || this.leader(a) === this.leader(b);
  }

  /** Whether an expression is, or may be, the object that `text` names. */
  mayBe(value: Expression, text: string): boolean {
    return leavesOf(value).some((leaf) => {
      const same = this.sameObject(leaf);
      return same !== null && this.areSame(same, text);
    });
  }

  /** The variable or member that the value of an expression is assigned to. */
  resultOf(value: Expression): string | null {
    return this.results.get(value) ?? null;
  }
}

/** All stores of a function, compound literals taken apart. */
export function storesOf(flow: Flow, textOf: (node: Expression) => string): readonly Store[] {
  return flow.steps.flatMap(({ node }): Store[] => {
    if (node.kind === 'assign' && node.operator === '=')
      return storesInto(node, node.target, node.value, textOf);
    const name = calledName(node);
    const row = name === null ? undefined : STORES.get(name);
    if (!row || node.kind !== 'call') return [];
    const [place, value] = node.args;
    if (!place || !value) return [];
    const isAddress = place.kind === 'unary' && place.operator === '&';
    if (row.throughPointer && !isAddress) return [];
    return storesInto(node, row.throughPointer && isAddress ? place.operand : place, value, textOf);
  });
}

function storesInto(
  node: Expression,
  target: Expression,
  value: Expression,
  textOf: (node: Expression) => string,
): Store[] {
  if (value.kind !== 'initializers') return [{ node, target, targetText: textOf(target), value }];
  const isThrough = target.kind === 'unary' && target.operator === '*';
  const object = isThrough ? target.operand : target;
  return value.entries.flatMap((entry): Store[] => {
    if (entry.member === '') return [];
    const { start, end } = entry;
    const member: Expression = {
      ...{ kind: 'member', object, name: entry.member, nameSpan: { start, end }, isArrow: isThrough },
      ...{ start, end },
    };
    const targetText = `${textOf(object)}${isThrough ? '->' : '.'}${entry.member}`;
    // The entry is what stands on the line of the fault.
    return [{ node: { ...node, start, end }, target: member, targetText, value: entry.value }];
  });
}
