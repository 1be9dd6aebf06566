/**
 * The head of what a hunk lies in, from the line that diff prints behind its
 * `@@`: the last line above that begins with a letter, often cut at 80
 * columns, sometimes a label or the second line of a head.
 */
import type { Missing } from '../syntax/index.js';

/** What stands inside of the head's brace. */
export type Within = 'code' | 'struct' | 'initializer';

export interface Head {
  /** Ends in the opening brace. */
  readonly text: string;
  readonly within: Within;
  readonly missing: readonly Missing[];
}

/** An initialiser of which neither name nor type is seen. */
export const TABLE_HEAD: Head = {
  text: 'static const int hunk_table[] = {',
  within: 'initializer',
  missing: ['name', 'head', 'start'],
};

const UNKNOWN_HEAD: Head = {
  text: 'void hunk_of_unknown_function(void) {',
  within: 'code',
  missing: ['name', 'head', 'start'],
};

/** The head that the section shows, completed; a function of unknown name when it shows none. */
export function headFrom(section: string): Head {
  const line = section.replace(/\/\*.*$/, '').trim();
  if (/=\s*\{$/.test(line)) return { text: typed(line), within: 'initializer', missing: ['start'] };
  if (/^(?:(?:typedef|static|const|extern)\s+)*(?:struct|union|enum)\b[^()]*\{$/.test(line))
    return { text: line, within: 'struct', missing: ['start'] };
  if (isFunctionHead(line)) {
    const head = functionHead(line);
    const isWhole = isWholeHead(line) && line.startsWith(head);
    return { text: `${head}{`, within: 'code', missing: isWhole ? ['start'] : ['head', 'start'] };
  }
  if (/^(?:struct|union|enum)\s+\w+$/.test(line))
    return { text: `${line} {`, within: 'struct', missing: ['start'] };
  return UNKNOWN_HEAD;
}

/** The head for a hunk that shows the function's opening brace itself, and what is missing of it. */
export function headWithoutBrace(section: string): Head {
  const line = section.replace(/\/\*.*$/, '').trim();
  if (!isFunctionHead(line))
    return { text: 'void hunk_of_unknown_function(void)', within: 'code', missing: ['name', 'head'] };
  return { text: functionHead(line), within: 'code', missing: ['head'] };
}

/** `int f(struct device *dev,`: a head whose parameters go on in the hunk, without the word at which diff cut it off; '' for any other section. */
export function cutHead(section: string): string {
  const line = section.trimEnd();
  if (!/\([^)]*$/.test(line) || !isFunctionHead(line)) return '';
  return typed(line.replace(/([,(])[^,(]*$/, '$1'));
}

/** `static struct foo *`: the line above a function's name; '' when the section is something else. */
export function returnTypeFrom(section: string): string {
  const words = /^(?:(?:static|inline|const|extern|struct|unsigned|__\w+)\s+)*\w+[\s*]*$/.exec(section);
  return words && !/^(?:struct|union|enum|return|else|do)\s*\w*$|^__\w+$|^default/.test(section)
    ? section
    : '';
}

/** Whether a macro that spans lines begins on the section's line: `TRACE_EVENT(map,`. */
export function isMacroHead(section: string): boolean {
  return /^[A-Z][A-Z0-9_]*\s*\([^)]*$/.test(section);
}

function isFunctionHead(line: string): boolean {
  return (
    /^[A-Za-z_][\w\s*]*\w\s*\(/.test(line) &&
    !/^(?:if|for|while|switch|return|else|[A-Z0-9_]+\s*\()/.test(line)
  );
}

function isWholeHead(line: string): boolean {
  return /\)\s*\{?$/.test(line) && countOf(line, '(') === countOf(line, ')');
}

function functionHead(line: string): string {
  return typed(isWholeHead(line) ? line.replace(/\s*\{$/, '') : closeParameters(line));
}

/** A line that begins with the name itself lacks the type that stood on the line before. */
function typed(line: string): string {
  return /^\w+\s*[([]/.test(line) ? `int ${line}` : line;
}

/** Closes the parameters after the last one that is whole. */
function closeParameters(head: string): string {
  const cut = head.replace(/;.*$/, '').replace(/([,(])[^,(]*$/, '$1');
  const whole = cut.replace(/,$/, '');
  return whole + ')'.repeat(Math.max(0, countOf(whole, '(') - countOf(whole, ')')));
}

function countOf(text: string, char: string): number {
  return text.split(char).length - 1;
}
