/** Reads statements: the body of a function, of a loop, of a statement expression. */
import type { Block, Declarator, Expression, Statement } from './ast.js';
import type { Parsed } from './node.js';
import { ExpressionReader } from './read-expressions.js';
import { readDefinition } from './read-members.js';
import { readBaseType, readDeclarator } from './read-types.js';

/** Reads a `compound_statement`. */
export function readBlock(parsed: Parsed, node: number): Block {
  return new StatementReader(parsed).block(node);
}

/** Reads one expression, for initialisers outside of functions. */
export function readExpression(parsed: Parsed, node: number): Expression {
  return new ExpressionReader(parsed, readBlock).read(node);
}

/** The names that one declaration declares. */
export function readDeclarators(parsed: Parsed, node: number): Declarator[] {
  const base = readBaseType(parsed, node);
  return parsed.fields(node, 'declarator').map((child) => {
    const span = parsed.span(child);
    const isInit = parsed.kind(child) === 'init_declarator';
    const value = isInit ? parsed.field(child, 'value') : null;
    const declared = readDeclarator(parsed, isInit ? parsed.field(child, 'declarator') : child, base, span);
    return { ...span, ...declared, initial: value === null ? null : readExpression(parsed, value) };
  });
}

class StatementReader {
  private readonly expressions: ExpressionReader;

  constructor(private readonly parsed: Parsed) {
    this.expressions = new ExpressionReader(parsed, readBlock);
  }

  block(node: number): Block {
    const statements = this.parsed.named(node).map((child) => this.read(child));
    return { ...this.parsed.span(node), kind: 'compound', statements };
  }

  read(node: number): Statement {
    const { parsed } = this;
    if (!parsed.enter()) return { ...parsed.span(node), kind: 'opaque-statement', reason: 'nested too deep' };
    const statement = this.readHere(node);
    parsed.leave();
    return statement;
  }

  private readHere(node: number): Statement {
    const { parsed } = this;
    const { start, end } = parsed.span(node);
    switch (parsed.kind(node)) {
      case 'compound_statement':
        return this.block(node);
      case 'declaration': {
        const isStatic = parsed.says(node, 'static');
        const declarators = readDeclarators(parsed, node);
        return { start, end, kind: 'declaration', declarators, isStatic, defines: null };
      }
      case 'expression_statement': {
        const child = parsed.named(node)[0];
        if (child === undefined) return { start, end, kind: 'empty' };
        return { start, end, kind: 'expression', expression: this.expressions.read(child) };
      }
      case 'return_statement': {
        const child = parsed.named(node)[0];
        return {
          start,
          end,
          kind: 'return',
          value: child === undefined ? null : this.expressions.read(child),
        };
      }
      case 'goto_statement':
        return { start, end, kind: 'goto', label: this.textOf(node, 'label') };
      case 'break_statement':
        return { start, end, kind: 'break' };
      case 'continue_statement':
        return { start, end, kind: 'continue' };
      default:
        return this.branching(node);
    }
  }

  private branching(node: number): Statement {
    const { parsed } = this;
    const { start, end } = parsed.span(node);
    switch (parsed.kind(node)) {
      case 'if_statement':
        return {
          start,
          end,
          kind: 'if',
          condition: this.expression(node, 'condition'),
          consequence: this.statement(node, 'consequence'),
          alternative: this.alternative(node),
        };
      case 'while_statement':
        return this.whileLoop(node);
      case 'do_statement':
        return {
          start,
          end,
          kind: 'loop',
          form: 'do',
          header: [this.expression(node, 'condition')],
          parts: null,
          body: this.statement(node, 'body'),
        };
      case 'for_statement':
        return this.forLoop(node);
      case 'switch_statement':
        return {
          start,
          end,
          kind: 'switch',
          subject: this.expression(node, 'condition'),
          body: this.statement(node, 'body'),
        };
      case 'case_statement':
        return this.caseOf(node);
      case 'labeled_statement':
        return this.labelled(node);
      case 'struct_specifier':
      case 'union_specifier':
      case 'enum_specifier':
        if (parsed.field(node, 'body') === null) return { start, end, kind: 'empty' };
        return {
          start,
          end,
          kind: 'declaration',
          declarators: [],
          isStatic: false,
          defines: readDefinition(parsed, node),
        };
      case 'type_definition':
      case 'attributed_statement':
        // A type of the function's own declares no object.
        return { start, end, kind: 'empty' };
      default:
        return {
          start,
          end,
          kind: 'opaque-statement',
          reason: `cannot read ${parsed.kind(node).replaceAll('_', ' ')}`,
        };
    }
  }

  private labelled(node: number): Statement {
    const body = this.parsed.named(node)[1];
    return {
      ...this.parsed.span(node),
      kind: 'label',
      name: this.textOf(node, 'label'),
      body: body === undefined ? null : this.read(body),
    };
  }

  private alternative(node: number): Statement | null {
    const clause = this.parsed.field(node, 'alternative');
    if (clause === null) return null;
    if (this.parsed.kind(clause) !== 'else_clause') return this.read(clause);
    const inner = this.parsed.named(clause)[0];
    return inner === undefined ? null : this.read(inner);
  }

  private whileLoop(node: number): Statement {
    const condition = this.expression(node, 'condition');
    const macro = this.parsed.markOf(node, 'loop');
    const header = macro && condition.kind === 'comma' ? condition.items : [condition];
    return {
      ...this.parsed.span(node),
      kind: 'loop',
      form: macro?.name ?? 'while',
      header,
      parts: null,
      body: this.statement(node, 'body'),
    };
  }

  private forLoop(node: number): Statement {
    const { parsed } = this;
    const part = (name: string): Expression | null => {
      const child = parsed.field(node, name);
      return child === null ? null : this.expressions.read(child);
    };
    const first = parsed.field(node, 'initializer');
    const isDeclaration = first !== null && parsed.kind(first) === 'declaration';
    const initial = isDeclaration ? this.read(first) : part('initializer');
    const parts = { initial, condition: part('condition'), update: part('update') };
    const header = [initial, parts.condition, parts.update].filter((each) => each !== null);
    const body = this.statement(node, 'body');
    return { ...parsed.span(node), kind: 'loop', form: 'for', header, parts, body };
  }

  private caseOf(node: number): Statement {
    const { parsed } = this;
    const value = parsed.field(node, 'value');
    const body = parsed.named(node).filter((child) => child !== value);
    return {
      ...parsed.span(node),
      kind: 'case',
      value: value === null ? null : this.expressions.read(value),
      body: body.map((child) => this.read(child)),
    };
  }

  private expression(node: number, field: string): Expression {
    const child = this.parsed.field(node, field);
    if (child === null) return { ...this.parsed.span(node), kind: 'opaque', reason: `no ${field}` };
    return this.expressions.read(child);
  }

  private statement(node: number, field: string): Statement {
    const child = this.parsed.field(node, field);
    if (child === null) return { ...this.parsed.span(node), kind: 'opaque-statement', reason: `no ${field}` };
    return this.read(child);
  }

  private textOf(node: number, field: string): string {
    const child = this.parsed.field(node, field);
    return child === null ? '' : this.parsed.textOf(child);
  }
}
