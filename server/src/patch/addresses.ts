/**
 * Addresses of `From`, `To`, `Cc` and the like: `"Tian, Kevin" <kevin@…>,
 * list@… (a comment)`, groups, and what mailers get wrong of it. Read from the
 * header as written, since an encoded word may hold a comma.
 */
import { decodeWords } from './encoded-words.js';
import type { Header } from './types.js';

export interface Address {
  /** Decoded and unquoted; null when there is none. */
  readonly name: string | null;
  /** `user@host`. */
  readonly mail: string;
}

/** The addresses of all headers of that name, in order; what is none is left out. */
export function addressesOf(headers: readonly Header[], name: string): Address[] {
  const wanted = name.toLowerCase();
  return headers
    .filter((header) => header.name.toLowerCase() === wanted)
    .flatMap(({ written }) => addressesIn(written));
}

/** The addresses of a text that is written like such a header. */
export function addressesIn(written: string): Address[] {
  return pieces(written).flatMap((piece) => readAddress(piece) ?? []);
}

/** One address with its parts told apart. */
interface Piece {
  /** Before the angle brackets, quotes and their escapes taken away. */
  readonly words: string;
  /** Within angle brackets; null when there are none. */
  readonly bracketed: string | null;
  /** Within parentheses. */
  readonly comment: string;
}

/** Splits at commas, and at the colon and semicolon of groups, outside of quotes, comments and brackets. */
function pieces(written: string): Piece[] {
  const all: Piece[] = [];
  let words = '';
  let bracketed: string | null = null;
  let comment = '';
  const finish = (): void => {
    all.push({ words: words.trim(), bracketed, comment: comment.trim() });
    words = '';
    bracketed = null;
    comment = '';
  };
  for (let at = 0; at < written.length; at++) {
    const letter = written[at]!;
    if (letter === '"') {
      const quoted = readUntil(written, at + 1, '"');
      words += quoted.text;
      at = quoted.end;
    } else if (letter === '(') {
      const inside = readUntil(written, at + 1, ')');
      comment += inside.text;
      at = inside.end;
    } else if (letter === '<') {
      const inside = readUntil(written, at + 1, '>');
      bracketed = inside.text.trim();
      at = inside.end;
    } else if (letter === ',' || letter === ';') finish();
    else if (letter === ':') words = '';
    else words += letter;
  }
  finish();
  return all;
}

/** Up to the closing character or the end; a backslash takes the next character as it is. */
function readUntil(written: string, from: number, close: string): { text: string; end: number } {
  let text = '';
  let at = from;
  for (; at < written.length && written[at] !== close; at++) {
    if (written[at] === '\\' && at + 1 < written.length) at++;
    text += written[at];
  }
  return { text, end: at };
}

function readAddress({ words, bracketed, comment }: Piece): Address | null {
  const mail = bracketed ?? words;
  if (!/^[^\s@]+@[^\s@]+$/.test(mail)) return null;
  const name = decodeWords(bracketed === null ? comment : words || comment).trim();
  return { name: name === '' ? null : name, mail };
}
