/**
 * C as the rest of the house sees it: types, expressions, statements and
 * top-level items, each with its span in the original text. Nothing of the
 * parser shows. What could not be read is `opaque`, with the reason.
 */
import type { Span } from '../base/index.js';

/** A declared type, flattened: `const struct iommu_ops *` is { base: 'struct iommu_ops', pointers: 1 }. */
export interface CType {
  /** Without qualifiers: `struct iommu_domain`, `ioasid_t`, `unsigned long`; '' when it is not written. */
  readonly base: string;
  readonly pointers: number;
  readonly isArray: boolean;
  /** Parameters when it is a function or points to one; `base` and `pointers` are then what it returns. */
  readonly parameters: readonly Parameter[] | null;
  readonly isFunctionPointer: boolean;
  readonly isConst: boolean;
  /** What the declarator builds around `base`, in the order in which it is applied: `int *a[3]` is pointer, array. */
  readonly derivations: readonly Derivation[];
  /** The struct, union or enum that is defined where the type is written. */
  readonly definition: StructItem | EnumItem | null;
}

/** `struct device *`: the base with a star for each level. */
export function spellingOf({ base, pointers }: Pick<CType, 'base' | 'pointers'>): string {
  return `${base} ${'*'.repeat(pointers)}`.trim();
}

/** One step from a type to a type made of it. */
export type Derivation =
  | { readonly kind: 'pointer' }
  | {
      readonly kind: 'array';
      /** Null for `[]`. */
      readonly length: Expression | null;
    }
  | { readonly kind: 'function'; readonly parameters: readonly Parameter[]; readonly isVariadic: boolean };

export interface Parameter extends Span {
  /** '' in a prototype that does not name it. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly type: CType;
}

export type Expression = Span &
  (
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'literal'; readonly text: string }
    | {
        readonly kind: 'member';
        readonly object: Expression;
        readonly name: string;
        readonly nameSpan: Span;
        readonly isArrow: boolean;
      }
    | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
    | { readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Expression[] }
    | { readonly kind: 'unary'; readonly operator: string; readonly operand: Expression }
    | {
        readonly kind: 'update';
        readonly operator: string;
        readonly operand: Expression;
        readonly isPrefix: boolean;
      }
    | {
        readonly kind: 'binary';
        readonly operator: string;
        readonly left: Expression;
        readonly right: Expression;
      }
    | {
        readonly kind: 'assign';
        readonly operator: string;
        readonly target: Expression;
        readonly value: Expression;
      }
    | {
        readonly kind: 'conditional';
        readonly condition: Expression;
        /** Null for `a ?: b`. */
        readonly consequence: Expression | null;
        readonly alternative: Expression;
      }
    | { readonly kind: 'cast'; readonly type: CType; readonly operand: Expression }
    | {
        /** `sizeof`, or `_Alignof` and its spellings. */
        readonly kind: 'sizeof';
        readonly isAlignment: boolean;
        readonly operand: Expression | null;
        readonly type: CType | null;
      }
    | { readonly kind: 'comma'; readonly items: readonly Expression[] }
    | { readonly kind: 'initializers'; readonly type: CType | null; readonly entries: readonly Initializer[] }
    | { readonly kind: 'block'; readonly body: Block }
    | { readonly kind: 'opaque'; readonly reason: string }
  );

/** One entry of `{ .attach_dev = f, … }`. */
export interface Initializer extends Span {
  /** `attach_dev`, or '' when the entry is not designated by a member. */
  readonly member: string;
  /** All that stands before the `=`: `.a[3]` is two designators. */
  readonly designators: readonly Designator[];
  readonly value: Expression;
}

/** `.member`, `[first]` or `[first ... last]`. */
export type Designator =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'index'; readonly first: Expression; readonly last: Expression | null };

/** The declaration of one name. */
export interface Declarator extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  readonly type: CType;
  readonly initial: Expression | null;
}

export type Statement = Span &
  (
    | {
        readonly kind: 'declaration';
        readonly declarators: readonly Declarator[];
        readonly isStatic: boolean;
        /** A struct, union or enum that the declaration defines without declaring an object of it. */
        readonly defines: StructItem | EnumItem | null;
      }
    | { readonly kind: 'expression'; readonly expression: Expression }
    | {
        readonly kind: 'if';
        readonly condition: Expression;
        readonly consequence: Statement;
        readonly alternative: Statement | null;
      }
    | {
        readonly kind: 'loop';
        /** `while`, `do`, `for`, or the name of the iteration macro. */
        readonly form: string;
        /** Header in order: for an iteration macro its arguments, for `for` the parts that are there. */
        readonly header: readonly (Expression | Statement)[];
        /** Which part of a `for` is which; null for other loops. */
        readonly parts: ForParts | null;
        readonly body: Statement;
      }
    | { readonly kind: 'switch'; readonly subject: Expression; readonly body: Statement }
    | { readonly kind: 'case'; readonly value: Expression | null; readonly body: readonly Statement[] }
    | { readonly kind: 'return'; readonly value: Expression | null }
    | { readonly kind: 'goto'; readonly label: string }
    | { readonly kind: 'label'; readonly name: string; readonly body: Statement | null }
    | { readonly kind: 'break' | 'continue' | 'empty' }
    | Block
    | { readonly kind: 'opaque-statement'; readonly reason: string }
  );

/** The parts of `for (initial; condition; update)`, null where there is none. */
export interface ForParts {
  readonly initial: Expression | Statement | null;
  readonly condition: Expression | null;
  readonly update: Expression | null;
}

export interface Block extends Span {
  readonly kind: 'compound';
  readonly statements: readonly Statement[];
}

/** What a fragment does not show of an item. */
export type Missing = 'head' | 'start' | 'end' | 'name';

interface ItemBase extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  /** Annotations that were masked: `__maybe_unused`, `__init`, … */
  readonly attributes: readonly (Span & { readonly name: string })[];
  /** Empty for an item that is seen whole. */
  readonly missing: readonly Missing[];
}

export interface FunctionItem extends ItemBase {
  readonly kind: 'function';
  readonly isStatic: boolean;
  readonly isInline: boolean;
  readonly returns: CType;
  readonly parameters: readonly Parameter[];
  /** Null for a prototype. */
  readonly bodySpan: Span | null;
}

export interface Field extends Span {
  /** '' for an anonymous struct or union, and for a bitfield that only pads. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly type: CType;
  /** The width of a bitfield. */
  readonly bits: Expression | null;
  /** Names of the anonymous members around it do not exist; their kind does, outermost first. */
  readonly within: readonly ('struct' | 'union')[];
}

export interface StructItem extends ItemBase {
  readonly kind: 'struct' | 'union';
  /** Every named field, those of anonymous members included. */
  readonly fields: readonly Field[];
  /** The direct members in order, as the layout needs them: an anonymous one is a field whose type has a definition. */
  readonly members: readonly Field[];
}

export interface EnumItem extends ItemBase {
  readonly kind: 'enum';
  readonly members: readonly (Span & { readonly name: string; readonly value: Expression | null })[];
}

export interface VariableItem extends ItemBase {
  readonly kind: 'variable';
  readonly type: CType;
  readonly isStatic: boolean;
  readonly isExtern: boolean;
  readonly initial: Expression | null;
}

export interface TypedefItem extends ItemBase {
  readonly kind: 'typedef';
  readonly type: CType;
}

export interface MacroItem extends ItemBase {
  readonly kind: 'macro';
  /** Null for an object-like macro; the last may be `...` or `args...`. */
  readonly parameters: readonly string[] | null;
  readonly bodySpan: Span;
}

export interface IncludeItem extends ItemBase {
  readonly kind: 'include';
  readonly isLocal: boolean;
}

/** A macro call between functions: `EXPORT_SYMBOL_GPL(iommu_sva_find);`; its arguments as written. */
export interface InvocationItem extends ItemBase {
  readonly kind: 'invocation';
  readonly args: readonly string[];
}

export type Item =
  | FunctionItem
  | StructItem
  | EnumItem
  | VariableItem
  | TypedefItem
  | MacroItem
  | IncludeItem
  | InvocationItem;
