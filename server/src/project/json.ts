/** JSON with the place of every value, so that what is wrong with one can be said where it stands. Comments and commas too many are forgiven. */
import type { Span } from '../base/index.js';

export type JsonValue = Span &
  (
    | { readonly kind: 'object'; readonly entries: readonly JsonEntry[] }
    | { readonly kind: 'array'; readonly items: readonly JsonValue[] }
    | { readonly kind: 'string'; readonly value: string }
    | { readonly kind: 'other'; readonly value: number | boolean | null }
  );

export interface JsonEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: JsonValue;
}

export interface JsonProblem extends Span {
  readonly message: string;
}

const BLANK = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const STRING = /"(?:[^"\\\n]|\\.)*"/y;
const WORD = /-?[\w.+-]+/y;
const DEEPEST = 64;

/** The value, or the first thing that is no JSON. */
export function parseJson(text: string): JsonValue | JsonProblem {
  const reader = new Reader(text);
  try {
    const value = reader.value(0);
    reader.end();
    return value;
  } catch (error) {
    if (error instanceof Unreadable) return error.problem;
    throw error;
  }
}

class Unreadable extends Error {
  constructor(readonly problem: JsonProblem) {
    super(problem.message);
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonValue {
    this.blank();
    const start = this.at;
    const sign = this.text[start];
    if (depth > DEEPEST) this.fail('nothing of this file lies so deep');
    if (sign === '{') return this.object(start, depth);
    if (sign === '[') return this.array(start, depth);
    if (sign === '"') return { kind: 'string', value: this.string(), start, end: this.at };
    const word = this.take(WORD);
    if (word === null) this.fail('a value is missing');
    const value = this.plain(word!, start);
    return { kind: 'other', value, start, end: this.at };
  }

  end(): void {
    this.blank();
    if (this.at < this.text.length) this.fail('nothing may follow');
  }

  private object(start: number, depth: number): JsonValue {
    const entries: JsonEntry[] = [];
    this.at++;
    while (!this.closes('}')) {
      const keyStart = this.at;
      if (this.text[this.at] !== '"') this.fail('a name in double quotes belongs here');
      const key = this.string();
      const keySpan = { start: keyStart, end: this.at };
      this.blank();
      if (this.text[this.at] !== ':') this.fail(`a colon belongs behind "${key}"`);
      this.at++;
      entries.push({ key, keySpan, value: this.value(depth + 1) });
      this.comma('}');
    }
    return { kind: 'object', entries, start, end: this.at };
  }

  private array(start: number, depth: number): JsonValue {
    const items: JsonValue[] = [];
    this.at++;
    while (!this.closes(']')) {
      items.push(this.value(depth + 1));
      this.comma(']');
    }
    return { kind: 'array', items, start, end: this.at };
  }

  private closes(sign: string): boolean {
    this.blank();
    if (this.at >= this.text.length) this.fail(`a ${sign} is missing`);
    if (this.text[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private comma(closing: string): void {
    this.blank();
    if (this.text[this.at] === ',') this.at++;
    else if (this.text[this.at] !== closing && this.at < this.text.length) this.fail('a comma belongs here');
  }

  private string(): string {
    const start = this.at;
    const quoted = this.take(STRING);
    if (quoted === null) this.fail('the closing quote is missing');
    try {
      return JSON.parse(quoted!) as string;
    } catch {
      return this.fail('a backslash stands before what it cannot escape', { start, end: this.at });
    }
  }

  private plain(word: string, start: number): number | boolean | null {
    try {
      const value: unknown = JSON.parse(word);
      if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
    } catch {
      // Said below.
    }
    return this.fail(`"${word}" is no value; text needs double quotes`, { start, end: this.at });
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  private blank(): void {
    this.take(BLANK);
  }

  private fail(message: string, span: Span = { start: this.at, end: this.at + 1 }): never {
    throw new Unreadable({ message, ...span });
  }
}
