/**
 * Cuts a text where one top-level item with braces ends and the next begins,
 * so that each piece is masked and parsed on its own: what is half typed in
 * one function cannot spoil the others, and an edit costs one piece. Where
 * braces do not add up, the kernel's own layout decides: a function's last
 * brace stands in the first column, and so does the first word of the next.
 */
import { endOfArm, isDeadArm } from './conditionals.js';
import { skipBlank, skipDirective, skipLiteral } from './lexing.js';

/** Words that begin a definition when they stand in the first column. */
const BEGINS_DEFINITION =
  /(?:static|extern|typedef|struct|union|enum|const|inline|void|int|bool|unsigned|long|u8|u16|u32|u64|size_t|ssize_t|__\w+|EXPORT_\w+|MODULE_\w+|DEFINE_\w+|module_\w+)\b/y;

/** Start offsets of the pieces, in order, the first of them 0. Every offset of the text lies in exactly one piece. */
export function chunkStarts(text: string): number[] {
  return new Cutter(text).cut();
}

class Cutter {
  private readonly starts = [0];
  private readonly conditionals: number[] = [];
  private at = 0;
  private depth = 0;
  private parens = 0;
  /** Whether the outermost open brace is that of a function, and whether it stands in the first column. */
  private inCode = false;
  private opensInFirstColumn = false;
  /** Whether a struct or an initialiser has been closed, and its semicolon is due. */
  private endsData = false;
  private last = '';

  constructor(private readonly text: string) {}

  cut(): number[] {
    const { text } = this;
    let isLineStart = true;
    while (this.at < text.length) {
      const char = text[this.at]!;
      if (char === '\n') {
        isLineStart = true;
        this.at++;
        continue;
      }
      if (isLineStart && char !== ' ' && char !== '\t' && char !== '\r') this.firstColumn(char);
      if (char === '#' && this.isFirstOnLine(this.at)) this.directive();
      else if (char === ' ' || char === '\t' || char === '\r') this.at++;
      else this.token(char);
      isLineStart = false;
    }
    return this.starts;
  }

  private isFirstOnLine(at: number): boolean {
    let before = at - 1;
    while (before >= 0 && (this.text[before] === ' ' || this.text[before] === '\t')) before--;
    return before < 0 || this.text[before] === '\n';
  }

  /** What stands in the first column tells where we are, whatever the braces say. */
  private firstColumn(char: string): void {
    if (this.depth === 0 && this.parens === 0) return;
    if (char === '}' && this.inCode) {
      this.depth = 1;
      this.parens = 0;
      return;
    }
    BEGINS_DEFINITION.lastIndex = this.at;
    const isInside = this.depth > 0 ? this.inCode : this.parens > 0;
    if (!isInside || !BEGINS_DEFINITION.test(this.text)) return;
    // The parameters of a head may stand in the first column too, but never after a body has begun.
    if (this.depth === 0 && !/[;{]/.test(this.text.slice(this.starts.at(-1)!, this.at))) return;
    this.boundary(this.at);
  }

  private token(char: string): void {
    const past = skipLiteral(this.text, this.at);
    if (past > this.at) {
      if (char !== '/') this.last = char;
      this.at = past;
      return;
    }
    if (char === '{') this.open();
    else if (char === '}') this.close();
    else if (char === '(') this.parens++;
    else if (char === ')') this.parens = Math.max(0, this.parens - 1);
    else if (char === ';' && this.depth === 0 && this.endsData) this.boundary(this.at + 1);
    this.last = char;
    this.at++;
  }

  private open(): void {
    if (this.depth++ > 0) return;
    this.inCode = this.last === ')';
    this.opensInFirstColumn = this.at === 0 || this.text[this.at - 1] === '\n';
  }

  private close(): void {
    if (this.depth === 0) return;
    // A brace too many, indented: the function goes on.
    const isIndented = this.text[this.at - 1] !== '\n' && this.isFirstOnLine(this.at);
    if (this.depth === 1 && this.inCode && this.opensInFirstColumn && isIndented) return;
    if (--this.depth > 0) return;
    this.parens = 0;
    if (this.inCode) this.boundary(this.afterFunction());
    else this.endsData = true;
  }

  /** After a function's brace and a semicolon that should not be there. */
  private afterFunction(): number {
    const next = skipBlank(this.text, this.at + 1);
    return this.text[next] === ';' ? next + 1 : this.at + 1;
  }

  private boundary(at: number): void {
    this.depth = 0;
    this.parens = 0;
    this.inCode = false;
    this.endsData = false;
    if (at > this.starts.at(-1)! && at < this.text.length) this.starts.push(at);
  }

  /** The arms of a conditional begin at the depth at which it does. */
  private directive(): void {
    const end = skipDirective(this.text, this.at);
    const [, name = '', rest = ''] = /^#[ \t]*(\w*)(.*)/.exec(this.text.slice(this.at, end)) ?? [];
    if (name.startsWith('if')) this.conditionals.push(this.depth);
    else if (name.startsWith('el')) this.depth = this.conditionals.at(-1) ?? this.depth;
    else if (name === 'endif') this.conditionals.pop();
    // What is no code is not cut: a piece must show that it is none.
    this.at = isDeadArm(name, rest) ? endOfArm(this.text, end) : end;
  }
}
