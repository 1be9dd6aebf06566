/**
 * Finds types: from what a declaration says to the type it means, structs and
 * enums from their definitions, typedefs, `typeof`, types given to macros.
 * What is not at hand is an unknown type under its own name, never an error.
 */
import type { CFile, CType, Derivation, EnumItem, Expression, Field, StructItem } from '../syntax/index.js';
import type { Constants } from './constants.js';
import type { Declarations } from './declarations.js';
import { type Env, type Root, rootEnv, sourceOf } from './environment.js';
import { C_INTEGERS, KERNEL_INTEGERS, KERNEL_RECORDS, KERNEL_TAGS } from './kernel-types.table.js';
import { layOut, type Unplaced } from './layout.js';
import type { Macros } from './macros.js';
import type { Names } from './misread.js';
import type { Snippets } from './snippets.js';
import {
  arrayOf,
  decayed,
  enumKind,
  functionOf,
  INT,
  integerType,
  type Layout,
  pointerTo,
  RecordType,
  type Type,
  UNKNOWN,
  unknownNamed,
  VOID,
} from './types.js';

const TAGGED = /^(?:struct|union|enum)\b/;
const MAX_DEPTH = 40;

export class TypeTable {
  private readonly records = new WeakMap<StructItem, RecordType>();
  private readonly enums = new WeakMap<EnumItem, Type>();
  private readonly unseen = new Map<string, RecordType>();
  private readonly integers = new Map<string, Type>();
  private readonly roots = new WeakMap<CFile, Root>();
  private depth = 0;
  /** Names that were asked for as callees, and whether they are types. */
  private readonly callable = new Map<string, boolean>();

  constructor(
    private readonly declarations: Declarations,
    private readonly snippets: Snippets,
    private readonly macros: Macros,
    private readonly constants: () => Constants,
    private readonly typeOf: (expression: Expression, env: Env) => Type,
  ) {}

  /** The environment of declarations outside of functions. */
  envOf(file: CFile, path: string): Env {
    let root = this.roots.get(file);
    if (!root) {
      root = {
        file,
        path,
        tags: new Map(),
        hasVariable: () => false,
        typeOf: (expression, env) => this.typeOf(expression, env),
      };
      this.roots.set(file, root);
    }
    return rootEnv(root);
  }

  /** The type that a declaration writes. `size`: the length of an array that takes it from its initialiser. */
  resolve(type: CType, env: Env, size = -1): Type {
    if (this.depth > MAX_DEPTH) return UNKNOWN;
    this.depth++;
    const base = type.definition ? this.define(type.definition, env) : this.named(type.base, env);
    let result = base;
    for (const derivation of type.derivations) result = this.derive(result, derivation, env, size);
    this.depth--;
    return result;
  }

  /** A parameter's type: arrays and functions are pointers there. */
  parameter(type: CType, env: Env): Type {
    return decayed(this.resolve(type, env));
  }

  private derive(type: Type, derivation: Derivation, env: Env, size: number): Type {
    if (derivation.kind === 'pointer') return pointerTo(type);
    if (derivation.kind === 'function') {
      const parameters = derivation.parameters.map((each) => this.parameter(each.type, env));
      return functionOf(type, parameters, derivation.isVariadic);
    }
    if (derivation.length === null) return arrayOf(type, size);
    const length = this.constants().evaluate(derivation.length, env);
    return arrayOf(type, length === null ? -1 : Number(length.value));
  }

  /** The type that a name means; unknown under that name when nothing says what it is. */
  named(name: string, env: Env): Type {
    return this.find(name, env) ?? (TAGGED.test(name) ? this.tag(name, env) : unknownNamed(name));
  }

  /**
   * A record that was only named where it was first seen, as C completes it: by
   * the definition that the code at hand sees.
   */
  complete(type: Type, env: Env): Type {
    if (type.kind !== 'record' || type.members.length > 0 || !TAGGED.test(type.spelling)) return type;
    const known = this.named(type.spelling, env);
    return known.kind === 'record' && known.members.length > 0 ? known : type;
  }

  private find(name: string, env: Env): Type | null {
    if (name === 'void') return VOID;
    const argument = env.params?.get(name);
    if (argument) return this.ofArgument(argument.expression, argument.env);
    if (/\W/.test(name)) return this.compound(name, env);
    if (name === '') return INT;
    return this.integer(name) ?? this.typedef(name, env);
  }

  /** A name of several words: `struct x`, `unsigned long`, `typeof(x)`. */
  private compound(name: string, env: Env): Type | null {
    if (TAGGED.test(name)) return this.tag(name, env);
    const operand = operandOfTypeof(name);
    if (operand !== null) return this.ofText(operand, env);
    return this.integer(name) ?? (/^[\w\s]+$/.test(name) ? null : this.ofText(name, env));
  }

  private integer(name: string): Type | null {
    const known = this.integers.get(name);
    if (known) return known;
    const words = name.split(' ').filter((word) => word !== 'int' && word !== 'const' && word !== 'volatile');
    const kind = C_INTEGERS.get(words.sort().join(' '));
    if (kind === undefined) return null;
    const type = integerType(kind);
    this.integers.set(name, type);
    return type;
  }

  private typedef(name: string, env: Env): Type | null {
    const local = env.root.tags.get(name);
    if (local) return local;
    const found = this.declarations.typedef(name, env.root.file);
    // A typedef to what it is called itself, or to an unknown of a name we know, says less than the table.
    if (found && found.item.type.base !== name) {
      const type = this.resolve(found.item.type, this.envOf(found.file, found.path));
      if (type.kind !== 'unknown') return type;
    }
    const kind = KERNEL_INTEGERS.get(name);
    if (kind !== undefined) return integerType(kind);
    const record = KERNEL_RECORDS.get(name);
    if (record) return this.builtIn(`${name}`, record, env);
    const macro = this.macros.find(name, env);
    return macro && macro.parameters === null ? this.ofMacro(macro.body, env) : null;
  }

  private ofMacro(body: string, env: Env): Type | null {
    const type = this.snippets.type(body);
    if (!type || this.depth > MAX_DEPTH) return null;
    const resolved = this.resolve(type, env);
    return resolved.kind === 'unknown' ? null : resolved;
  }

  /** A type that was given where an expression could stand: to a macro, to `typeof`. */
  ofArgument(expression: Expression, env: Env): Type {
    if (expression.kind === 'name') {
      const argument = env.params?.get(expression.name);
      if (argument) return this.ofArgument(argument.expression, argument.env);
      if (env.root.hasVariable(expression.name)) return env.root.typeOf(expression, env);
    }
    return this.ofText(sourceOf(expression, env), { ...env, params: null }, expression);
  }

  /** `struct foo *`, `*pointer`, `u32`: a type if it can be one, else the type of the expression. */
  private ofText(text: string, env: Env, known?: Expression): Type {
    if (this.depth > MAX_DEPTH) return UNKNOWN;
    const operand = operandOfTypeof(text.trim());
    if (operand !== null) return this.ofText(operand, env);
    const type = this.snippets.type(text);
    if (type && !env.root.hasVariable(text.trim())) {
      const resolved = this.resolve(type, env);
      const isPlain = type.derivations.length === 0 && !TAGGED.test(type.base);
      if (resolved.kind !== 'unknown' || !isPlain) return resolved;
      if (!this.declarations.variable(text.trim(), env.root.file)) return resolved;
    }
    if (known && known.kind !== 'opaque') return env.root.typeOf(known, env);
    const snippet = this.snippets.body(text);
    if (snippet.kind !== 'expression') return UNKNOWN;
    this.depth++;
    const result = env.root.typeOf(snippet.expression, { ...env, text: snippet.file.text });
    this.depth--;
    return result;
  }

  private tag(tag: string, env: Env): Type {
    const local = env.root.tags.get(tag);
    if (local) return local;
    if (tag.startsWith('enum')) {
      const found = this.declarations.enumeration(tag, env.root.file);
      return found ? this.enumeration(found.item, this.envOf(found.file, found.path)) : integerType(INT_ENUM);
    }
    const found = this.declarations.record(tag, env.root.file);
    if (found) return this.record(found.item, this.envOf(found.file, found.path));
    const text = KERNEL_TAGS.get(tag);
    return text ? this.builtIn(tag, text, env) : this.unknownRecord(tag);
  }

  private unknownRecord(tag: string): RecordType {
    let type = this.unseen.get(tag);
    if (!type) {
      type = new RecordType(tag, tag.startsWith('union'), null, () => ({ members: [], size: -1, align: 1 }));
      this.unseen.set(tag, type);
    }
    return type;
  }

  private builtIn(name: string, text: string, env: Env): Type {
    const known = this.integers.get(name);
    if (known) return known;
    const definition = this.snippets.type(text)?.definition;
    if (!definition || definition.kind === 'enum') return unknownNamed(name);
    const spelling = definition.name === '' ? name : `struct ${definition.name}`;
    const type = new RecordType(spelling, false, definition, (item) => this.layout(item, env));
    this.integers.set(name, type);
    return type;
  }

  /** A struct, union or enum where it is defined. */
  define(item: StructItem | EnumItem, env: Env): Type {
    return item.kind === 'enum' ? this.enumeration(item, env) : this.record(item, env);
  }

  /** The record that an item defines; the same object each time. */
  record(item: StructItem, env: Env): RecordType {
    let type = this.records.get(item);
    if (!type) {
      // Without a name it is known by its place; `@` cannot be part of a tag.
      const spelling = `${item.kind} ${item.name || `@${env.root.path}:${item.start}`}`;
      type = new RecordType(spelling, item.kind === 'union', item, (each) => this.layout(each, env));
      this.records.set(item, type);
    }
    return type;
  }

  private enumeration(item: EnumItem, env: Env): Type {
    let type = this.enums.get(item);
    if (!type) {
      // An enum whose constants ask for its own size would never end.
      this.enums.set(item, integerType(INT_ENUM));
      const values = [...this.constants().enumerators(item, env).values()].map(({ value }) => value);
      const low = values.reduce((least, value) => (value < least ? value : least), 0n);
      const high = values.reduce((most, value) => (value > most ? value : most), 0n);
      type = integerType(enumKind(low, high));
      this.enums.set(item, type);
    }
    return type;
  }

  private layout(item: StructItem, env: Env): Layout {
    const members = item.members.map((field) => this.unplaced(field, env));
    const words = item.attributes.map(({ start, end, name }) =>
      end > start ? env.text.slice(start, end) || name : name,
    );
    return layOut(members, {
      isUnion: item.kind === 'union',
      isPacked: words.some((word) => /__packed|\bpacked\b|__packed__/.test(word)),
      aligned: Math.max(0, ...words.map((word) => this.alignment(word, env))),
    });
  }

  private unplaced(field: Field, env: Env): Unplaced {
    const declared = env.text.slice(field.start, field.end);
    const bits = field.bits ? (this.constants().evaluate(field.bits, env)?.value ?? 1n) : -1n;
    const bitmap = /^DECLARE_(BITMAP|FLEX_ARRAY)\s*\([^,]*,([\s\S]*)\)/.exec(declared);
    const type = bitmap ? this.declaring(field.type, bitmap, env) : this.resolve(field.type, env);
    const aligned = declared.includes('align') ? this.alignment(declared, env) : 0;
    const isPacked = /__packed\b|\(packed\)/.test(declared) && field.name !== '';
    return {
      name: field.name,
      type: isPacked && aligned === 0 ? ({ ...type, align: 1 } as Type) : type,
      bits: Number(bits),
      aligned,
    };
  }

  /** The type of a variable that a macro of the kernel declares: `DECLARE_BITMAP(name, bits)`. */
  private declaring(type: CType, [, macro, argument]: RegExpExecArray, env: Env): Type {
    if (macro === 'FLEX_ARRAY') return arrayOf(this.resolve(type, env), -1);
    const bits = this.constants().ofText(argument!, env);
    return arrayOf(this.resolve(type, env), bits === null ? -1 : Math.ceil(Number(bits.value) / 64));
  }

  /** What tells types from values there. */
  namesIn(env: Env): Names {
    return {
      text: env.text,
      isValue: (name) => this.isValue(name, env),
      isType: (name) => this.isType(name, env),
    };
  }

  /** Whether a name that stands where a type could is none. */
  isValue(name: string, env: Env): boolean {
    const argument = env.params?.get(name);
    if (argument) {
      const { expression } = argument;
      return expression.kind !== 'name' || this.isValue(expression.name, argument.env);
    }
    return env.root.hasVariable(name) || this.find(name, env) === null;
  }

  /** Whether a name that is called is a type's: `(u64)(x)` reads as a call. */
  isType(name: string, env: Env): boolean {
    if (/^_*typeof\b/.test(name)) return true;
    if (!/^[a-z_]\w*$/.test(name) || env.root.hasVariable(name)) return false;
    const known = this.callable.get(name);
    if (known !== undefined && !env.params?.has(name)) return known;
    const isType = !this.declarations.function(name, env.root.file) && !this.isValue(name, env);
    if (!env.params?.has(name)) this.callable.set(name, isType);
    return isType;
  }

  /** The type of a declared name, whose declaration may be a macro of the kernel. */
  declared(type: CType, declaration: string, env: Env, size = -1): Type {
    const bitmap = /^(?:static\s+)?DECLARE_(BITMAP|FLEX_ARRAY)\s*\([^,]*,([\s\S]*)\)/.exec(declaration);
    return bitmap ? this.declaring(type, bitmap, env) : this.resolve(type, env, size);
  }

  private alignment(text: string, env: Env): number {
    if (text.includes('cacheline_aligned')) return 64;
    const match = /(?:__aligned|aligned|__aligned__)\s*\(([^()]*(?:\([^()]*\))*[^()]*)\)/.exec(text);
    return match ? Number(this.constants().ofText(match[1]!, env)?.value ?? 0n) : 0;
  }
}

/** What an enum is when its constants are not at hand. */
const INT_ENUM = enumKind(0n, 1n);

/** `x` of `typeof(x)`; null for all else. */
function operandOfTypeof(text: string): string | null {
  return /^_*typeof\w*\s*\(([\s\S]*)\)$/.exec(text)?.[1] ?? null;
}
