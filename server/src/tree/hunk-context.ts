/**
 * What surrounds a hunk, guessed from the hunk itself and from the line that
 * diff prints behind its `@@`: whether it begins in a comment, inside of
 * braces or parentheses, and the head of the function or struct it lies in.
 */
import type { Missing } from '../syntax/index.js';

/** Openings and closings of a piece of C, comments and strings skipped. */
export interface Balance {
  /** Braces open at the end, counted from 0 at the start. */
  readonly braces: number;
  /** The deepest the text goes below where it started. */
  readonly lowestBraces: number;
  /** Whether the brace that closes deepest below the start stands at the start of its line, as a function's does. */
  readonly lowestIsOutermost: boolean;
  readonly parens: number;
  readonly lowestParens: number;
  /** The first character after the parenthesis that closes one opened before the text. */
  readonly afterLowestParen: string;
  readonly startsInComment: boolean;
  readonly endsInComment: boolean;
  /** The last character that is neither blank nor comment; '' when there is none. */
  readonly lastSignificant: string;
  /** Whether the innermost brace left open is of a struct or an initialiser. */
  readonly isData: boolean;
}

const TOKEN =
  /\/\*[\s\S]*?(?:\*\/|(?![\s\S]))|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?|^[ \t]*#(?:\\\n|[^\n])*|\S/gm;

/** Counts what `text` opens and closes. */
export function balanceOf(text: string): Balance {
  const start = commentEndBeforeStart(text);
  const kinds: boolean[] = [];
  let braces = 0;
  let lowestBraces = 0;
  let lowestIsOutermost = true;
  let parens = 0;
  let lowestParens = 0;
  let afterLowestParen = '';
  let last = '';
  let endsInComment = false;
  TOKEN.lastIndex = start;
  for (let match = TOKEN.exec(text); match; match = TOKEN.exec(text)) {
    const [token] = match;
    endsInComment = token.startsWith('/*') && !(token.endsWith('*/') && token.length > 3);
    if (token.startsWith('/*') || token.startsWith('//') || /^\s*#/.test(token)) continue;
    if (afterLowestParen === ')') afterLowestParen = token;
    if (token === '{') {
      kinds.push(last !== ')' && (last === '=' || isDataHead(text, match.index) || (kinds.at(-1) ?? false)));
      braces++;
    } else if (token === '}') {
      kinds.pop();
      if (--braces < lowestBraces) {
        lowestBraces = braces;
        lowestIsOutermost = match.index === 0 || text[match.index - 1] === '\n';
      }
    } else if (token === '(') parens++;
    else if (token === ')' && --parens < lowestParens) {
      lowestParens = parens;
      afterLowestParen = ')';
    }
    last = token[0]!;
  }
  return {
    braces,
    lowestBraces,
    lowestIsOutermost,
    parens,
    lowestParens,
    afterLowestParen,
    startsInComment: start > 0,
    endsInComment,
    lastSignificant: last,
    isData: kinds.at(-1) ?? false,
  };
}

/** Offset after a comment that was opened before the text; 0 when none was. */
function commentEndBeforeStart(text: string): number {
  const close = text.indexOf('*/');
  if (close >= 0) {
    const open = text.indexOf('/*');
    return open < 0 || open > close ? close + 2 : 0;
  }
  // No end in sight, but every line that is not empty begins as the middle of a comment does.
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 0 && lines.every((line) => /^\s*\*(?:\s|$)/.test(line)) ? text.length : 0;
}

function isDataHead(text: string, brace: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', brace) + 1, brace);
  return /\b(?:struct|union|enum)\b(?:\s+\w+)*\s*$/.test(line);
}

/** Text that opens what the hunk closes or lies in, and what of an item it stands for. */
export interface Openings {
  readonly text: string;
  readonly missing: readonly Missing[];
}

/** What must precede a hunk so that it parses; empty for one that begins at file scope. */
export function openingsFor(text: string, balance: Balance, section: string): Openings {
  const first = firstLine(text, balance);
  const comment = balance.startsInComment ? '/*' : '';
  if (startsInHead(text, first, balance, section)) {
    return { text: `${cutHead(section) || 'void hunk_head('}${comment}`, missing: ['head'] };
  }
  const isInside = balance.lowestBraces < 0 || /^[\t ]+\S/.test(first) || /^\w+:\s*$/.test(first);
  if (!isInside) return { text: comment, missing: comment ? ['start'] : [] };
  const head = headOf(first, balance, section);
  const outermost = balance.lowestIsOutermost || balance.lowestBraces === 0 ? 1 : 0;
  const given = head.text.includes('struct hunk_type') ? 1 : 0;
  const nested = Math.max(0, -balance.lowestBraces - outermost - given);
  return {
    text: `${head.text}${head.inner.repeat(nested)}${continuation(first, balance)}${comment}`,
    missing: head.missing,
  };
}

/** The section's head, unless the hunk begins among the entries of an initialiser that the section does not show. */
function headOf(first: string, balance: Balance, section: string): Head {
  const head = headFrom(section);
  if (!isEntry(first) || head.inner === '{') return head;
  const isLocal = balance.lowestBraces < 0 && !balance.lowestIsOutermost;
  return isLocal
    ? { text: `${head.text} struct hunk_type hunk = {`, inner: '{', missing: head.missing }
    : TABLE;
}

/** The first line of code: not blank, no directive, not the rest of a comment. */
function firstLine(text: string, balance: Balance): string {
  const code = text.slice(balance.startsInComment ? commentEndBeforeStart(text) : 0);
  return code.split('\n').find((line) => line.trim() !== '' && !/^\s*(?:#|\/\*|\*)/.test(line)) ?? '';
}

/** Whether the hunk begins among the parameters of a function's head or prototype. */
function startsInHead(text: string, first: string, balance: Balance, section: string): boolean {
  if (balance.lowestParens >= 0 || balance.lowestBraces < 0) return false;
  const parameters = text.slice(0, text.indexOf(')')).split(',');
  const areDeclared = parameters.every((each) =>
    /^\s*(?:\w+[\s*]+)+\w+(?:\[\w*\])?\s*$|^\s*\.\.\.$|^\s*$/.test(each),
  );
  if (!areDeclared || /^\s*(?:return|goto|else)\b/.test(first)) return false;
  return balance.afterLowestParen === '{' || (balance.afterLowestParen === ';' && cutHead(section) !== '');
}

/** An entry of an initialiser: `.compatible = …`, `{ .x = …`, `[A] = …`. */
function isEntry(first: string): boolean {
  return /^\s*(?:\{\s*)?(?:\.\w+(?:\.\w+)*\s*=|\[[^\]]*\]\s*=)/.test(first);
}

/** Opens the statement in whose middle the hunk begins. */
function continuation(first: string, balance: Balance): string {
  if (balance.lowestParens < 0) {
    const call = balance.afterLowestParen === '{' || /^\s*(?:&&|\|\|)/.test(first) ? 'if (' : 'hunk_call(';
    const value = /^\s*(?:[&|]{2}|[-+*/%<>=!?:|&^])/.test(first) ? '1 ' : '';
    return call + '('.repeat(-balance.lowestParens - 1) + value;
  }
  return /^\s*else\b/.test(first) ? 'if (1) ;' : '';
}

interface Head {
  readonly text: string;
  /** What opens each further brace inside. */
  readonly inner: string;
  readonly missing: readonly Missing[];
}

const TABLE: Head = {
  text: 'static const int hunk_table[] = {',
  inner: '{',
  missing: ['name', 'head', 'start'],
};

/** The head of what the hunk lies in, from the line that diff shows behind `@@`. */
function headFrom(section: string): Head {
  const trimmed = section.replace(/\/\*.*$/, '').trim();
  if (/=\s*\{$/.test(trimmed)) return { text: trimmed, inner: '{', missing: ['start'] };
  if (/^(?:(?:typedef|static|const|extern)\s+)*(?:struct|union|enum)\b[^()]*\{$/.test(trimmed)) {
    return { text: trimmed, inner: 'struct {', missing: ['start'] };
  }
  if (/^[A-Za-z_][\w\s*]*\w\s*\(/.test(trimmed) && !/^(?:if|for|while|switch)\b/.test(trimmed)) {
    const complete = trimmed.endsWith(')') || trimmed.endsWith('{');
    const closed = complete ? trimmed.replace(/\{$/, '') : closeParameters(trimmed);
    const typed = /^\w+\s*\(/.test(closed) ? `int ${closed}` : closed;
    return { text: `${typed}{`, inner: 'if (1) {', missing: complete ? ['start'] : ['head', 'start'] };
  }
  if (/^(?:struct|union|enum)\s+\w+$/.test(trimmed))
    return { text: `${trimmed} {`, inner: 'struct {', missing: ['start'] };
  return {
    text: 'void hunk_of_unknown_function(void) {',
    inner: 'if (1) {',
    missing: ['name', 'head', 'start'],
  };
}

function closeParameters(head: string): string {
  const whole = head.replace(/,[^,(]*$/, '');
  const kept = /\(/.test(whole) && /,\s*$/.test(head) ? head.replace(/,\s*$/, '') : whole;
  const open = (kept.match(/\(/g)?.length ?? 0) - (kept.match(/\)/g)?.length ?? 0);
  return kept + ')'.repeat(Math.max(0, open));
}

/** `int f(struct device *dev,`: a head whose parameters go on in the hunk, without the word at which diff cut it off. */
function cutHead(section: string): string {
  if (!/\([^)]*$/.test(section)) return '';
  const whole = section.trimEnd().replace(/([,(])[^,(]*$/, '$1');
  return /^\w+\s*\(/.test(whole) ? `int ${whole}` : whole;
}
