/**
 * The top-level items of a text: structs with their fields, functions, ops
 * tables and other variables, macros. Bodies of functions are read later, and
 * only when somebody asks (c-file.ts).
 */
import type { Span } from '../base/index.js';
import type {
  EnumItem,
  Field,
  FunctionItem,
  InvocationItem,
  Item,
  Missing,
  StructItem,
  VariableItem,
} from './ast.js';
import type { Parsed } from './node.js';
import { readDeclarators, readExpression } from './read-statements.js';
import { readBaseType, readDeclarator } from './read-types.js';

/** Text that stands in for what a fragment does not show, and what of an item it replaces. */
export interface StandIn extends Span {
  readonly for: Missing;
}

type Common = Pick<Item, 'start' | 'end' | 'attributes' | 'missing' | 'errors'>;

/** Reads the outline; `bodies` receives the node of each function's body. */
export function readOutline(
  parsed: Parsed,
  standIns: readonly StandIn[],
  bodies: Map<FunctionItem, number>,
): Item[] {
  return new OutlineReader(parsed, standIns, bodies).items(0);
}

class OutlineReader {
  private readonly annotations;
  private readonly errors: readonly Span[];

  constructor(
    private readonly parsed: Parsed,
    private readonly standIns: readonly StandIn[],
    private readonly bodies: Map<FunctionItem, number>,
  ) {
    this.annotations = parsed.marks.filter((mark) => mark.kind === 'annotation');
    this.errors = parsed.tree.errors.map((node) => parsed.span(node));
  }

  items(parent: number): Item[] {
    return this.parsed.children(parent).flatMap((node) => this.item(node));
  }

  private item(node: number): Item[] {
    switch (this.parsed.kind(node)) {
      case 'function_definition':
        return this.definition(node);
      case 'declaration':
        return [...this.specifier(node), ...this.declared(node)];
      case 'struct_specifier':
      case 'union_specifier':
      case 'enum_specifier':
        return this.typeItem(node, node);
      case 'type_definition':
        return [...this.specifier(node), ...this.typedefs(node)];
      case 'preproc_def':
      case 'preproc_function_def':
        return this.macro(node);
      case 'preproc_include':
        return this.include(node);
      case 'expression_statement':
        return this.invocation(node);
      case 'ERROR':
      case 'linkage_specification':
      case 'declaration_list':
        return this.items(node);
      default:
        return [];
    }
  }

  private common(node: number): Common {
    const span = this.parsed.span(node);
    let start = span.start;
    const attributes = [];
    for (let at = this.firstMarkBefore(span.end); at >= 0; at--) {
      const mark = this.annotations[at]!;
      const touches = mark.end >= start || !/\S/.test(this.parsed.slice(mark.end, start));
      if (!touches) break;
      attributes.unshift({ name: mark.name, start: mark.start, end: mark.end });
      start = Math.min(start, mark.start);
    }
    const inside = (other: Span): boolean => other.start >= start && other.end <= span.end;
    return {
      start,
      end: span.end,
      attributes,
      missing: [...new Set(this.standIns.filter(inside).map((standIn) => standIn.for))],
      errors: this.errors.filter(inside),
    };
  }

  /** Index of the last annotation that starts before `offset`. */
  private firstMarkBefore(offset: number): number {
    let low = -1;
    let high = this.annotations.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.annotations[middle]!.start < offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private definition(node: number): Item[] {
    const { parsed } = this;
    const common = this.common(node);
    const declared = readDeclarator(
      parsed,
      parsed.field(node, 'declarator'),
      readBaseType(parsed, node),
      common,
    );
    const body = parsed.field(node, 'body');
    if (declared.type.parameters === null || body === null) return [];
    const item = this.functionItem(node, common, declared, parsed.span(body));
    this.bodies.set(item, body);
    return [...this.specifier(node), item];
  }

  private functionItem(
    node: number,
    common: Common,
    declared: ReturnType<typeof readDeclarator>,
    bodySpan: Span | null,
  ): FunctionItem {
    const head = bodySpan?.start ?? common.end;
    return {
      ...common,
      attributes: common.attributes.filter((attribute) => attribute.start < head),
      kind: 'function',
      name: declared.name,
      nameSpan: declared.nameSpan,
      isStatic: this.isSaid(node, 'static'),
      isInline: this.isSaid(node, 'inline'),
      returns: { ...declared.type, parameters: null },
      parameters: declared.type.parameters ?? [],
      bodySpan,
    };
  }

  private isSaid(node: number, word: string): boolean {
    return this.parsed.children(node).some((child) => {
      const kind = this.parsed.kind(child);
      return (
        (kind === 'storage_class_specifier' || kind === 'type_qualifier') &&
        this.parsed.textOf(child).includes(word)
      );
    });
  }

  private declared(node: number): Item[] {
    const common = this.common(node);
    return readDeclarators(this.parsed, node).map((declared): Item => {
      if (declared.type.parameters && !declared.type.isFunctionPointer && !declared.initial) {
        return this.functionItem(node, common, declared, null);
      }
      const variable: VariableItem = {
        ...common,
        kind: 'variable',
        name: declared.name,
        nameSpan: declared.nameSpan,
        type: declared.type,
        isStatic: this.isSaid(node, 'static'),
        isExtern: this.isSaid(node, 'extern'),
        initial: declared.initial,
      };
      return variable;
    });
  }

  /** The struct or enum that a declaration, a typedef or a function's return type defines on its way. */
  private specifier(node: number): Item[] {
    const type = this.parsed.field(node, 'type');
    return type !== null && /^(?:struct|union|enum)_specifier$/.test(this.parsed.kind(type))
      ? this.typeItem(type, node)
      : [];
  }

  private typeItem(node: number, around: number): Item[] {
    const { parsed } = this;
    const body = parsed.field(node, 'body');
    if (body === null) return [];
    const name = parsed.field(node, 'name');
    const common = { ...this.common(around === node ? node : node) };
    const named = { name: name === null ? '' : parsed.textOf(name), nameSpan: parsed.span(name ?? node) };
    if (parsed.kind(node) === 'enum_specifier') {
      const members = parsed.named(body).flatMap((child) => {
        const member = parsed.field(child, 'name');
        return member === null ? [] : [{ name: parsed.textOf(member), ...parsed.span(member) }];
      });
      const item: EnumItem = { ...common, ...named, kind: 'enum', members };
      return [item];
    }
    const kind = parsed.kind(node) === 'union_specifier' ? 'union' : 'struct';
    const item: StructItem = { ...common, ...named, kind, fields: this.fields(body, []) };
    return [item, ...this.nestedTypes(body)];
  }

  private nestedTypes(body: number): Item[] {
    return this.parsed.named(body).flatMap((child) => {
      const type = this.parsed.field(child, 'type');
      if (type === null || this.parsed.field(type, 'name') === null) return [];
      return this.specifier(child);
    });
  }

  private fields(body: number, within: readonly ('struct' | 'union')[]): Field[] {
    const { parsed } = this;
    return parsed.named(body).flatMap((node): Field[] => {
      if (parsed.kind(node) === 'ERROR') return this.fields(node, within);
      if (parsed.kind(node) !== 'field_declaration') return [];
      const span = parsed.span(node);
      const base = readBaseType(parsed, node);
      const declarators = parsed.fields(node, 'declarator');
      if (declarators.length > 0) {
        return declarators.map((declarator) => ({
          ...span,
          ...readDeclarator(parsed, declarator, base, span),
          within,
        }));
      }
      const type = parsed.field(node, 'type');
      const inner = type === null ? null : parsed.field(type, 'body');
      if (type === null || inner === null) return [];
      return this.fields(inner, [...within, parsed.kind(type) === 'union_specifier' ? 'union' : 'struct']);
    });
  }

  private typedefs(node: number): Item[] {
    const { parsed } = this;
    const common = this.common(node);
    const base = readBaseType(parsed, node);
    return parsed.fields(node, 'declarator').map((declarator) => ({
      ...common,
      kind: 'typedef',
      ...readDeclarator(parsed, declarator, base, common),
    }));
  }

  private macro(node: number): Item[] {
    const { parsed } = this;
    const name = parsed.field(node, 'name');
    if (name === null) return [];
    const list = parsed.field(node, 'parameters');
    const value = parsed.field(node, 'value');
    const end = parsed.span(node).end;
    return [
      {
        ...this.common(node),
        kind: 'macro',
        name: parsed.textOf(name),
        nameSpan: parsed.span(name),
        parameters: list === null ? null : parsed.named(list).map((child) => parsed.textOf(child)),
        bodySpan: value === null ? { start: end, end } : parsed.span(value),
      },
    ];
  }

  private include(node: number): Item[] {
    const path = this.parsed.field(node, 'path');
    if (path === null) return [];
    const text = this.parsed.textOf(path);
    const nameSpan = this.parsed.span(path);
    return [
      {
        ...this.common(node),
        kind: 'include',
        name: text.slice(1, -1),
        nameSpan,
        isLocal: text.startsWith('"'),
      },
    ];
  }

  private invocation(node: number): Item[] {
    const { parsed } = this;
    const inner = parsed.named(node)[0];
    if (inner === undefined || parsed.kind(inner) !== 'call_expression') return [];
    const call = readExpression(parsed, inner);
    if (call.kind !== 'call' || call.callee.kind !== 'name') return [];
    const item: InvocationItem = {
      ...this.common(node),
      kind: 'invocation',
      name: call.callee.name,
      nameSpan: { start: call.callee.start, end: call.callee.end },
      args: call.args.map((arg) => parsed.slice(arg.start, arg.end)),
    };
    return [item];
  }
}
