/** Reads expressions. Names are taken from the original text, so a masked type argument reads as it was written. */
import type { Block, Designator, Expression, Initializer } from './ast.js';
import type { Parsed } from './node.js';
import { readTypeDescriptor } from './read-types.js';

/** How an expression reads the statements of `({ … })`; given by the statement reader, which needs this file. */
type ReadBlock = (parsed: Parsed, node: number) => Block;

export class ExpressionReader {
  constructor(
    private readonly parsed: Parsed,
    private readonly readBlock: ReadBlock,
  ) {}

  read(node: number): Expression {
    const { parsed } = this;
    if (!parsed.enter()) return { ...parsed.span(node), kind: 'opaque', reason: 'nested too deep' };
    const expression = this.readHere(node);
    parsed.leave();
    return expression;
  }

  private readHere(node: number): Expression {
    const { parsed } = this;
    const { start, end } = parsed.span(node);
    switch (parsed.kind(node)) {
      case 'identifier':
      case 'field_identifier':
      case 'type_identifier':
      case 'primitive_type':
      case 'true':
      case 'false':
      case 'null':
        return { start, end, kind: 'name', name: parsed.textOf(node) };
      case 'number_literal':
      case 'string_literal':
      case 'char_literal':
      case 'concatenated_string':
        return { start, end, kind: 'literal', text: parsed.textOf(node) };
      case 'parenthesized_expression':
        return this.inner(node);
      case 'field_expression':
        return this.member(node);
      case 'call_expression':
        return this.call(node);
      case 'subscript_expression':
        return {
          start,
          end,
          kind: 'index',
          object: this.part(node, 'argument'),
          index: this.part(node, 'index'),
        };
      default:
        return this.operation(node);
    }
  }

  private operation(node: number): Expression {
    const { parsed } = this;
    const { start, end } = parsed.span(node);
    switch (parsed.kind(node)) {
      case 'pointer_expression':
      case 'unary_expression':
        return {
          start,
          end,
          kind: 'unary',
          operator: this.operator(node),
          operand: this.part(node, 'argument'),
        };
      case 'update_expression': {
        const operand = this.part(node, 'argument');
        // `(*p)++`: the operand's own span is without its parentheses.
        const isPrefix = /^(?:\+\+|--)/.test(parsed.textOf(node));
        return { start, end, kind: 'update', operator: this.operator(node), operand, isPrefix };
      }
      case 'binary_expression':
        return {
          start,
          end,
          kind: 'binary',
          operator: this.operator(node),
          left: this.part(node, 'left'),
          right: this.part(node, 'right'),
        };
      case 'assignment_expression':
        return {
          start,
          end,
          kind: 'assign',
          operator: this.operator(node),
          target: this.part(node, 'left'),
          value: this.part(node, 'right'),
        };
      case 'comma_expression':
        return { start, end, kind: 'comma', items: this.commaItems(node) };
      case 'conditional_expression':
        return {
          start,
          end,
          kind: 'conditional',
          condition: this.part(node, 'condition'),
          consequence: parsed.field(node, 'consequence') === null ? null : this.part(node, 'consequence'),
          alternative: this.part(node, 'alternative'),
        };
      default:
        return this.typed(node);
    }
  }

  private typed(node: number): Expression {
    const { parsed } = this;
    const { start, end } = parsed.span(node);
    const typeNode = parsed.field(node, 'type');
    switch (parsed.kind(node)) {
      case 'cast_expression':
        if (typeNode === null) break;
        return {
          start,
          end,
          kind: 'cast',
          type: readTypeDescriptor(parsed, typeNode),
          operand: this.part(node, 'value'),
        };
      case 'sizeof_expression':
      case 'alignof_expression':
        return {
          start,
          end,
          kind: 'sizeof',
          isAlignment: !parsed.textOf(node).startsWith('sizeof'),
          type: typeNode === null ? null : readTypeDescriptor(parsed, typeNode),
          operand: parsed.field(node, 'value') === null ? null : this.part(node, 'value'),
        };
      case 'compound_literal_expression': {
        const list = parsed.field(node, 'value');
        const type = typeNode === null ? null : readTypeDescriptor(parsed, typeNode);
        return { start, end, kind: 'initializers', type, entries: list === null ? [] : this.entries(list) };
      }
      case 'initializer_list':
        return { start, end, kind: 'initializers', type: null, entries: this.entries(node) };
      case 'compound_statement':
        return { start, end, kind: 'block', body: this.readBlock(parsed, node) };
      case 'offsetof_expression':
        return { start, end, kind: 'literal', text: parsed.textOf(node) };
    }
    return { start, end, kind: 'opaque', reason: `cannot read ${parsed.kind(node).replaceAll('_', ' ')}` };
  }

  private inner(node: number): Expression {
    const child = this.parsed.named(node).find((each) => this.parsed.kind(each) !== 'ERROR');
    if (child === undefined)
      return { ...this.parsed.span(node), kind: 'opaque', reason: 'empty parentheses' };
    return this.read(child);
  }

  private part(node: number, field: string): Expression {
    const child = this.parsed.field(node, field);
    return child === null
      ? { ...this.parsed.span(node), kind: 'opaque', reason: `no ${field}` }
      : this.read(child);
  }

  private operator(node: number): string {
    const operator = this.parsed.field(node, 'operator');
    return operator === null ? '' : this.parsed.textOf(operator);
  }

  private member(node: number): Expression {
    const name = this.parsed.field(node, 'field');
    const nameSpan = this.parsed.span(name ?? node);
    const { start, end } = this.parsed.span(node);
    return {
      start,
      end,
      kind: 'member',
      object: this.part(node, 'argument'),
      name: name === null ? '' : this.parsed.textOf(name),
      nameSpan,
      isArrow: this.operator(node) === '->',
    };
  }

  private call(node: number): Expression {
    const { parsed } = this;
    const list = parsed.field(node, 'arguments');
    const args = list === null ? [] : parsed.named(list).map((child) => this.read(child));
    const { start, end } = parsed.span(node);
    return { start, end, kind: 'call', callee: this.part(node, 'function'), args };
  }

  private commaItems(node: number): Expression[] {
    const right = this.parsed.field(node, 'right');
    const rest =
      right !== null && this.parsed.kind(right) === 'comma_expression'
        ? this.commaItems(right)
        : [this.part(node, 'right')];
    const left = this.parsed.field(node, 'left');
    const first =
      left !== null && this.parsed.kind(left) === 'comma_expression'
        ? this.commaItems(left)
        : [this.part(node, 'left')];
    return [...first, ...rest];
  }

  private entries(list: number): Initializer[] {
    return this.parsed.named(list).map((node) => {
      const { start, end } = this.parsed.span(node);
      if (this.parsed.kind(node) !== 'initializer_pair')
        return { start, end, member: '', designators: [], value: this.read(node) };
      const designators = this.parsed.fields(node, 'designator').flatMap((child) => this.designator(child));
      const [first] = designators;
      return {
        start,
        end,
        member: first?.kind === 'member' ? first.name : '',
        designators,
        value: this.part(node, 'value'),
      };
    });
  }

  private designator(node: number): Designator[] {
    const { parsed } = this;
    const named = parsed.named(node);
    switch (parsed.kind(node)) {
      case 'field_designator':
        return [{ kind: 'member', name: parsed.textOf(node).replace(/^\.\s*/, '') }];
      case 'field_identifier':
        return [{ kind: 'member', name: parsed.textOf(node) }];
      case 'subscript_designator':
        return named[0] === undefined ? [] : [{ kind: 'index', first: this.read(named[0]), last: null }];
      case 'subscript_range_designator':
        return named[0] === undefined || named[1] === undefined
          ? []
          : [{ kind: 'index', first: this.read(named[0]), last: this.read(named[1]) }];
      default:
        return [];
    }
  }
}
