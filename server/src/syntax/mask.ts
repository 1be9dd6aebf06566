/**
 * Rewrites kernel C, length for length, into C that the grammar can read:
 * annotations become blanks, iteration macros become `while`, declaring macros
 * become declarations, types as macro arguments become identifiers,
 * conditional directives become blanks. Every offset of the masked text is an
 * offset of the original, so names and messages are always read from the
 * original. Which words: dialect.table.ts. What the text means: outline.ts.
 */
import { Conditionals } from './conditionals.js';
import { type Configuration, DEFAULT_CONFIGURATION } from './configuration.js';
import { ANNOTATIONS } from './dialect.table.js';
import { isWordCode, Pairs, skipBlank, skipDirective, skipLiteral, wordEnd } from './lexing.js';
import { maskMacro, maskTypeArgument, type Place, type Taken } from './mask-macros.js';
import { type Masked, Sheet } from './sheet.js';

export type { Mark, Masked } from './sheet.js';

const KEYWORDS = new Set([
  ...['if', 'while', 'for', 'switch', 'return', 'sizeof', 'else', 'do', 'case', 'goto', 'typeof'],
]);
const NOT_CALLS = new Set([
  ...KEYWORDS,
  ...['__typeof__', 'offsetof', '__alignof__', '_Alignof', 'defined', '__attribute__'],
]);

/** Masks one text. Never fails: what is not known stays as it is. */
export function maskKernelC(text: string, configuration: Configuration = DEFAULT_CONFIGURATION): Masked {
  return new Masker(text, configuration).run();
}

class Masker implements Place {
  readonly sheet: Sheet;
  readonly pairs: Pairs;
  private readonly conditionals: Conditionals;
  private readonly braces: ('code' | 'data')[] = [];
  /** For each open parenthesis, whether it is of a call. */
  private parens: boolean[] = [];
  private at = 0;
  /** Where the outermost open brace is, if it is of code; else -1. */
  private body = -1;
  last = ';';
  lastWord = '';

  constructor(
    readonly text: string,
    configuration: Configuration,
  ) {
    this.sheet = new Sheet(text);
    this.pairs = new Pairs(text);
    this.conditionals = new Conditionals(text, this.sheet, configuration);
  }

  get depth(): number {
    return this.braces.length;
  }

  get isCode(): boolean {
    return this.braces.at(-1) === 'code';
  }

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
    this.conditionals.finish();
    return this.sheet.finish();
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

  private took({ at, last, word }: Taken): void {
    this.at = at;
    this.saw(last, word);
  }

  private punctuation(char: string): void {
    if (char === '{') this.openBrace();
    else if (char === '}') this.closeBrace();
    else if (char === '(') this.parens.push(this.lastWord !== '' && !NOT_CALLS.has(this.lastWord));
    else if (char === ')') this.parens.pop();
    else if (char === '.') this.dots();
    // At file scope a statement's end is the end of every parenthesis that was forgotten in it.
    else if (char === ';' && this.depth === 0) this.parens = [];
    this.saw(char, '');
  }

  private openBrace(): void {
    const opensCode = this.opensCode();
    if (this.depth === 0) this.body = opensCode ? this.at : -1;
    this.braces.push(opensCode ? 'code' : 'data');
  }

  private closeBrace(): void {
    this.braces.pop();
    if (this.depth > 0) return;
    this.parens = [];
    if (this.body >= 0) this.sheet.body(this.body, this.at + 1);
    this.body = -1;
  }

  /** `case 1 ... 5:`; the tree's reader finds the dots again in the original. */
  private dots(): void {
    if (!this.text.startsWith('...', this.at) || !this.isCode || this.parens.length > 0) return;
    this.sheet.mark('range', '...', this.at, this.at + 3);
    this.sheet.write(this.at, '|| ');
    this.at += 2;
  }

  private opensCode(): boolean {
    return this.isCode ? this.last !== '=' && this.last !== ',' : this.last === ')';
  }

  private word(word: string, start: number, end: number): void {
    const annotation = ANNOTATIONS.get(word);
    if (annotation) {
      this.annotation(word, start, end, annotation === 'with-arguments');
      return;
    }
    const taken = this.special(word, start, end);
    if (taken) this.took(taken);
    else this.saw('a', word);
  }

  /** What takes the word and perhaps what follows it; null for a word like any other. */
  private special(word: string, start: number, end: number): Taken | null {
    if (word === 'struct' || word === 'union' || word === 'enum') {
      const isArgument = (this.last === '(' || this.last === ',') && this.parens.at(-1) && this.depth > 0;
      return isArgument ? maskTypeArgument(this, start) : null;
    }
    if (word === 'typeof' || word === '__typeof__') return this.typeof(start, end);
    const open = skipBlank(this.text, end);
    if (this.text[open] !== '(' || KEYWORDS.has(word)) return null;
    return maskMacro(this, { word, start, end, open });
  }

  private annotation(word: string, start: number, end: number, takesArguments: boolean): void {
    let past = end;
    if (takesArguments) {
      const open = skipBlank(this.text, end);
      const close = this.text[open] === '(' ? this.pairs.closing(open) : -1;
      if (close >= 0) past = close + 1;
    }
    this.sheet.mark('annotation', word, start, past);
    this.sheet.blank(start, past);
    this.at = past;
  }

  private typeof(start: number, end: number): Taken | null {
    const open = skipBlank(this.text, end);
    const close = this.text[open] === '(' ? this.pairs.closing(open) : -1;
    if (close < 0) return null;
    this.sheet.mark('type-argument', 'typeof', start, close + 1);
    this.sheet.write(start, this.text.slice(start, close + 1).replace(/[^\w\r\n]/g, '_'));
    return { at: close + 1, last: 'a', word: 'typeof' };
  }

  private directive(): void {
    const { text, at: start } = this;
    const end = skipDirective(text, start);
    const [, name = '', rest = ''] = /^#[ \t]*(\w*)([\s\S]*)/.exec(text.slice(start, end)) ?? [];
    this.at = end;
    if (/^(?:if|ifdef|ifndef|elif|elifdef|elifndef|else|endif)$/.test(name)) {
      this.sheet.mark('directive', name, start, end);
      this.sheet.blank(start, end);
      const isCode = this.isCode || this.parens.length > 0;
      const around = { isCode, depth: this.depth, endsItem: this.endsItem() };
      this.at = this.conditionals.directive(name, rest, start, end, around);
    } else if (this.depth > 0 || this.parens.length > 0) {
      this.sheet.mark('directive', name, start, end);
      this.sheet.blank(start, end);
    } else {
      if (name === 'define') this.definition(start, end);
      this.saw(';', '');
    }
  }

  /** Hides what the grammar does not know in a `#define`: the name in `args...`, and comments before its end. */
  private definition(start: number, end: number): void {
    const text = this.text.slice(start, end);
    const named = /^[^)\n]*?(\w+)\.\.\./.exec(text);
    if (named?.[1]) {
      const dots = start + named[0].length - 3;
      this.sheet.blank(dots - named[1].length, dots);
    }
    for (const { 0: comment, index } of text.matchAll(/\/\*[\s\S]*?\*\/(?=[\s\\]*[^\s\\])/g)) {
      // A comment may go over the end of a line without a backslash; the grammar wants one there.
      const blank = comment.replace(/[^\r\n]/g, ' ').replace(/ (?=\r?\n)/g, '\\');
      this.sheet.write(start + index, blank);
    }
  }

  /** Whether an item of the file, a field or an entry could begin here. */
  private endsItem(): boolean {
    if (this.depth === 0) return this.last === ';' || this.last === '}';
    return this.last === ';' || this.last === ',' || this.last === '{';
  }
}
