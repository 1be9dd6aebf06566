/**
 * Patterns over the tree of a C text, as people write them for tree-sitter.
 * What they are matched against is the masked text (mask.ts): annotations of
 * the kernel are not in it, and offsets are those of the original.
 */
import type { Span } from '../base/index.js';
import type { CFile } from './c-file.js';
import { maskKernelC } from './mask.js';
import { compile, type Matcher } from './parser.js';

/** What one match of a pattern caught, in the order of the pattern. */
export interface QueryMatch {
  readonly captures: readonly (Span & { readonly name: string })[];
}

export type CompiledQuery =
  | { readonly ok: true; readonly query: Query }
  | {
      readonly ok: false;
      /** Offset in the pattern where it cannot be understood. */
      readonly at: number;
      readonly why: string;
    };

/** More matches than anybody reads come from a pattern that is too wide. */
const MOST_MATCHES = 1000;

export class Query {
  private readonly known = new WeakMap<CFile, readonly QueryMatch[]>();

  constructor(private readonly matcher: Matcher) {}

  /** In the order of the text. */
  matchesIn(file: CFile): readonly QueryMatch[] {
    let matches = this.known.get(file);
    if (!matches) {
      matches = this.matcher(maskKernelC(file.text, file.configuration).text, MOST_MATCHES).map(
        (captures) => ({
          captures,
        }),
      );
      this.known.set(file, matches);
    }
    return matches;
  }
}

/** Never throws. */
export function compileQuery(pattern: string): CompiledQuery {
  const compiled = compile(pattern);
  return typeof compiled === 'function'
    ? { ok: true, query: new Query(compiled) }
    : { ok: false, ...compiled };
}
