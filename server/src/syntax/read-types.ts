/** Reads types and declarators: what a name is declared as. */
import type { Span } from '../base/index.js';
import type { CType, Derivation, EnumItem, Parameter, StructItem } from './ast.js';
import { DECLARING } from './dialect.table.js';
import type { Parsed } from './node.js';
import { readDefinition } from './read-members.js';
import { readExpression } from './read-statements.js';

/** A name and the type that its declarator builds around the base type. */
export interface Declared {
  readonly name: string;
  readonly nameSpan: Span;
  readonly type: CType;
}

const NAMES = new Set(['identifier', 'field_identifier', 'type_identifier', 'primitive_type']);

/** The base type of a declaration, a parameter, a cast's type descriptor. */
export function readBaseType(parsed: Parsed, node: number): CType {
  const type = parsed.field(node, 'type');
  const isConst = parsed
    .children(node)
    .some((child) => parsed.kind(child) === 'type_qualifier' && parsed.textOf(child) === 'const');
  return {
    base: type === null ? '' : baseName(parsed, type),
    pointers: 0,
    isArray: false,
    parameters: null,
    isFunctionPointer: false,
    isConst,
    derivations: [],
    definition: type === null ? null : definitionAt(parsed, type),
  };
}

/** The struct, union or enum that is defined at a type, if one is. */
function definitionAt(parsed: Parsed, type: number): StructItem | EnumItem | null {
  const isTagged = /^(?:struct|union|enum)_specifier$/.test(parsed.kind(type));
  return isTagged && parsed.field(type, 'body') !== null ? readDefinition(parsed, type) : null;
}

function baseName(parsed: Parsed, type: number): string {
  const kind = parsed.kind(type);
  if (kind === 'struct_specifier' || kind === 'union_specifier' || kind === 'enum_specifier') {
    const name = parsed.field(type, 'name');
    const keyword = kind.slice(0, kind.indexOf('_'));
    return name === null ? keyword : `${keyword} ${parsed.textOf(name)}`;
  }
  const text = parsed.textOf(type).replace(/\s+/g, ' ');
  return DECLARING.get(text)?.type ?? text;
}

/** Follows a declarator inwards to its name; a missing declarator declares no name. */
export function readDeclarator(parsed: Parsed, node: number | null, base: CType, fallback: Span): Declared {
  let type = base;
  let now = node;
  while (now !== null) {
    const kind = parsed.kind(now);
    if (NAMES.has(kind)) return { name: parsed.textOf(now), nameSpan: parsed.span(now), type };
    if (kind.includes('pointer_declarator'))
      type = type.parameters
        ? { ...type, isFunctionPointer: true }
        : { ...type, pointers: type.pointers + 1 };
    else if (kind.includes('array_declarator')) type = { ...type, isArray: true };
    else if (kind.includes('function_declarator')) {
      const list = parsed.field(now, 'parameters');
      // A function that returns a pointer to a function: what it returns is then just some pointer.
      if (type.isFunctionPointer) type = { ...type, isFunctionPointer: false, pointers: type.pointers + 1 };
      type = { ...type, parameters: list === null ? [] : readParameters(parsed, list) };
    }
    const derivation = derivationOf(parsed, now, type);
    if (derivation) type = { ...type, derivations: [...type.derivations, derivation] };
    now = parsed.field(now, 'declarator') ?? innerDeclarator(parsed, now);
  }
  return { name: '', nameSpan: fallback, type };
}

function derivationOf(parsed: Parsed, node: number, type: CType): Derivation | null {
  const kind = parsed.kind(node);
  if (kind.includes('pointer_declarator')) return { kind: 'pointer' };
  if (kind.includes('array_declarator')) {
    const size = parsed.field(node, 'size');
    return { kind: 'array', length: size === null ? null : readExpression(parsed, size) };
  }
  if (!kind.includes('function_declarator')) return null;
  const list = parsed.field(node, 'parameters');
  const isVariadic = list !== null && parsed.has(list, 'variadic_parameter');
  return { kind: 'function', parameters: type.parameters ?? [], isVariadic };
}

function innerDeclarator(parsed: Parsed, node: number): number | null {
  return parsed.named(node).find((child) => /declarator|identifier/.test(parsed.kind(child))) ?? null;
}

/** The parameters of a `parameter_list`; `(void)` has none. */
export function readParameters(parsed: Parsed, list: number): Parameter[] {
  const parameters: Parameter[] = [];
  for (const node of parsed.children(list)) {
    if (parsed.kind(node) !== 'parameter_declaration') continue;
    const span = parsed.span(node);
    const declared = readDeclarator(
      parsed,
      parsed.field(node, 'declarator'),
      readBaseType(parsed, node),
      span,
    );
    if (declared.type.base === 'void' && declared.type.pointers === 0 && !declared.name) continue;
    parameters.push({ ...span, ...declared });
  }
  return parameters;
}

/** The type of a cast, a compound literal or `sizeof(type)`. */
export function readTypeDescriptor(parsed: Parsed, node: number): CType {
  return readDeclarator(
    parsed,
    parsed.field(node, 'declarator'),
    readBaseType(parsed, node),
    parsed.span(node),
  ).type;
}
