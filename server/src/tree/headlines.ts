/**
 * What a C text may declare, told by skimming it: some thirty times faster
 * than parsing, so that of the hundreds of headers around a file only those
 * are parsed that matter. It names too much rather than too little: what it
 * does not name, the text does not declare.
 */

/** What a name may be; the values are bits. */
export const MAY_BE = { tag: 1, function: 2, variable: 4, typedef: 8, macro: 16, enumerator: 32 } as const;

/** By name, the bits of `MAY_BE`, and where in the text it is what they say. */
export class Headlines {
  private readonly bits = new Map<string, number>();
  private readonly places = new Map<string, number[]>();

  get(name: string): number | undefined {
    return this.bits.get(name);
  }

  /** Offsets within the items that may declare the name, in order. */
  placesOf(name: string): readonly number[] {
    return this.places.get(name) ?? [];
  }

  names(): Iterable<string> {
    return this.bits.keys();
  }

  note(name: string, bits: number, at: number): void {
    this.bits.set(name, (this.bits.get(name) ?? 0) | bits);
    const places = this.places.get(name);
    if (places) places.push(at);
    else this.places.set(name, [at]);
  }
}

/** Skims a text; never fails. */
export function headlinesOf(text: string): Headlines {
  return new Skimmer(text).skim();
}

/** Kinds of characters: 1 blank, 2 newline, 3 in a word, 4 anything else. */
const CHARACTER = new Uint8Array(128).map((_, code) => {
  const character = String.fromCharCode(code);
  if (character === '\n') return 2;
  if (code <= 32) return 1;
  return /\w/.test(character) ? 3 : 4;
});

const DIRECTIVE = /#[ \t]*(\w*)[ \t]*(\w*)/y;

class Skimmer {
  private readonly names = new Headlines();
  private at = 0;
  /** For each open brace, whether it is of an enum. */
  private readonly braces: boolean[] = [];
  /** Open parentheses outside of all braces. */
  private parens = 0;
  /** Braces and parentheses open at each `#if`: every arm begins with the same. */
  private readonly conditionals: { braces: number; parens: number }[] = [];
  /** The last characters that are no blanks; `a` for a word. */
  private last = '';
  private beforeLast = '';
  private isFirstOfLine = true;
  private isTypedef = false;
  /** After `struct`, `union` or `enum`: the words since, one of which names it if a brace follows. */
  private tags: string[] | null = null;
  private isEnum = false;
  private nextAt = 0;

  constructor(private readonly text: string) {}

  skim(): Headlines {
    const { text } = this;
    while (this.at < text.length) {
      const code = text.charCodeAt(this.at);
      const kind = code < 128 ? CHARACTER[code] : 4;
      if (kind === 2) {
        this.isFirstOfLine = true;
        this.at++;
      } else if (kind === 1) this.at++;
      else if (kind === 3) this.word();
      else this.sign(text[this.at]!);
    }
    return this.names;
  }

  private sign(sign: string): void {
    if (sign === '/' && this.comment()) return;
    if (sign === '#' && this.isFirstOfLine) {
      this.directive();
      return;
    }
    const startsLine = this.at === 0 || this.text[this.at - 1] === '\n';
    this.isFirstOfLine = false;
    if (sign === '"' || sign === "'") this.quoted(sign);
    else this.at++;
    switch (sign) {
      case '{':
        this.open();
        break;
      case '}':
        // The kernel closes nothing but top-level items there: whatever was miscounted ends here.
        if (startsLine) this.braces.length = 0;
        else this.braces.pop();
        break;
      case '(':
        if (this.braces.length === 0) this.parens++;
        break;
      case ')':
        if (this.braces.length === 0 && this.parens > 0) this.parens--;
        break;
      case ';':
        this.tags = null;
        if (this.braces.length > 0) break;
        this.parens = 0;
        this.isTypedef = false;
        break;
      case '*':
      case '=':
      case ',':
        this.tags = null;
        break;
      default:
    }
    this.saw(sign);
  }

  private open(): void {
    // extern "C" { … } is no level of its own.
    if (this.last === '"' && this.braces.length === 0) return;
    for (const tag of this.tags ?? []) this.note(tag, MAY_BE.tag);
    this.braces.push(this.tags !== null && this.isEnum);
    this.tags = null;
  }

  private word(): void {
    const { text, at: start } = this;
    let end = start + 1;
    while (end < text.length && isWordCode(text.charCodeAt(end))) end++;
    this.at = end;
    this.isFirstOfLine = false;
    if (this.braces.length > 0 && text[start - 1] === '\n') this.resume();
    const length = end - start;
    const isOutside = this.braces.length === 0;
    if (isOutside || length === 4 || length === 5 || length === 6 || this.tags || this.braces.at(-1))
      this.named(text.slice(start, end), isOutside);
    this.saw('a');
  }

  /**
   * Half-typed code leaves braces open. Where a line begins with a word that
   * is neither a label nor a constant of an enum, the next item does.
   */
  private resume(): void {
    const next = this.next();
    if (this.braces.at(-1) ? next === ',' || next === '=' || next === '}' : next === ':') return;
    this.braces.length = 0;
    this.parens = 0;
  }

  private named(word: string, isOutside: boolean): void {
    if (word === 'struct' || word === 'union' || word === 'enum') {
      this.tags = [];
      this.isEnum = word === 'enum';
      return;
    }
    this.tags?.push(word);
    if (isOutside) this.declared(word);
    // A macro may stand for several constants, and bring its own comma.
    else if (this.braces.at(-1) && (this.last === '{' || this.last === ',' || this.last === ')'))
      this.note(word, MAY_BE.enumerator);
  }

  private declared(word: string): void {
    if (word === 'typedef') {
      this.isTypedef = true;
      return;
    }
    const next = this.next();
    if (this.parens > 0) this.inParentheses(word, next);
    else if (isEndOfName(next, this.text.slice(this.nextAt, this.nextAt + 3)))
      this.note(word, this.plainly() | (next === '(' ? MAY_BE.function : 0));
  }

  /** `(*name)(…)`, `(name)`, `DEFINE_X(name)`, `DECLARE_X(type, name)`; parameters are seen as well. */
  private inParentheses(word: string, next: string): void {
    const { last } = this;
    if (last === '(' || last === ',' || (last === '*' && this.beforeLast === '('))
      this.note(word, MAY_BE.variable);
    if (last === '(' && next === ')') this.note(word, MAY_BE.function);
    if (this.isTypedef && (last === '*' || (last === '(' && next === ')'))) this.note(word, MAY_BE.typedef);
  }

  private plainly(): number {
    return MAY_BE.variable | (this.isTypedef ? MAY_BE.typedef : 0);
  }

  /** The next character that is neither blank nor in a comment; `nextAt` is its offset. */
  private next(): string {
    const { text } = this;
    let at = this.at;
    for (;;) {
      while (at < text.length && text.charCodeAt(at) <= 32) at++;
      const end = text[at] === '/' ? commentEnd(text, at) : -1;
      if (end < 0) break;
      at = end;
    }
    this.nextAt = at;
    return text[at] ?? '';
  }

  private note(name: string, bits: number): void {
    this.names.note(name, bits, this.at - 1);
  }

  private saw(sign: string): void {
    this.beforeLast = this.last;
    this.last = sign;
  }

  private comment(): boolean {
    const end = commentEnd(this.text, this.at);
    if (end < 0) return false;
    this.at = end;
    return true;
  }

  private quoted(quote: string): void {
    const { text } = this;
    let at = this.at + 1;
    while (at < text.length && text[at] !== quote && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
    this.at = text[at] === quote ? at + 1 : Math.min(at, text.length);
  }

  private directive(): void {
    const { text } = this;
    DIRECTIVE.lastIndex = this.at;
    const [, name = '', word = ''] = DIRECTIVE.exec(text) ?? [];
    this.at = directiveEnd(text, this.at);
    if (name === 'define' && word) this.note(word, MAY_BE.macro);
    else if (name.startsWith('if'))
      this.conditionals.push({ braces: this.braces.length, parens: this.parens });
    else if (name === 'endif') this.conditionals.pop();
    else if (name.startsWith('el')) {
      const top = this.conditionals.at(-1);
      if (!top) return;
      this.braces.length = Math.min(this.braces.length, top.braces);
      this.parens = top.parens;
    }
  }
}

/** A word that another word or a `*` follows is of a type, unless what follows is an annotation. */
function isEndOfName(next: string, start: string): boolean {
  return (next !== '*' && !isWordCode(next.charCodeAt(0))) || start.startsWith('__') || start === 'asm';
}

function isWordCode(code: number): boolean {
  return code < 128 && CHARACTER[code] === 3;
}

/** Offset after the comment that begins at `at`, or -1 when none does. */
function commentEnd(text: string, at: number): number {
  const second = text[at + 1];
  if (second !== '*' && second !== '/') return -1;
  const end = second === '*' ? text.indexOf('*/', at + 2) : text.indexOf('\n', at);
  if (end < 0) return text.length;
  return second === '*' ? end + 2 : end;
}

/** Offset of the line end after a directive: lines that end in `\` go on, as do comments. */
function directiveEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return at;
    if (code === 92) at += text[at + 1] === '\r' && text[at + 2] === '\n' ? 2 : 1;
    else if (code === 47) {
      const end = commentEnd(text, at);
      if (end >= 0) at = end - 1;
    }
  }
  return text.length;
}
