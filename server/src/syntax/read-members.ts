/** Reads what a struct, union or enum is made of, wherever it is defined. */
import type { EnumItem, Field, StructItem } from './ast.js';
import type { Mark } from './mask.js';
import type { Parsed } from './node.js';
import { readExpression } from './read-statements.js';
import { readBaseType, readDeclarator } from './read-types.js';

type Kind = 'struct' | 'union';

/** Reads a specifier that has a body. Annotations are those between its braces' end and its own. */
export function readDefinition(parsed: Parsed, node: number): StructItem | EnumItem {
  const span = parsed.span(node);
  const name = parsed.field(node, 'name');
  const body = parsed.field(node, 'body') ?? node;
  const common = {
    ...span,
    name: name === null ? '' : parsed.textOf(name),
    nameSpan: parsed.span(name ?? node),
    attributes: annotationsAround(parsed, span.start, parsed.span(body).start, parsed.span(body).end),
    missing: [],
  };
  if (parsed.kind(node) === 'enum_specifier')
    return { ...common, kind: 'enum', members: enumerators(parsed, body) };
  const kind = parsed.kind(node) === 'union_specifier' ? 'union' : 'struct';
  const members = readMembers(parsed, body);
  return { ...common, kind, members, fields: flatten(members, []) };
}

/** Annotations of the head (`struct __packed {`) and those that follow the body. */
function annotationsAround(parsed: Parsed, start: number, open: number, close: number): Mark[] {
  const found: Mark[] = [];
  let past = close;
  for (const mark of parsed.annotationsFrom(start)) {
    if (mark.start < open) found.push(mark);
    else if (mark.start >= past) {
      if (/\S/.test(parsed.slice(past, mark.start))) break;
      found.push(mark);
      past = mark.end;
    }
  }
  return found;
}

function enumerators(parsed: Parsed, body: number): EnumItem['members'] {
  return parsed.named(body).flatMap((child) => {
    const member = parsed.field(child, 'name');
    if (member === null) return [];
    const value = parsed.field(child, 'value');
    return [
      {
        name: parsed.textOf(member),
        value: value === null ? null : readExpression(parsed, value),
        ...parsed.span(member),
      },
    ];
  });
}

function readMembers(parsed: Parsed, body: number): Field[] {
  return parsed.named(body).flatMap((node): Field[] => {
    if (parsed.kind(node) === 'ERROR') return readMembers(parsed, node);
    return parsed.kind(node) === 'field_declaration' ? declaredFields(parsed, node) : [];
  });
}

function declaredFields(parsed: Parsed, node: number): Field[] {
  const span = parsed.span(node);
  const base = readBaseType(parsed, node);
  const fields: Field[] = [];
  for (const child of parsed.children(node)) {
    if (parsed.isField(child, 'declarator'))
      fields.push({ ...span, ...readDeclarator(parsed, child, base, span), bits: null, within: [] });
    else if (parsed.kind(child) === 'bitfield_clause') {
      const width = parsed.named(child)[0];
      const bits = width === undefined ? null : readExpression(parsed, width);
      const last = fields.pop();
      // `unsigned : 4;` has no declarator; the field before it, if any, is another declaration's.
      fields.push({ ...(last ?? { ...span, name: '', nameSpan: span, type: base, within: [] }), bits });
    }
  }
  if (fields.length > 0 || base.definition === null || base.definition.kind === 'enum') return fields;
  return base.definition.name === ''
    ? [{ ...span, name: '', nameSpan: span, type: base, bits: null, within: [] }]
    : [];
}

function flatten(members: readonly Field[], within: readonly Kind[]): Field[] {
  return members.flatMap((member): Field[] => {
    const inner = member.type.definition;
    if (member.name !== '' || !inner || inner.kind === 'enum')
      return member.name === '' && member.bits ? [] : [{ ...member, within }];
    return flatten(inner.members, [...within, inner.kind]);
  });
}
