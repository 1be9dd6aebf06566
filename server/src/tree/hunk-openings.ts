/**
 * What must stand before a hunk so that it can be parsed alone: the head of
 * the function, struct or table it lies in, and an opening for everything
 * that it closes.
 */
import type { Missing } from '../syntax/index.js';
import {
  cutHead,
  type Head,
  headFrom,
  headWithoutBrace,
  isMacroHead,
  returnTypeFrom,
  TABLE_HEAD,
  type Within,
} from './hunk-heads.js';
import { type Closer, HunkScan } from './hunk-scan.js';

export interface Openings {
  /** '' for a hunk that begins at file scope. */
  readonly text: string;
  /** What of an item the text stands for. */
  readonly missing: readonly Missing[];
}

/** Stands for a condition that is not shown, in runs too: it may hold or not. */
const CONDITION = 'condition_not_shown';

const NOTHING: Openings = { text: '', missing: [] };

/** What must precede a hunk's `text`, with the line behind its `@@`. */
export function openingsFor(text: string, section: string): Openings {
  const from = commentEnd(text);
  if (from > 0) {
    const { text: opening, missing } = openingsOfCode(text.slice(from), section);
    return { text: `${opening}/*`, missing: missing.length > 0 ? missing : ['start'] };
  }
  const macro = macroEnd(text);
  if (macro > 0 && openingsOfCode(text.slice(macro), '').text === '')
    return { text: '#define hunk_macro() \\', missing: ['name', 'start'] };
  return openingsOfCode(text, section);
}

function openingsOfCode(text: string, section: string): Openings {
  const first = firstLine(text);
  const isMacro = isMacroHead(section);
  const isCode = /^\s/.test(first) && !isMacro && headFrom(section).within === 'code';
  const scan = new HunkScan(isCode).read(text);
  const [closer] = scan.closers;
  if (first.startsWith('{') || /^(?:\s*__\w+(?:\([^()]*\))?)+\s*\n\{/.test(text)) {
    const { text: head, missing } = headWithoutBrace(section);
    return { text: head, missing };
  }
  if (closer?.bracket === ')' && areParameters(text.slice(0, closer.at), closer, section))
    return parameterList(closer, section);
  if (closer && isMacro && scan.closers.every(({ bracket }) => bracket === ')'))
    return { text: `HUNK_MACRO(${'hunk_call('.repeat(scan.closers.length - 1)}`, missing: ['name', 'start'] };
  if (/^\s/.test(first) || closer || /^\w+:\s*(?:\/\*.*)?$/.test(first))
    return inside(text, first, scan, section);
  return lacksType(text, first) ? { text: returnTypeFrom(section) || 'int', missing: ['head'] } : NOTHING;
}

/** Offset after a comment that was opened before the text; 0 when none was. */
function commentEnd(text: string): number {
  const close = text.indexOf('*/');
  if (close >= 0) {
    const open = text.indexOf('/*');
    return open < 0 || open > close ? close + 2 : 0;
  }
  // No end in sight, but every line that is not empty begins as the middle of a comment does.
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => /^\s*\*(?:\s|$)/.test(line)) ? text.length : 0;
}

/** Offset after the rest of a `#define` in which the text begins; 0 when it begins in none. */
function macroEnd(text: string): number {
  const rest = /^(?!\s*#)(?:[^\n]*\\\n)+[^\n]*\n?/.exec(text);
  return rest ? rest[0].length : 0;
}

/** The first line of code: not blank, no comment, no directive. */
function firstLine(text: string): string {
  const code = /^(?:[ \t]*(?:\n|\/\*[\s\S]*?\*\/|\/\/[^\n]*|#(?:\\\n|[^\n])*))*/.exec(text)![0];
  if (code.length === text.length) return '';
  const start = text.lastIndexOf('\n', code.length - 1) + 1;
  const line = text.slice(start, text.indexOf('\n', code.length) >>> 0);
  return line.replace(/^([ \t]*)\/\*.*?\*\/[ \t]*/, '$1');
}

/** Whether what stands before the closing parenthesis declares parameters, rather than passing arguments. */
function areParameters(before: string, { next }: Closer, section: string): boolean {
  if (next !== '{' && next !== ';' && next !== '__' && !/^__\w+$/.test(next)) return false;
  const isStruct = headFrom(section).within === 'struct';
  if (next !== '{' && cutHead(section) === '' && !isStruct) return false;
  const list = before.replace(/\/\*[\s\S]*?\*\//g, ' ').trim();
  if (/^(?:return|goto|else|if)\b/.test(list)) return false;
  return topLevelParts(list).every(
    (part, index) =>
      /^(?:\w+[\s*]+)+\w+(?:\[\w*\])*$|^\.\.\.$|\(\s*\*\s*\w*\s*\)\s*\(|^$/.test(part) ||
      (index === 0 && isCutWord(part, list)),
  );
}

/** `flags` as the first part: the name of a parameter whose type ended the line before. */
function isCutWord(part: string, list: string): boolean {
  return /^\**\w+$/.test(part) && list !== part;
}

function topLevelParts(list: string): string[] {
  let depth = 0;
  let masked = '';
  for (const char of list) {
    if (char === '(') depth++;
    else if (char === ')') depth--;
    masked += char === ',' && depth > 0 ? ' ' : char;
  }
  return masked.split(',').map((part) => part.trim());
}

function parameterList(closer: Closer, section: string): Openings {
  const head = headFrom(section);
  if (head.within === 'struct' && closer.next === ';')
    return { text: `${head.text} int (*hunk_op)(`, missing: head.missing };
  return { text: cutHead(section) || 'void hunk_head(', missing: ['head'] };
}

/** Whether the text begins with the name of a function, its type standing on the line before. */
function lacksType(text: string, first: string): boolean {
  if (!/^[a-z_]\w*\s*\(/.test(first)) return false;
  const after = /^[^;{}]*?\)\s*\{/.exec(text.slice(text.indexOf(first)));
  return after !== null && !/^(?:if|while|for|switch)\b/.test(first);
}

function inside(text: string, first: string, scan: HunkScan, section: string): Openings {
  const end = scan.closers.findIndex(({ bracket, beginsLine }) => bracket === '}' && beginsLine);
  // Nothing is open any more behind the brace that ends the function.
  const closers = end < 0 ? scan.closers : scan.closers.slice(0, end);
  const isEntries = isEntry(first) || /^[^;{}]*,\s*\.\w+\s*=[^=]/.test(text);
  const head = headOf(first, isEntries, closers, scan.closers[end], section);
  const opened = openAll(text, isEntries, closers, head.within);
  let prefix = continuation(first, opened.within);
  if (prefix === '' && scan.hasOrphanColon && opened.within !== 'struct')
    prefix = opened.within === 'code' ? 'hunk = 1 ? ' : '1 ? ';
  const orphan = scan.hasOrphanElse && head.within === 'code' ? `if (${CONDITION}) ` : '';
  // The statement whose `else` was seen is the one that the innermost parenthesis lies in.
  const [outer, inner] = closers[0]?.bracket === ')' ? splitLast(opened.text) : [opened.text, ''];
  return { text: `${head.text}${outer}${orphan}${inner}${prefix}`, missing: head.missing };
}

function splitLast(text: string): [string, string] {
  const at = text.search(/(?:(?:hunk_call|if |for )?\()+$/);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at)];
}

/** The section's head, unless the hunk shows that it lies in an initialiser that the section does not show. */
function headOf(
  first: string,
  isEntries: boolean,
  closers: readonly Closer[],
  end: Closer | undefined,
  section: string,
): Head {
  const head = headFrom(section);
  if (head.within === 'initializer' || (head.within === 'struct' && !isEntries)) return head;
  if (end?.next === ';' && end.semicolons === 0) return TABLE_HEAD;
  if (!isEntries || closers.length > 0) return head;
  return /^\t\t|^ {9}/.test(first) && head.within === 'code'
    ? { ...head, text: `${head.text} struct hunk_type hunk = {`, within: 'initializer' }
    : TABLE_HEAD;
}

/** An entry of an initialiser: `.compatible = …`, `{ .x = …`, `[A] = …`. */
function isEntry(first: string): boolean {
  return /^\s*(?:\{\s*)?(?:\.\w+(?:\.\w+)*\s*=|\[[^\]]*\]\s*=)/.test(first);
}

type Inner = Within | 'arguments';

/** Opens, outermost first, what the text closes below the head's own brace. */
function openAll(
  text: string,
  isEntries: boolean,
  closers: readonly Closer[],
  head: Within,
): { text: string; within: Inner } {
  let within: Inner = head;
  let opened = '';
  for (let at = closers.length - 1; at >= 0; at--) {
    const closer = closers[at]!;
    const opening: Opening =
      closer.bracket === '}'
        ? braceFor(text, closer, at, within, isEntries && at === 0)
        : parenFor(closer, within);
    opened += opening.text;
    within = opening.within;
  }
  return { text: opened, within };
}

interface Opening {
  readonly text: string;
  readonly within: Inner;
}

function braceFor(text: string, closer: Closer, at: number, within: Inner, isEntries: boolean): Opening {
  if (within === 'initializer') return { text: '{', within };
  if (within === 'struct') return { text: 'struct {', within };
  if (within === 'arguments')
    return isEntries || closer.semicolons === 0
      ? { text: '(struct hunk_type){', within: 'initializer' }
      : { text: '{', within: 'code' };
  if (closer.next === ';' || closer.next === ',' || isEntries)
    return { text: ' struct hunk_type hunk = {', within: 'initializer' };
  const isDo = /^\}\s*while\s*\([^;{]*;/.test(text.slice(closer.at, closer.at + 400));
  return { text: isDo ? 'do {' : `if (${CONDITION}${at === 0 ? '' : `_${at}`}) {`, within: 'code' };
}

function parenFor({ bracket, next, semicolons }: Closer, within: Inner): Opening {
  if (bracket === ']') return { text: 'hunk[', within: 'arguments' };
  if (within === 'struct' && semicolons > 0) return { text: 'struct_group(hunk_group, ', within };
  if (within !== 'code')
    return { text: within === 'struct' ? 'int (*hunk_op)(' : 'hunk_call(', within: 'arguments' };
  if (semicolons > 0) return { text: semicolons > 1 ? 'for (' : 'for (;', within: 'arguments' };
  const isStatement = /^(?:\{|[A-Za-z_])/.test(next);
  return { text: isStatement ? 'if (' : 'hunk_call(', within: 'arguments' };
}

/** Stands for the left side of an expression in whose middle the hunk begins. */
function continuation(first: string, within: Inner): string {
  const line = first.trimStart();
  if (within === 'struct') return '';
  if (within === 'code' && /^else\b/.test(line)) return `if (${CONDITION}) ;`;
  if (/^:\s/.test(line)) return '1 ? 1 ';
  const isBinary = /^(?:&&(?!\w)|\|\||[-+*&]\s|[/%|^?]|==|!=|[<>]=?|<<|>>)/.test(line);
  if (isBinary) return within === 'code' ? 'hunk = 1 ' : '1 ';
  if (/^[-+*/%&|^]?=[^=]/.test(line) && within === 'code') return 'hunk ';
  return '';
}
