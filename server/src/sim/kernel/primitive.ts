/** What a row of the tables says of one function or macro of the kernel that is not executed but known. */
import type { Effect } from './effects.js';
import { ERRNO } from './rows.js';

/** How a call fails when the explorer lets it fail. */
export interface Failure {
  readonly gives: 'null' | 'errno' | 'error-pointer' | 'xa-error' | 'false' | 'nonzero';
  /** Positive, for those that give an errno. */
  readonly errno: number;
  /** The same where it hands out numbers and none is left. */
  readonly exhausted?: number;
  /** The argument that it refuses when it is NULL. */
  readonly refuses?: number;
}

/** What comes back: bounds the unknown when the effect does not say more. */
export type Returns =
  | 'void'
  | 'bool'
  | 'integer'
  | 'unsigned'
  | 'errno'
  | 'id'
  | 'pointer'
  | 'pointer-or-null';

export interface Primitive {
  readonly name: string;
  readonly params: readonly string[];
  readonly effect: Effect;
  /** Where it may be called: `gfp` says that the argument decides. */
  readonly context: 'any' | 'sleeps' | { readonly gfp: number };
  readonly returns: Returns;
  readonly failure: Failure | null;
  /** Whether ignoring the result is a fault by itself. */
  readonly mustCheck: boolean;
  /** Whether from here on the last put frees its first argument, even if the call fails. */
  readonly startsCounting: boolean;
  /** What its result points to, where declarations need not tell; '' otherwise. */
  readonly pointee: string;
  /** Where the kernel says so. */
  readonly source: string;
  /** What the row leaves out; '' for nothing that matters. */
  readonly simplified: string;
}

export interface Options {
  readonly context?: Primitive['context'];
  readonly returns?: Returns;
  readonly fails?: Failure;
  readonly mustCheck?: boolean;
  readonly startsCounting?: boolean;
  readonly pointee?: string;
  readonly simplified?: string;
}

/** Rows that share everything but their names, separated by spaces. */
export type Row = readonly [names: string, params: string, effect: Effect, options?: Options];

/** Primitives of one header or source file. */
export function primitives(source: string, rows: readonly Row[]): Primitive[] {
  return rows.flatMap(([names, params, effect, options = {}]) =>
    names.split(' ').map((name) => ({
      name,
      params: params === '' ? [] : params.split(' '),
      effect,
      context: options.context ?? 'any',
      returns: options.returns ?? 'void',
      failure: options.fails ?? null,
      mustCheck: options.mustCheck ?? false,
      startsCounting: options.startsCounting ?? false,
      pointee: options.pointee ?? '',
      source,
      simplified: options.simplified ?? '',
    })),
  );
}

export const NO_MEMORY: Failure = { gives: 'null', errno: ERRNO.ENOMEM };
export const NO_MEMORY_ERRNO: Failure = { gives: 'errno', errno: ERRNO.ENOMEM };
export const NO_MEMORY_POINTER: Failure = { gives: 'error-pointer', errno: ERRNO.ENOMEM };
