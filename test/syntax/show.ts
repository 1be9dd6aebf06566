/** Prints the tree of a text in short strings: expressions fully parenthesised, statements by kind, items by signature. */
import type {
  Block,
  CFile,
  CType,
  Expression,
  Initializer,
  Item,
  Parameter,
  Statement,
} from '../../server/src/syntax/index.js';

/** `const struct foo **[]`, `int(int, char *)`, `void (*)(int)`; names are left out. */
export function showType(type: CType): string {
  const base = `${type.isConst ? 'const ' : ''}${type.base}${type.pointers ? ` ${'*'.repeat(type.pointers)}` : ''}`;
  const list = type.parameters === null ? '' : `(${type.parameters.map(showParameter).join(', ')})`;
  return `${base}${type.isFunctionPointer ? ' (*)' : ''}${list}${type.isArray ? '[]' : ''}`;
}

function showParameter({ name, type }: Parameter): string {
  return name ? `${showType(type)} ${name}` : showType(type);
}

export function showExpression(e: Expression): string {
  switch (e.kind) {
    case 'name':
      return e.name;
    case 'literal':
      return e.text;
    case 'member':
      return `${showExpression(e.object)}${e.isArrow ? '->' : '.'}${e.name}`;
    case 'index':
      return `${showExpression(e.object)}[${showExpression(e.index)}]`;
    case 'call':
      return `${showExpression(e.callee)}(${e.args.map(showExpression).join(', ')})`;
    case 'unary':
      return `(${e.operator}${showExpression(e.operand)})`;
    case 'update':
      return e.isPrefix
        ? `(${e.operator}${showExpression(e.operand)})`
        : `(${showExpression(e.operand)}${e.operator})`;
    case 'binary':
      return `(${showExpression(e.left)} ${e.operator} ${showExpression(e.right)})`;
    case 'assign':
      return `(${showExpression(e.target)} ${e.operator} ${showExpression(e.value)})`;
    case 'conditional':
      return `(${showExpression(e.condition)} ? ${e.consequence ? showExpression(e.consequence) : ''} : ${showExpression(e.alternative)})`;
    case 'cast':
      return `<${showType(e.type)}>${showExpression(e.operand)}`;
    case 'sizeof':
      return `sizeof ${e.type ? `<${showType(e.type)}>` : e.operand ? showExpression(e.operand) : '?'}`;
    case 'comma':
      return `(${e.items.map(showExpression).join(', ')})`;
    case 'initializers':
      return `${e.type ? `<${showType(e.type)}>` : ''}{${e.entries.map(showEntry).join(', ')}}`;
    case 'block':
      return `(${showStatement(e.body)})`;
    case 'opaque':
      return `?${e.reason}?`;
  }
}

function showEntry({ member, value }: Initializer): string {
  return member ? `.${member}=${showExpression(value)}` : showExpression(value);
}

/** Statements on one line. */
export function showStatement(s: Statement): string {
  switch (s.kind) {
    case 'declaration': {
      const names = s.declarators.map(({ name, type, initial }) => {
        return `${name}: ${showType(type)}${initial ? ` = ${showExpression(initial)}` : ''}`;
      });
      return `${s.isStatic ? 'static ' : ''}var ${names.join(', ')};`;
    }
    case 'expression':
      return `${showExpression(s.expression)};`;
    case 'if':
      return `if ${showExpression(s.condition)} ${showStatement(s.consequence)}${
        s.alternative ? ` else ${showStatement(s.alternative)}` : ''
      }`;
    case 'loop':
      return `${s.form}(${s.header.map(showPart).join(' | ')}) ${showStatement(s.body)}`;
    case 'switch':
      return `switch ${showExpression(s.subject)} ${showStatement(s.body)}`;
    case 'case':
      return `${s.value ? `case ${showExpression(s.value)}` : 'default'}: ${s.body.map(showStatement).join(' ')}`.trimEnd();
    case 'return':
      return s.value ? `return ${showExpression(s.value)};` : 'return;';
    case 'goto':
      return `goto ${s.label};`;
    case 'label':
      return `${s.name}: ${s.body ? showStatement(s.body) : ''}`.trimEnd();
    case 'break':
    case 'continue':
      return `${s.kind};`;
    case 'empty':
      return ';';
    case 'compound':
      return s.statements.length === 0 ? '{}' : `{ ${s.statements.map(showStatement).join(' ')} }`;
    case 'opaque-statement':
      return `?${s.reason}?`;
  }
}

const STATEMENTS = new Set<string>(['declaration', 'expression', 'compound']);

function showPart(part: Expression | Statement): string {
  return STATEMENTS.has(part.kind) ? showStatement(part as Statement) : showExpression(part as Expression);
}

/** The statements of a function's body, without its braces. */
export function showBody({ statements }: Block): string {
  return statements.map(showStatement).join(' ');
}

/** One line for each item: kind, name, and what else there is to say. */
export function showItem(item: Item): string {
  const marks = item.attributes.map(({ name }) => ` @${name}`).join('');
  const missing = item.missing.length > 0 ? ` -${item.missing.join('-')}` : '';
  return `${showHead(item)}${marks}${missing}`;
}

function showHead(item: Item): string {
  switch (item.kind) {
    case 'function': {
      const words = `${item.isStatic ? 'static ' : ''}${item.isInline ? 'inline ' : ''}`;
      const list = item.parameters.map(showParameter).join(', ');
      return `${words}fn ${item.name}(${list}): ${showType(item.returns)}${item.bodySpan ? '' : ';'}`;
    }
    case 'struct':
    case 'union': {
      const fields = item.fields.map(({ name, type, within }) => {
        return `${within.map((each) => `${each}/`).join('')}${name}: ${showType(type)}`;
      });
      return `${item.kind} ${item.name} {${fields.join(', ')}}`;
    }
    case 'enum':
      return `enum ${item.name} {${item.members.map(({ name }) => name).join(', ')}}`;
    case 'variable': {
      const words = `${item.isStatic ? 'static ' : ''}${item.isExtern ? 'extern ' : ''}`;
      return `${words}var ${item.name}: ${showType(item.type)}${item.initial ? ` = ${showExpression(item.initial)}` : ''}`;
    }
    case 'typedef':
      return `typedef ${item.name}: ${showType(item.type)}`;
    case 'macro':
      return `macro ${item.name}${item.parameters ? `(${item.parameters.join(', ')})` : ''}`;
    case 'include':
      return `include ${item.isLocal ? `"${item.name}"` : `<${item.name}>`}`;
    case 'invocation':
      return `${item.name}(${item.args.join(', ')})`;
  }
}

export function showItems({ items }: CFile): string[] {
  return items.map(showItem);
}
