/** Finds in a body what the kernel has a name for (idioms.table.ts), and says it with that name. */
import {
  type AnyNode,
  CFile,
  type CType,
  calledName,
  type Expression,
  type Statement,
} from '../syntax/index.js';
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
  /** Whether both are right, and one only shorter. */
  readonly isMatterOfTaste: boolean;
}

interface Idiom {
  readonly row: IdiomRow;
  readonly pattern: Expression;
}

let read: ReadonlyMap<string, readonly Idiom[]> | null = null;

/** The patterns by what stands at their top, parsed when the first body is looked at. */
function idioms(): ReadonlyMap<string, readonly Idiom[]> {
  if (read) return read;
  const byTop = new Map<string, Idiom[]>();
  for (const row of IDIOMS) {
    const file = new CFile(`void pattern(void)\n{\n\treturn ${row.pattern};\n}\n`);
    const item = file.items.find((each) => each.kind === 'function');
    const [only] = item?.kind === 'function' ? (file.bodyOf(item)?.statements ?? []) : [];
    if (only?.kind !== 'return' || !only.value) continue;
    const top = topOf(only.value);
    const same = byTop.get(top) ?? [];
    byTop.set(top, same);
    same.push({ row, pattern: only.value });
  }
  read = byTop;
  return read;
}

/** What two expressions that match have in common, told without looking below. */
function topOf(node: Expression): string {
  switch (node.kind) {
    case 'call':
      return `call ${calledName(node) ?? ''}`;
    case 'member':
      return `member ${node.name}`;
    case 'unary':
    case 'binary':
      return `${node.kind} ${node.operator}`;
    default:
      return node.kind;
  }
}

const NONE: readonly Idiom[] = [];

export function idiomsIn(body: Body): IdiomFact[] {
  const found = body.kept(idiomsIn, () => {
    // What reads a value cannot stand where one is stored.
    const written = new Set<AnyNode>(
      body.reading.nodes.flatMap((node) => (node.kind === 'assign' ? [node.target] : [])),
    );
    return body.reading.nodes.flatMap((node) => {
      if (isStatement(node) || written.has(node)) return [];
      for (const { row, pattern } of idioms().get(topOf(node)) ?? NONE) {
        const bound = new Map<string, string>();
        const parts = new Map<string, Expression>();
        if (!new Matcher(body, bound, parts).matches(pattern, node)) continue;
        if (row.of !== undefined && !isReadOf(row.of, node, body)) continue;
        if (row.varies !== undefined && isConstant(parts.get(row.varies))) continue;
        if (!areOfTypes(row.types, parts, body)) continue;
        const instead = row.instead.replace(/_[a-z]\b/g, (name) => bound.get(name) ?? name);
        return [
          {
            node,
            name: /\w+/.exec(instead)?.[0] ?? '',
            instead,
            because: row.because,
            isOfOption: row.of !== undefined,
            isMatterOfTaste: row.isMatterOfTaste ?? false,
          },
        ];
      }
      return [];
    });
  });
  return found
    .filter(({ name }) => name !== body.fn.item.name)
    .map(({ node, ...rest }) => ({ ...rest, spot: body.spot(node) }));
}

/** A number, or a name in capitals, as macros and enumerators have. */
function isConstant(node: Expression | undefined): boolean {
  return node?.kind === 'literal' || (node?.kind === 'name' && /^[A-Z][A-Z0-9_]*$/.test(node.name));
}

/** Whether what stands for the free names is of the types that the row asks for. */
function areOfTypes(
  types: IdiomRow['types'],
  parts: ReadonlyMap<string, Expression>,
  { scope }: Body,
): boolean {
  return Object.entries(types ?? {}).every(([name, type]) => {
    const part = parts.get(name);
    const { base, pointers } = part ? scope.typeOf(part) : { base: '', pointers: 0 };
    return `${base}${pointers > 0 ? ` ${'*'.repeat(pointers)}` : ''}` === type;
  });
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
    private readonly parts: Map<string, Expression>,
  ) {}

  matches(pattern: Expression, node: Expression): boolean {
    if (pattern.kind === 'name' && isFree(pattern.name)) {
      this.parts.set(pattern.name, node);
      return this.bind(pattern.name, this.body.text(node));
    }
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
    if (pattern.type && node.type)
      return pattern.type.base === node.type.base && pattern.type.pointers === node.type.pointers;
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
