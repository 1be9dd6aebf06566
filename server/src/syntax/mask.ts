/**
 * Rewrites kernel C, length for length, into C that the grammar can read:
 * annotations become blanks, iteration macros become `while`, declaring macros
 * become declarations, types as macro arguments become identifiers,
 * conditional directives become blanks. Every offset of the masked text is an
 * offset of the original, so names and messages are always read from the
 * original. Which words: dialect.table.ts. What the text means: outline.ts.
 */
import type { Span } from '../base/index.js';
import { ANNOTATIONS, DECLARING, LOOPS_BY_NAME, NOT_LOOPS, TYPE_ARGUMENTS } from './dialect.table.js';
import {
  isWordCode,
  matchingParen,
  skipBlank,
  skipDirective,
  skipLiteral,
  splitArguments,
  wordEnd,
} from './lexing.js';

/** What was hidden from the grammar, and where. */
export interface Mark extends Span {
  readonly kind:
    | 'annotation'
    | 'loop'
    | 'declares'
    | 'type-argument'
    | 'range'
    | 'dropped'
    | 'directive'
    | 'untaken';
  readonly name: string;
}

export interface Masked {
  /** Same length as the original, same line ends. */
  readonly text: string;
  /** In order of `start`. */
  readonly marks: readonly Mark[];
}

const KEYWORDS = new Set([
  'if',
  'while',
  'for',
  'switch',
  'return',
  'sizeof',
  'else',
  'do',
  'case',
  'goto',
  'typeof',
]);
const NOT_CALLS = new Set([
  ...KEYWORDS,
  '__typeof__',
  'offsetof',
  '__alignof__',
  '_Alignof',
  'defined',
  '__attribute__',
]);

/** Masks one text. Never fails: what is not known stays as it is. */
export function maskKernelC(text: string): Masked {
  return new Masker(text).run();
}

interface Conditional {
  /** Whether the arm being read is shown to the grammar. */
  taken: boolean;
  /** Whether some arm was shown already. */
  done: boolean;
  readonly depth: number;
  /** Data (fields, initialisers, file scope) shows all its arms; code shows one, else its flow would be nonsense. */
  readonly showsAll: boolean;
  untakenFrom: number;
}

class Masker {
  private readonly marks: Mark[] = [];
  private readonly edits: { at: number; text: string }[] = [];
  private readonly braces: ('code' | 'data')[] = [];
  private readonly parens: boolean[] = [];
  private readonly conditionals: Conditional[] = [];
  private at = 0;
  /** The last significant token: its last character, and the word if it was one. */
  private last = ';';
  private lastWord = '';

  constructor(private readonly text: string) {}

  run(): Masked {
    const { text } = this;
    let lineStart = true;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      if (code === 10) {
        lineStart = true;
        this.at++;
      } else if (code === 32 || code === 9 || code === 13) this.at++;
      else if (code === 35 && lineStart) this.directive();
      else {
        lineStart = false;
        this.token(code);
      }
    }
    return { text: this.apply(), marks: this.marks.sort((a, b) => a.start - b.start) };
  }

  private token(code: number): void {
    const { text, at } = this;
    const past = skipLiteral(text, at);
    if (past > at) {
      const isComment = code === 47;
      this.at = past;
      if (!isComment) this.saw('"', '');
    } else if (isWordCode(code)) {
      const end = wordEnd(text, at);
      const word = text.slice(at, end);
      this.at = end;
      if (code >= 48 && code <= 57) this.saw('0', '');
      else this.word(word, at, end);
    } else {
      this.punctuation(text[at]!);
      this.at++;
    }
  }

  private saw(last: string, word: string): void {
    this.last = last;
    this.lastWord = word;
  }

  private punctuation(char: string): void {
    if (char === '{') this.braces.push(this.opensCode() ? 'code' : 'data');
    else if (char === '}') this.braces.pop();
    else if (
      char === '.' &&
      this.text.startsWith('...', this.at) &&
      this.inCode() &&
      this.parens.length === 0
    )
      this.range();
    else if (char === '(') this.parens.push(this.lastWord !== '' && !NOT_CALLS.has(this.lastWord));
    else if (char === ')') this.parens.pop();
    this.saw(char, '');
  }

  /** `case 1 ... 5:`; the tree's reader finds the dots again in the original. */
  private range(): void {
    this.mark('range', '...', this.at, this.at + 3);
    this.edits.push({ at: this.at, text: '|| ' });
    this.at += 2;
  }

  private opensCode(): boolean {
    return this.inCode() ? this.last !== '=' && this.last !== ',' : this.last === ')';
  }

  private inCode(): boolean {
    return this.braces.at(-1) === 'code';
  }

  private atStatement(): boolean {
    return ';{}):'.includes(this.last) || this.lastWord === 'else' || this.lastWord === 'do';
  }

  private word(word: string, start: number, end: number): void {
    const annotation = ANNOTATIONS.get(word);
    if (annotation) this.annotation(word, start, end, annotation === 'with-arguments');
    else if ((word === 'struct' || word === 'union' || word === 'enum') && this.typeAsArgument(start)) return;
    else if (word === 'typeof' || word === '__typeof__') this.typeof(start, end);
    else {
      const open = skipBlank(this.text, end);
      if (this.text[open] !== '(' || !this.macro(word, start, end, open)) this.saw('a', word);
    }
  }

  private annotation(word: string, start: number, end: number, takesArguments: boolean): void {
    let past = end;
    if (takesArguments) {
      const open = skipBlank(this.text, end);
      const close = this.text[open] === '(' ? matchingParen(this.text, open) : -1;
      if (close >= 0) past = close + 1;
    }
    this.mark('annotation', word, start, past);
    this.blank(start, past);
    this.at = past;
  }

  /** Whether `word(` was a macro that the grammar must not see as a call. */
  private macro(word: string, start: number, end: number, open: number): boolean {
    if (KEYWORDS.has(word)) return false;
    const typeAt = TYPE_ARGUMENTS.get(word);
    if (typeAt) return this.typeArguments(word, open, typeAt);
    const declaring = DECLARING.get(word);
    if (declaring && (this.atStatement() || this.lastWord === 'static' || this.lastWord === 'extern'))
      return this.declares(word, start, open, declaring.nameAt);
    if (word === 'struct_group' || word === 'struct_group_attr' || word === 'struct_group_tagged')
      return this.memberGroup(word, start, open);
    if (this.inCode())
      return word.startsWith('__alignof') ? this.alignof(open) : this.loop(word, start, end, open);
    if (this.braces.length > 0) return this.amongEntries(word, start, open);
    return this.atFileScope(word, start, open);
  }

  private loop(word: string, start: number, end: number, open: number): boolean {
    if (NOT_LOOPS.has(word) || word.length < 5 || !this.atStatement()) return false;
    const close = matchingParen(this.text, open);
    if (close < 0) return false;
    const next = this.text[skipBlank(this.text, close + 1)];
    const named = LOOPS_BY_NAME.has(word) || /(?:^|_)for_each/.test(word);
    const isLoop = next === '{' || (named && next !== undefined && !';,)=.-[?:&|'.includes(next));
    if (!isLoop) return false;
    this.mark('loop', word, start, close + 1);
    this.edits.push({ at: start, text: 'while'.padEnd(end - start) });
    this.saw('a', 'while');
    return true;
  }

  private declares(word: string, start: number, open: number, nameAt: number): boolean {
    const close = matchingParen(this.text, open);
    if (close < 0) return false;
    const named = splitArguments(this.text, open, close)[nameAt];
    if (!named) return false;
    this.mark('declares', word, start, close + 1);
    this.blank(open, named.start);
    this.blank(named.end, close + 1);
    this.at = close + 1;
    this.saw('a', word);
    return true;
  }

  /** `__alignof__(*pointer)`: the grammar wants a type there. */
  private alignof(open: number): boolean {
    const close = matchingParen(this.text, open);
    if (close > 0) this.joinWords('', open + 1, close);
    return false;
  }

  /** `struct_group(name, members)`: the members stay, the wrapping goes. */
  private memberGroup(word: string, start: number, open: number): boolean {
    const close = matchingParen(this.text, open);
    const names = word === 'struct_group' ? 1 : 2;
    const first = close < 0 ? undefined : splitArguments(this.text, open, close)[names];
    if (!first) return false;
    this.mark('dropped', word, start, first.start);
    this.blank(start, first.start);
    this.blank(close, skipBlank(this.text, close + 1) + 1);
    this.at = first.start;
    this.saw(';', '');
    return true;
  }

  /** A macro that stands for whole entries of an initialiser (`SET_RUNTIME_PM_OPS(a, b, c)` without a comma). */
  private amongEntries(word: string, start: number, open: number): boolean {
    if (this.last !== '{' && this.last !== ',' && this.last !== ';') return false;
    const close = matchingParen(this.text, open);
    const next = close < 0 ? ',' : this.text[skipBlank(this.text, close + 1)];
    if (next === undefined || !/[\w.[}]/.test(next) || !/^[A-Z]/.test(word)) return false;
    this.mark('dropped', word, start, close + 1);
    this.blank(start, close + 1);
    this.at = close + 1;
    return true;
  }

  /** A macro call between functions: kept when it ends like a statement, else blanked. */
  private atFileScope(word: string, start: number, open: number): boolean {
    if (!this.atStatement() && this.lastWord !== 'static') return false;
    const close = matchingParen(this.text, open);
    if (close < 0) return false;
    const next = this.text[skipBlank(this.text, close + 1)];
    const argumentsCount = splitArguments(this.text, open, close).length;
    if (
      next === '{' ||
      next === '=' ||
      next === ',' ||
      (next === ';' && argumentsCount < 2 && /^[A-Z_]+$/.test(word))
    ) {
      return false;
    }
    if (next === ';' || /^[A-Z][A-Z0-9_]*$/.test(word) || /^module_|_initcall$|^builtin_/.test(word)) {
      const from = this.lastWord === 'static' ? this.text.lastIndexOf('static', start) : start;
      this.mark('dropped', word, start, close + 1);
      this.blank(from, next === ';' ? skipBlank(this.text, close + 1) + 1 : close + 1);
      this.at = close + 1;
      this.saw(';', '');
      return true;
    }
    return false;
  }

  private typeArguments(word: string, open: number, indices: readonly number[]): boolean {
    const close = matchingParen(this.text, open);
    if (close < 0) return false;
    const spans = splitArguments(this.text, open, close);
    for (const index of indices) {
      const span = spans[index];
      if (span) this.joinWords(word, span.start, span.end);
    }
    if (word === 'offsetof') {
      // The grammar knows offsetof(type, member) but not member[i].b: hide all but the member's first word.
      const member = spans[1];
      if (member) this.blank(wordEnd(this.text, member.start), member.end);
    }
    this.saw('a', word);
    return true;
  }

  private typeAsArgument(start: number): boolean {
    if ((this.last !== '(' && this.last !== ',') || !this.parens.at(-1) || this.braces.length === 0)
      return false;
    let end = start;
    while (end < this.text.length && /[\w\s*]/.test(this.text[end]!)) end++;
    const next = this.text[end];
    const type = this.text.slice(start, end).trimEnd();
    if ((next !== ',' && next !== ')') || !/^(?:struct|union|enum)\s+\w+[\s*]*$/.test(type)) return false;
    this.joinWords('', start, start + type.length);
    this.at = start + type.length;
    this.saw('a', type);
    return true;
  }

  /** `struct foo *` → `struct_foo__`, `int` → `Int`: one identifier of the same length. */
  private joinWords(macro: string, start: number, end: number): void {
    const raw = this.text.slice(start, end);
    if (
      /^\w+$/.test(raw) &&
      !/^(?:int|char|short|long|unsigned|signed|void|float|double|bool|u8|u16|u32|u64|s8|s16|s32|s64|size_t|ssize_t|\w+_t)$/.test(
        raw,
      )
    )
      return;
    if (!/^[\w\s*().>&[\]-]+$/.test(raw)) return;
    const joined = raw.replace(/[^\w\r\n]/g, '_');
    this.mark('type-argument', macro, start, end);
    this.edits.push({
      at: start,
      text: joined[0]!.toUpperCase() + joined.slice(1).replace(/[\r\n]/g, (end_) => end_),
    });
  }

  private typeof(start: number, end: number): void {
    const open = skipBlank(this.text, end);
    const close = this.text[open] === '(' ? matchingParen(this.text, open) : -1;
    if (close < 0) {
      this.saw('a', 'typeof');
      return;
    }
    this.mark('type-argument', 'typeof', start, close + 1);
    this.edits.push({ at: start, text: this.text.slice(start, close + 1).replace(/[^\w\r\n]/g, '_') });
    this.at = close + 1;
    this.saw('a', 'typeof');
  }

  private directive(): void {
    const { text, at: start } = this;
    const end = skipDirective(text, start);
    const [, name = '', rest = ''] = /^#[ \t]*(\w*)([\s\S]*)/.exec(text.slice(start, end)) ?? [];
    this.at = end;
    if (/^(?:if|ifdef|ifndef|elif|else|endif)$/.test(name)) {
      this.mark('directive', name, start, end);
      this.blank(start, end);
      this.conditional(name, rest, start, end);
    } else if (this.braces.length > 0 || this.parens.length > 0) {
      this.mark('directive', name, start, end);
      this.blank(start, end);
    } else {
      // `args...)`, the old way of a variadic macro, is unknown to the grammar.
      const named = name === 'define' ? /^[^)\n]*?(\w+)\.\.\./.exec(text.slice(start, end)) : null;
      if (named?.[1]) this.blank(start + named[0].length - 3 - named[1].length, start + named[0].length - 3);
      this.saw(';', '');
    }
  }

  private conditional(name: string, condition: string, start: number, end: number): void {
    if (name.startsWith('if')) {
      const dead = name === 'if' && /^\s*0\s*(?:\/|$)/.test(condition);
      const showsAll = this.parens.length === 0 && !this.inCode();
      const taken = !dead || showsAll;
      this.conditionals.push({ taken, done: taken, depth: this.braces.length, showsAll, untakenFrom: end });
      return;
    }
    const top = this.conditionals.at(-1);
    if (!top) return;
    if (!top.taken) this.dropArm(top.untakenFrom, start);
    if (name === 'endif') {
      this.conditionals.pop();
      return;
    }
    top.taken = top.showsAll || !top.done;
    top.done ||= top.taken;
    top.untakenFrom = end;
    if (top.showsAll) this.braces.length = Math.min(this.braces.length, top.depth);
    if (!top.taken) this.skipArm();
  }

  /** Moves to the directive that ends an arm which is not shown. */
  private skipArm(): void {
    const { text } = this;
    let nesting = 0;
    for (let line = this.at; line < text.length; ) {
      const first = skipBlank(text, line);
      if (text[first] === '#') {
        const [, name = ''] = /^#[ \t]*(\w*)/.exec(text.slice(first, first + 20)) ?? [];
        if (nesting === 0 && /^(?:elif|else|endif)$/.test(name)) {
          this.at = first;
          return;
        }
        if (name.startsWith('if')) nesting++;
        else if (name === 'endif') nesting--;
      }
      const next = text.indexOf('\n', first);
      line = next < 0 ? text.length : next + 1;
    }
    this.at = text.length;
  }

  private dropArm(start: number, end: number): void {
    this.mark('untaken', '', start, end);
    this.blank(start, end);
  }

  private mark(kind: Mark['kind'], name: string, start: number, end: number): void {
    this.marks.push({ kind, name, start, end });
  }

  private blank(start: number, end: number): void {
    if (end > start)
      this.edits.push({ at: start, text: this.text.slice(start, end).replace(/[^\r\n]/g, ' ') });
  }

  private apply(): string {
    const { text } = this;
    if (this.edits.length === 0) return text;
    const parts: string[] = [];
    let done = 0;
    for (const { at, text: replacement } of this.edits.sort((a, b) => a.at - b.at)) {
      const from = Math.max(at, done);
      if (at + replacement.length <= from) continue;
      parts.push(text.slice(done, from), replacement.slice(from - at));
      done = at + replacement.length;
    }
    parts.push(text.slice(done));
    return parts.join('');
  }
}
