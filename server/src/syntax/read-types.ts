/** Reads types and declarators: what a name is declared as. */
import type { Span } from '../base/index.js';
import type { CType, Derivation, EnumItem, Parameter, StructItem } from './ast.js';
import { DECLARING } from './dialect.table.js';
import type { Parsed } from './node.js';
import { readDefinition } from './read-members.js';
import { readExpression } from './read-statements.js';

/** A name and the type that its declarator builds around the base type. */
interface Declared {
  readonly name: string;
  readonly nameSpan: Span;
  readonly type: CType;
}

const NAMES = new Set(['identifier', 'field_identifier', 'type_identifier', 'primitive_type']);

/** The base type of a declaration, a parameter, a cast's type descriptor. */
export function readBaseType(parsed: Parsed, node: number): CType {
  const type = parsed.field(node, 'type');
  return {
    base: type === null ? '' : baseName(parsed, type),
    pointers: 0,
    isArray: false,
    parameters: null,
    isFunctionPointer: false,
    isConst: parsed.says(node, 'const'),
    derivations: [],
    definition: type === null ? null : definitionAt(parsed, type),
  };
}

/** The struct, union or enum that is defined at a type, if one is. */
function definitionAt(parsed: Parsed, type: number): StructItem | EnumItem | null {
  return isTagged(parsed.kind(type)) && parsed.field(type, 'body') !== null
    ? readDefinition(parsed, type)
    : null;
}

/** Whether a type of that kind is a struct, a union or an enum. */
export function isTagged(kind: string): boolean {
  return kind === 'struct_specifier' || kind === 'union_specifier' || kind === 'enum_specifier';
}

function baseName(parsed: Parsed, type: number): string {
  const kind = parsed.kind(type);
  if (isTagged(kind)) {
    const name = parsed.field(type, 'name');
    const keyword = kind.slice(0, kind.indexOf('_'));
    return name === null ? keyword : `${keyword} ${parsed.textOf(name)}`;
  }
  const written = parsed.textOf(type);
  const text =
    kind === 'primitive_type' || kind === 'type_identifier' ? written : written.replace(/\s+/g, ' ');
  return DECLARING.get(text)?.type ?? text;
}

/** Follows a declarator inwards to its name; a missing declarator declares no name. */
export function readDeclarator(parsed: Parsed, node: number | null, base: CType, fallback: Span): Declared {
  let type = base;
  let now = node;
  while (now !== null) {
    const kind = parsed.kind(now);
    if (NAMES.has(kind)) return { name: parsed.textOf(now), nameSpan: parsed.span(now), type };
    if (kind.includes('pointer_declarator')) type = pointerTo(type);
    else if (kind.includes('array_declarator')) type = arrayOf(parsed, now, type);
    else if (kind.includes('function_declarator')) type = functionReturning(parsed, now, type);
    now = parsed.field(now, 'declarator') ?? innerDeclarator(parsed, now);
  }
  return { name: '', nameSpan: fallback, type };
}

function pointerTo(type: CType): CType {
  const derivations: Derivation[] = [...type.derivations, { kind: 'pointer' }];
  return type.parameters
    ? { ...type, isFunctionPointer: true, derivations }
    : { ...type, pointers: type.pointers + 1, derivations };
}

function arrayOf(parsed: Parsed, node: number, type: CType): CType {
  const size = parsed.field(node, 'size');
  const length = size === null ? null : readExpression(parsed, size);
  return { ...type, isArray: true, derivations: [...type.derivations, { kind: 'array', length }] };
}

function functionReturning(parsed: Parsed, node: number, type: CType): CType {
  const list = parsed.field(node, 'parameters');
  const parameters = list === null ? [] : readParameters(parsed, list);
  const isVariadic = list !== null && parsed.has(list, 'variadic_parameter');
  const derivations: Derivation[] = [...type.derivations, { kind: 'function', parameters, isVariadic }];
  // A function that returns a pointer to a function: what it returns is then just some pointer.
  return type.isFunctionPointer
    ? { ...type, isFunctionPointer: false, pointers: type.pointers + 1, parameters, derivations }
    : { ...type, parameters, derivations };
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
