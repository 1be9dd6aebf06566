/** Finds in a body what the kernel has a name for (idioms.table.ts), and says it with that name. */
import { CFile, type CType, type Expression, type Statement } from '../syntax/index.js';
import type { Body } from './body.js';
import { IDIOMS, type IdiomRow } from './idioms.table.js';
import type { Spot } from './program.js';

export interface IdiomFact {
  /** The function or macro that does it. */
  readonly name: string;
  readonly spot: Spot;
  /** The call, with what stands in the code as arguments. */
  readonly instead: string;
  readonly because: string;
  /** Whether it is a member that is not there under every configuration. */
  readonly isOfOption: boolean;
}

interface Idiom {
  readonly row: IdiomRow;
  readonly pattern: Expression;
}

let read: readonly Idiom[] | null = null;

/** The patterns, parsed when the first body is looked at. */
function idioms(): readonly Idiom[] {
  read ??= IDIOMS.flatMap((row): Idiom[] => {
    const file = new CFile(`void pattern(void)\n{\n\treturn ${row.pattern};\n}\n`);
    const item = file.items.find((each) => each.kind === 'function');
    const [only] = item?.kind === 'function' ? (file.bodyOf(item)?.statements ?? []) : [];
    return only?.kind === 'return' && only.value ? [{ row, pattern: only.value }] : [];
  });
  return read;
}

export function idiomsIn(body: Body): IdiomFact[] {
  const found = body.kept(idiomsIn, () =>
    body.reading.nodes.flatMap((node) => {
      if (isStatement(node)) return [];
      for (const { row, pattern } of idioms()) {
        // Two of a kind with the same shape at the top: everything else fails at once.
        if (pattern.kind !== node.kind) continue;
        const bound = new Map<string, string>();
        if (!new Matcher(body, bound).matches(pattern, node)) continue;
        if (row.of !== undefined && !isReadOf(row.of, node, body)) continue;
        const instead = row.instead.replace(/_[a-z]\b/g, (name) => bound.get(name) ?? name);
        return [
          {
            node,
            name: /\w+/.exec(instead)?.[0] ?? '',
            instead,
            because: row.because,
            isOfOption: row.of !== undefined,
          },
        ];
      }
      return [];
    }),
  );
  return found
    .filter(({ name }) => name !== body.fn.item.name)
    .map(({ node, ...rest }) => ({ ...rest, spot: body.spot(node) }));
}

/** Whether a member of such a struct is read there, and not set. */
function isReadOf(struct: string, node: Expression, body: Body): boolean {
  if (node.kind !== 'member' || body.scope.typeOf(node.object).base !== struct) return false;
  return !body.reading.nodes.some(
    (each) =>
      (each.kind === 'assign' && each.target === node) ||
      (each.kind === 'unary' && each.operator === '&' && each.operand === node),
  );
}

function isStatement(node: Expression | Statement): node is Statement {
  return STATEMENTS.has(node.kind);
}

const STATEMENTS: ReadonlySet<string> = new Set([
  ...['declaration', 'expression', 'if', 'loop', 'switch', 'case', 'return', 'goto', 'label', 'break'],
  ...['continue', 'empty', 'compound', 'opaque-statement'],
]);

class Matcher {
  constructor(
    private readonly body: Body,
    private readonly bound: Map<string, string>,
  ) {}

  matches(pattern: Expression, node: Expression): boolean {
    if (pattern.kind === 'name' && isFree(pattern.name)) return this.bind(pattern.name, this.body.text(node));
    switch (pattern.kind) {
      case 'name':
        return node.kind === 'name' && node.name === pattern.name;
      case 'literal':
        return node.kind === 'literal' && node.text === pattern.text;
      case 'member':
        return (
          node.kind === 'member' &&
          node.name === pattern.name &&
          node.isArrow === pattern.isArrow &&
          this.matches(pattern.object, node.object)
        );
      case 'index':
        return (
          node.kind === 'index' &&
          this.matches(pattern.object, node.object) &&
          this.matches(pattern.index, node.index)
        );
      case 'call':
        return (
          node.kind === 'call' &&
          node.args.length === pattern.args.length &&
          this.matches(pattern.callee, node.callee) &&
          pattern.args.every((each, at) => this.matches(each, node.args[at]!))
        );
      case 'unary':
        return (
          node.kind === 'unary' &&
          node.operator === pattern.operator &&
          this.matches(pattern.operand, node.operand)
        );
      case 'cast':
        return (
          node.kind === 'cast' &&
          node.type.base === pattern.type.base &&
          node.type.pointers === pattern.type.pointers &&
          this.matches(pattern.operand, node.operand)
        );
      case 'binary':
        return (
          node.kind === 'binary' &&
          node.operator === pattern.operator &&
          this.matches(pattern.left, node.left) &&
          this.matches(pattern.right, node.right)
        );
      case 'conditional':
        return (
          node.kind === 'conditional' &&
          node.consequence !== null &&
          this.matches(pattern.condition, node.condition) &&
          this.matches(pattern.consequence!, node.consequence) &&
          this.matches(pattern.alternative, node.alternative)
        );
      case 'sizeof':
        return node.kind === 'sizeof' && !node.isAlignment && this.sizes(pattern, node);
      default:
        return false;
    }
  }

  private sizes(
    pattern: { operand: Expression | null; type: CType | null },
    node: { operand: Expression | null; type: CType | null },
  ): boolean {
    const free = pattern.operand?.kind === 'name' ? pattern.operand.name : (pattern.type?.base ?? '');
    if (isFree(free)) {
      const text = node.operand
        ? this.body.text(node.operand)
        : node.type && `${node.type.base}${' *'.repeat(node.type.pointers)}`;
      return text ? this.bind(free, text.replace(/^\((.*)\)$/s, '$1')) : false;
    }
    return pattern.operand !== null && node.operand !== null && this.matches(pattern.operand, node.operand);
  }

  private bind(name: string, text: string): boolean {
    const plain = text.replace(/\s+/g, ' ');
    const known = this.bound.get(name);
    this.bound.set(name, known ?? plain);
    // Whoever computes it twice may mean two values.
    return known === undefined || known === plain;
  }
}

function isFree(name: string): boolean {
  return /^_[a-z]$/.test(name);
}
