/**
 * In which text, under which names an expression is read. Macro arguments are
 * bound by name to the caller's expression and its own environment, so that a
 * macro's body is parsed once however often it is used.
 */
import type { Span } from '../base/index.js';
import type { CFile, Expression } from '../syntax/index.js';
import type { Type } from './types.js';

/** What a function, or a declaration outside of functions, can see. */
export interface Root {
  /** The file that names are looked up from. */
  readonly file: CFile;
  readonly path: string;
  /** Structs and enums that the function defines for itself. */
  readonly tags: Map<string, Type>;
  /** Whether a variable of the function hides other meanings of the name. */
  hasVariable(name: string): boolean;
  /** The type that an expression has; nothing is evaluated. */
  typeOf(expression: Expression, env: Env): Type;
}

/** A macro's argument and where it is to be understood. */
export interface Argument {
  readonly expression: Expression;
  readonly env: Env;
}

export interface Env {
  readonly root: Root;
  /** The text that spans refer to, and its file for what the mask hid. */
  readonly text: string;
  readonly file: CFile;
  /** Null outside of function-like macros. */
  readonly params: ReadonlyMap<string, Argument> | null;
  /** The macro whose body this is, '' outside; and the environment of its use. */
  readonly macro: string;
  readonly outer: Env | null;
  /** Where the outermost use stands in the function's text; null outside of macros. */
  readonly site: Span | null;
  /** Index among the function's expansions, or -1. */
  readonly expansion: number;
  readonly depth: number;
}

/** The environment of a file's own text. */
export function rootEnv(root: Root): Env {
  return {
    root,
    text: root.file.text,
    file: root.file,
    params: null,
    macro: '',
    outer: null,
    site: null,
    expansion: -1,
    depth: 0,
  };
}

/** Whether the macro is being expanded already: its name then means itself, as in C. */
export function isExpanding(env: Env, macro: string): boolean {
  for (let now: Env | null = env; now; now = now.outer) if (now.macro === macro) return true;
  return false;
}

/** The source text of a node, macro parameters replaced by their arguments. */
export function sourceOf(span: Span, env: Env): string {
  const text = env.text.slice(span.start, span.end);
  if (!env.params) return text;
  return replaceWords(text, (word) => {
    const argument = env.params?.get(word);
    return argument ? sourceOf(argument.expression, argument.env) : null;
  });
}

/** Replaces identifiers outside of strings; `null` leaves a word as it is. */
export function replaceWords(text: string, replacement: (word: string) => string | null): string {
  return text.replace(/"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_]\w*/g, (word) =>
    word.startsWith('"') || word.startsWith("'") ? word : (replacement(word) ?? word),
  );
}
