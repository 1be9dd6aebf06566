/** The comments of a text, which the grammar never sees, and what a kernel-doc comment says in its own form. */
import type { Span } from '../base/index.js';
import { skipDirective, skipLiteral } from './lexing.js';

export interface Comment extends Span {
  /** Whether it opens as kernel-doc does, with two stars. */
  readonly isDoc: boolean;
  /** Without the marks of the comment: each line trimmed, with the offset of its first character. */
  readonly lines: readonly CommentLine[];
}

export interface CommentLine extends Span {
  readonly text: string;
}

/** All comments of a text, those behind directives included. */
export function commentsIn(text: string): readonly Comment[] {
  const comments: Comment[] = [];
  let lineStart = true;
  for (let at = 0; at < text.length; ) {
    const char = text[at];
    const past = skipLiteral(text, at);
    if (past > at) {
      if (char === '/') comments.push(commentAt(text, at, past));
      at = past;
    } else if (char === '#' && lineStart && /^#[ \t]*error/.test(text.slice(at, at + 12))) {
      // Words of a message: an apostrophe there opens nothing.
      at = skipDirective(text, at);
    } else {
      if (char === '\n') lineStart = true;
      else if (char !== ' ' && char !== '\t') lineStart = false;
      at++;
    }
  }
  return comments;
}

function commentAt(text: string, start: number, end: number): Comment {
  const isBlock = text[start + 1] === '*';
  const isDoc = isBlock && /^\/\*\*\s/.test(text.slice(start, start + 4));
  const from = start + (isDoc ? 3 : 2);
  const to = isBlock && text.endsWith('*/', end) ? end - 2 : end;
  const lines: CommentLine[] = [];
  let at = Math.min(from, to);
  for (const line of text.slice(at, to).split('\n')) {
    // The first line begins behind the opening; the others behind their star.
    const lead = (lines.length === 0 && at === from ? /^\s*/ : /^\s*(?:\*(?!\/))?\s*/).exec(line)![0].length;
    const trimmed = line.slice(lead).trimEnd();
    lines.push({ text: trimmed, start: at + lead, end: at + lead + trimmed.length });
    at += line.length + 1;
  }
  return { start, end, isDoc, lines };
}

/** One `@name: text` of a kernel-doc comment. */
export interface DocParameter {
  readonly name: string;
  readonly nameSpan: Span;
}

/** What a kernel-doc comment says: scripts/kernel-doc, Documentation/doc-guide/kernel-doc.rst (6.12). */
export interface KernelDoc {
  /** What it says it is of; null where it says nothing, as `/**` above a plain comment does. */
  readonly kind: 'function' | 'struct' | 'union' | 'enum' | 'typedef' | 'section' | null;
  readonly name: string;
  readonly nameSpan: Span;
  readonly parameters: readonly DocParameter[];
  /** `@name` in running text, and names it calls with `name()`. */
  readonly mentions: readonly (CommentLine & { readonly kind: 'parameter' | 'call' })[];
  /** What stands behind `Return:`; null when there is no such section. */
  readonly returns: CommentLine | null;
}

const HEAD = /^(?:(struct|union|enum|typedef|DOC:)\s+)?([\w.]+)\s*(\([^()]*\))?\s*(?:[-:–—]|$)/;

/** Reads a comment that opens with two stars. */
export function kernelDocOf({ lines, start }: Comment): KernelDoc {
  const head = lines.find(({ text }) => text !== '');
  const match = head ? HEAD.exec(head.text) : null;
  const [, keyword, name = '', parentheses] = match ?? [];
  const nameAt = (head?.start ?? start) + (keyword ? head!.text.indexOf(name, keyword.length) : 0);
  const parameters: DocParameter[] = [];
  const mentions: (CommentLine & { kind: 'parameter' | 'call' })[] = [];
  let returns: CommentLine | null = null;
  for (const line of lines) {
    if (line === head && match) continue;
    const named = /^@(\w+(?:(?:\.|->)\w+)*|\.\.\.)(?:\.\.\.)?\s*:/.exec(line.text);
    if (named) parameters.push({ name: named[1]!, nameSpan: spanIn(line, 1, named[1]!.length) });
    if (/^(?:Returns?|RETURNS?|Return values?)\s*:/.test(line.text)) returns ??= line;
    mentions.push(...mentionsIn(line, named ? named[0].length : 0));
  }
  const kind = !match
    ? null
    : keyword === 'DOC:'
      ? 'section'
      : ((keyword as 'struct' | 'union' | 'enum' | 'typedef' | undefined) ?? 'function');
  // One word and nothing else is the first line of a plain comment as often as a name.
  const isBare = kind === 'function' && !parentheses && !/[-:–—]/.test(match![0]);
  return {
    kind: isBare ? null : kind,
    name,
    nameSpan: { start: nameAt, end: nameAt + name.length },
    parameters,
    mentions,
    returns,
  };
}

function mentionsIn(line: CommentLine, from: number): (CommentLine & { kind: 'parameter' | 'call' })[] {
  const found: (CommentLine & { kind: 'parameter' | 'call' })[] = [];
  for (const match of line.text.slice(from).matchAll(/(?<![\w@.])@(\w+)|\b([a-z_]\w+)\(\)/g)) {
    const text = (match[1] ?? match[2])!;
    const at = from + match.index + (match[1] ? 1 : 0);
    found.push({ text, kind: match[1] ? 'parameter' : 'call', ...spanIn(line, at, text.length) });
  }
  return found;
}

function spanIn(line: CommentLine, at: number, length: number): Span {
  return { start: line.start + at, end: line.start + at + length };
}
