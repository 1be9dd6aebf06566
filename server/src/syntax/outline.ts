/**
 * The top-level items of a text: structs with their fields, functions, ops
 * tables and other variables, macros. Bodies of functions are read later, and
 * only when somebody asks (c-file.ts).
 */
import { contains, type Span } from '../base/index.js';
import type { FunctionItem, InvocationItem, Item, MacroItem, Missing, VariableItem } from './ast.js';
import { splitArguments } from './lexing.js';
import type { Parsed } from './node.js';
import { readDefinition } from './read-members.js';
import { readDeclarators, readExpression } from './read-statements.js';
import { isTagged, readBaseType, readDeclarator } from './read-types.js';
import type { Mark } from './sheet.js';

/** Text that stands in for what a fragment does not show, and what of an item it replaces. */
export interface StandIn extends Span {
  readonly for: Missing;
}

const INLINE = ['inline', '__inline', '__inline__'];

type Common = Pick<Item, 'start' | 'end' | 'attributes' | 'missing'>;

/** Reads the outline. */
export function readOutline(parsed: Parsed, standIns: readonly StandIn[]): Item[] {
  const reader = new OutlineReader(parsed, standIns);
  const items = reader.items(0);
  const masked = [...reader.maskedInvocations(), ...reader.macrosWithin()];
  return masked.length === 0 ? items : [...items, ...masked].sort((a, b) => a.start - b.start);
}

/** The common part of an item without the annotations inside of `part`, which belong to what stands there. */
function withoutAttributesOf(common: Common, part: Span | null): Common {
  if (part === null || common.attributes.length === 0) return common;
  return { ...common, attributes: common.attributes.filter((each) => !contains(part, each)) };
}

/** The parameters of a macro, read off the original: the mask hides the name of `args...`. */
function macroParameters(list: string): string[] {
  const words = list.replace(/\/\*[\s\S]*?\*\/|[\\\s()]/g, '');
  return words === '' ? [] : words.split(',');
}

class OutlineReader {
  private readonly annotations;

  constructor(
    private readonly parsed: Parsed,
    private readonly standIns: readonly StandIn[],
  ) {
    this.annotations = parsed.marks.filter((mark) => mark.kind === 'annotation');
  }

  /** `#define` inside of a struct or a function is hidden from the grammar, but defines as any other does. */
  macrosWithin(): MacroItem[] {
    return this.parsed.marks.flatMap((mark): MacroItem[] => {
      if (mark.kind !== 'directive' || mark.name !== 'define') return [];
      const match = /^#[ \t]*define[ \t]+(\w+)(\([^)]*\))?[ \t]*/.exec(
        this.parsed.slice(mark.start, mark.end),
      );
      if (!match) return [];
      const [head, name = '', list] = match;
      const start = mark.start + head.indexOf(name, head.indexOf('define') + 6);
      return [
        {
          ...{ kind: 'macro', name, nameSpan: { start, end: start + name.length } },
          ...{ start: mark.start, end: mark.end, attributes: [], missing: [] },
          parameters: list === undefined ? null : macroParameters(list),
          bodySpan: { start: mark.start + head.length, end: mark.end },
        },
      ];
    });
  }

  /** Macro calls between items that the grammar was not shown. */
  maskedInvocations(): InvocationItem[] {
    return this.parsed.marks.filter(({ kind }) => kind === 'invocation').map((mark) => this.masked(mark));
  }

  private masked({ name, start, end }: Mark): InvocationItem {
    const text = this.parsed.slice(start, end);
    const spans = splitArguments(text, text.indexOf('('), text.length - 1);
    const args = spans.map((span) => text.slice(span.start, span.end));
    return {
      ...this.commonOf({ start, end }),
      kind: 'invocation',
      name,
      nameSpan: { start, end: start + name.length },
      args: args.length === 1 && args[0] === '' ? [] : args,
    };
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
    return this.commonOf(this.parsed.span(node));
  }

  private commonOf(span: Span): Common {
    let start = span.start;
    const attributes = [];
    for (let at = this.firstMarkBefore(span.end); at >= 0; at--) {
      const mark = this.annotations[at]!;
      const touches = mark.end >= start || !/\S/.test(this.parsed.slice(mark.end, start));
      if (!touches) break;
      attributes.unshift({ name: mark.name, start: mark.start, end: mark.end });
      start = Math.min(start, mark.start);
    }
    const { end } = span;
    return {
      start,
      end,
      attributes,
      missing: this.standIns.length === 0 ? [] : this.missingIn({ start, end }),
    };
  }

  private missingIn(span: Span): Missing[] {
    // The brace that closes a struct may stand in with the semicolon behind it.
    const inside = this.standIns.filter(({ start, end }) => start < span.end && end > span.start);
    return [...new Set(inside.map((standIn) => standIn.for))];
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
    const declarator = parsed.field(node, 'declarator');
    const declared = readDeclarator(parsed, declarator, readBaseType(parsed, node), common);
    const body = parsed.field(node, 'body');
    if (declared.type.parameters === null || body === null) return [];
    const own = withoutAttributesOf(common, this.parametersOf(declarator));
    return [...this.specifier(node), this.functionItem(node, own, declared, parsed.span(body))];
  }

  /** The parameter list of a function's declarator, however deep in pointers it lies. */
  private parametersOf(declarator: number | null): Span | null {
    for (let now = declarator; now !== null; now = this.parsed.field(now, 'declarator')) {
      const list = this.parsed.field(now, 'parameters');
      if (list !== null) return this.parsed.span(list);
    }
    return null;
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
      isStatic: this.parsed.says(node, 'static'),
      isInline: INLINE.some((word) => this.parsed.says(node, word)),
      returns: { ...declared.type, parameters: null },
      parameters: declared.type.parameters ?? [],
      bodySpan,
    };
  }

  private declared(node: number): Item[] {
    const common = withoutAttributesOf(this.common(node), this.typeBody(node));
    const declarators = this.parsed.fields(node, 'declarator');
    return readDeclarators(this.parsed, node).map((declared, index): Item => {
      if (declared.type.parameters && !declared.type.isFunctionPointer && !declared.initial) {
        const own = withoutAttributesOf(common, this.parametersOf(declarators[index] ?? null));
        return this.functionItem(node, own, declared, null);
      }
      const variable: VariableItem = {
        ...withoutAttributesOf(common, declared.initial),
        kind: 'variable',
        name: declared.name,
        nameSpan: declared.nameSpan,
        type: declared.type,
        isStatic: this.parsed.says(node, 'static'),
        isExtern: this.parsed.says(node, 'extern'),
        initial: declared.initial,
      };
      return variable;
    });
  }

  /** The struct or enum that a declaration, a typedef or a function's return type defines on its way. */
  private specifier(node: number): Item[] {
    const type = this.parsed.field(node, 'type');
    return type !== null && isTagged(this.parsed.kind(type)) ? this.typeItem(type, node) : [];
  }

  /** The braces of the struct or enum that a declaration defines on its way. */
  private typeBody(node: number): Span | null {
    const type = this.parsed.field(node, 'type');
    const body = type === null ? null : this.parsed.field(type, 'body');
    return body === null ? null : this.parsed.span(body);
  }

  private typeItem(node: number, around: number): Item[] {
    const body = this.parsed.field(node, 'body');
    if (body === null) return [];
    const definition = readDefinition(this.parsed, node);
    const common = this.common(around);
    const leading = common.attributes.filter(({ end }) => end <= this.parsed.span(node).start);
    const item = { ...definition, ...common, attributes: [...leading, ...definition.attributes] };
    return item.kind === 'enum' ? [item] : [item, ...this.nestedTypes(body)];
  }

  private nestedTypes(body: number): Item[] {
    return this.parsed.named(body).flatMap((child) => {
      const type = this.parsed.field(child, 'type');
      if (type === null || this.parsed.field(type, 'name') === null) return [];
      return this.specifier(child);
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
        parameters: list === null ? null : macroParameters(parsed.textOf(list)),
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
