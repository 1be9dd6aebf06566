/** The few things one must know of C's tokens to find one's way in a text without parsing it. */
import type { Span } from '../base/index.js';

/** Letters, digits and underscore. */
export function isWordCode(code: number): boolean {
  return (
    (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57)
  );
}

/** Offset after the word that starts at `at`. */
export function wordEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && isWordCode(text.charCodeAt(end))) end++;
  return end;
}

/** Offset after a comment, string or character constant that starts at `at`; `at` itself when none does. */
export function skipLiteral(text: string, at: number): number {
  const char = text[at];
  if (char === '/') {
    if (text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      return end < 0 ? text.length : end + 2;
    }
    if (text[at + 1] === '/') {
      const end = text.indexOf('\n', at);
      return end < 0 ? text.length : end;
    }
    return at;
  }
  if (char !== '"' && char !== "'") return at;
  for (let end = at + 1; end < text.length; end++) {
    const now = text[end];
    if (now === '\\') end++;
    else if (now === char) return end + 1;
    else if (now === '\n') return end;
  }
  return text.length;
}

/** First offset from `at` on that is neither white space nor comment. */
export function skipBlank(text: string, at: number): number {
  let now = at;
  for (;;) {
    const code = text.charCodeAt(now);
    if (code === 32 || code === 9 || code === 10 || code === 13) now++;
    else if (code === 47 && (text[now + 1] === '*' || text[now + 1] === '/')) now = skipLiteral(text, now);
    else return now;
  }
}

/**
 * Which parenthesis closes which, found in one pass when first asked: looking
 * ahead from each `(` would cost the square of a text with many open ones.
 */
export class Pairs {
  private closings: Map<number, number> | null = null;

  constructor(private readonly text: string) {}

  /** Offset of the `)` that closes the `(` at `open`, or -1; a brace that closes what `open` lies in ends the search. */
  closing(open: number): number {
    this.closings ??= pairsOf(this.text);
    return this.closings.get(open) ?? -1;
  }
}

function pairsOf(text: string): Map<number, number> {
  const closings = new Map<number, number>();
  /** Offsets of the open parentheses; -1 for an open brace. */
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 40) open.push(at);
    else if (code === 123) open.push(-1);
    else if (code === 41) closeParen(open, at, closings);
    else if (code === 125) while ((open.pop() ?? -1) >= 0);
    else if (code === 47 || code === 34 || code === 39) at = Math.max(at, skipLiteral(text, at) - 1);
  }
  return closings;
}

/** A brace left open inside of parentheses (an arm of `#if` may close it) does not keep them from closing. */
function closeParen(open: number[], at: number, closings: Map<number, number>): void {
  const last = open.findLastIndex((each) => each >= 0);
  if (last < 0) return;
  closings.set(open[last]!, at);
  open.length = last;
}

/** The arguments between `open` and `close`, trimmed of white space; an empty list has one empty argument. */
export function splitArguments(text: string, open: number, close: number): Span[] {
  const spans: Span[] = [];
  let depth = 0;
  let from = open + 1;
  const add = (end: number): void => {
    const start = Math.min(skipBlank(text, from), end);
    let stop = end;
    while (stop > start && /\s/.test(text[stop - 1]!)) stop--;
    spans.push({ start, end: stop });
  };
  for (let at = open + 1; at < close; ) {
    const past = skipLiteral(text, at);
    if (past > at) {
      at = past;
      continue;
    }
    const char = text[at];
    if (char === '(' || char === '[' || char === '{') depth++;
    else if (char === ')' || char === ']' || char === '}') depth--;
    else if (char === ',' && depth === 0) {
      add(at);
      from = at + 1;
    }
    at++;
  }
  add(close);
  return spans;
}

/** Offset after the directive that starts at `at`, continuation lines included, its last line end excluded. */
export function skipDirective(text: string, at: number): number {
  let end = at;
  for (;;) {
    const isQuote = text[end] === '"';
    if (isQuote || (text[end] === '/' && text[end + 1] === '*')) {
      end = skipLiteral(text, end);
      continue;
    }
    if (end >= text.length || text[end] === '\n') {
      const before = text[end - 1] === '\r' ? end - 2 : end - 1;
      if (end >= text.length || text[before] !== '\\') return end;
    }
    end++;
  }
}
