/**
 * The words of a piece of text, read once for as long as the file has the
 * piece. They say for most functions that a fact cannot hold of them, long
 * before anybody reads a body.
 */
import type { FunctionItem, Piece } from '../syntax/index.js';

/** The words between the braces of a function, those of its comments as well. */
export class BodyWords {
  /** Those that stand before a parenthesis, outside of comments. */
  readonly called = new Set<string>();
  readonly all = new Set<string>();
  private readonly known = new WeakMap<ReadonlySet<string> | RegExp, boolean>();

  /** Whether some word of a table is among them, remembered for as long as the table is there. */
  meet(table: ReadonlySet<string>): boolean {
    let answer = this.known.get(table);
    if (answer === undefined) {
      answer = anyOf(table, this.all);
      this.known.set(table, answer);
    }
    return answer;
  }

  /** Whether some word is like that, remembered for as long as the expression is there. */
  match(word: RegExp): boolean {
    let answer = this.known.get(word);
    if (answer === undefined) {
      answer = false;
      for (const each of this.all) answer ||= word.test(each);
      this.known.set(word, answer);
    }
    return answer;
  }
}

interface PieceWords {
  /** By function definition. */
  readonly bodies: ReadonlyMap<FunctionItem, BodyWords>;
  /** Outside of comments, and of the definition of a function of that name. */
  readonly mentioned: ReadonlySet<string>;
  /** Those that stand there without being called, declared or exported. */
  readonly asValue: ReadonlySet<string>;
}

export const NO_WORDS = new BodyWords();

const known = new WeakMap<Piece, PieceWords>();

export function wordsOf(piece: Piece): PieceWords {
  let words = known.get(piece);
  if (!words) {
    words = new WordReader(piece).read();
    known.set(piece, words);
  }
  return words;
}

/** Whether two sets of words have one in common. */
export function anyOf(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  const [few, many] = some.size < others.size ? [some, others] : [others, some];
  for (const word of few) if (many.has(word)) return true;
  return false;
}

const SLASH = 47;
const STAR = 42;
const OPEN = 40;

/** What each character of ASCII is: 0 none of a word, 1 a digit, 2 what a word begins with. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const char = String.fromCharCode(code);
  return /[A-Za-z_]/.test(char) ? 2 : /\d/.test(char) ? 1 : 0;
});

interface Body {
  readonly start: number;
  readonly end: number;
  readonly words: BodyWords;
}

class WordReader {
  private readonly text: string;
  private readonly functions: readonly FunctionItem[];
  private readonly bodies = new Map<FunctionItem, BodyWords>();
  private readonly mentioned = new Set<string>();
  private readonly asValue = new Set<string>();
  private readonly inOrder: readonly Body[];
  /** The first body that the scan has not left behind. */
  private nextBody = 0;
  private isExport = false;

  constructor(private readonly piece: Piece) {
    this.text = piece.text;
    this.functions = piece.items.filter((item) => item.kind === 'function');
    const bodies = this.functions.flatMap(({ bodySpan }, index): Body[] => {
      if (bodySpan === null) return [];
      const words = new BodyWords();
      this.bodies.set(this.functions[index]!, words);
      return [{ start: bodySpan.start - piece.base, end: bodySpan.end - piece.base, words }];
    });
    this.inOrder = bodies.sort((a, b) => a.start - b.start);
  }

  read(): PieceWords {
    const { text } = this;
    let inComment = 0;
    for (let at = 0; at < text.length; ) {
      const code = text.charCodeAt(at);
      if (at >= inComment && code === SLASH) inComment = this.endOfComment(at);
      const kind = code < 128 ? KINDS[code]! : 0;
      if (kind === 0) {
        at++;
        continue;
      }
      const end = this.endOfWord(at);
      this.word(at, end, kind === 2 && at >= inComment);
      at = end;
    }
    return { bodies: this.bodies, mentioned: this.mentioned, asValue: this.asValue };
  }

  /** Where a comment that begins here ends; 0 when none does. */
  private endOfComment(at: number): number {
    const { text } = this;
    const next = text.charCodeAt(at + 1);
    if (next !== STAR && next !== SLASH) return 0;
    const end = next === STAR ? text.indexOf('*/', at + 2) : text.indexOf('\n', at);
    return end < 0 ? text.length : end + (next === STAR ? 2 : 0);
  }

  private endOfWord(start: number): number {
    let end = start + 1;
    for (; end < this.text.length; end++) {
      const code = this.text.charCodeAt(end);
      if (code >= 128 || KINDS[code] === 0) break;
    }
    return end;
  }

  private word(start: number, end: number, isCode: boolean): void {
    const word = this.text.slice(start, end);
    const isCalled = this.isBeforeParenthesis(end);
    while (this.nextBody < this.inOrder.length && this.inOrder[this.nextBody]!.end <= start) this.nextBody++;
    for (let index = this.nextBody; index < this.inOrder.length; index++) {
      const body = this.inOrder[index]!;
      if (body.start > start) break;
      if (start >= body.end) continue;
      body.words.all.add(word);
      if (isCalled && isCode) body.words.called.add(word);
    }
    if (!isCode) return;
    if (!this.isInDefinitionOf(word, start + this.piece.base)) {
      this.mentioned.add(word);
      if (!isCalled && !this.isExport) this.asValue.add(word);
    }
    this.isExport = isCalled && /^(?:EXPORT|NS_EXPORT)\w*SYMBOL/.test(word);
  }

  private isBeforeParenthesis(from: number): boolean {
    for (let at = from; ; at++) {
      const code = this.text.charCodeAt(at);
      if (code === OPEN) return true;
      if (code !== 32 && !(code >= 9 && code <= 13)) return false;
    }
  }

  private isInDefinitionOf(name: string, at: number): boolean {
    for (const item of this.functions)
      if (item.name === name && item.start <= at && at < item.end) return true;
    return false;
  }
}
