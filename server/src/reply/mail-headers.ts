/** Headers as mail programs want them: encoded where they are not ASCII, and folded. */
import { utf8 } from '../base/index.js';
import type { Sender } from './types.js';

const COLUMNS = 76;
/** `=?utf-8?q?` and `?=` take twelve of the 75 characters that RFC 2047 gives an encoded word. */
const ENCODED_COLUMNS = 63;

/** `Subject: …`, folded at spaces. */
export function textHeader(name: string, value: string): string {
  const clean = oneLine(value);
  return foldedAt(`${name}:`, isPlain(clean) ? clean.split(' ') : encodedWords(clean));
}

/** `Cc: …`; empty for none. */
export function addressHeader(name: string, addresses: readonly Sender[]): string[] {
  if (addresses.length === 0) return [];
  const words = addresses.map((address, index) => {
    const comma = index < addresses.length - 1 ? ',' : '';
    return `${addressText(address)}${comma}`;
  });
  return [foldedAt(`${name}:`, words)];
}

/** `References: …`, of message ids. */
export function idHeader(name: string, ids: readonly string[]): string {
  return foldedAt(`${name}:`, ids.map(oneLine));
}

/** `Name <mail>`, quoted or encoded as the name needs it. */
function addressText({ name, mail }: Sender): string {
  const address = oneLine(mail).replace(/[\s<>]/g, '');
  if (name === null || oneLine(name) === '') return address;
  return `${phrase(oneLine(name))} <${address}>`;
}

function phrase(name: string): string {
  if (!isPlain(name)) return encodedWords(name).join(' ');
  return /^[\w!#$%&'*+\-/=?^`{|}~ ]+$/.test(name) ? name : `"${name.replace(/(["\\])/g, '\\$1')}"`;
}

/** A header must not end early: whatever breaks a line is a space here. */
function oneLine(text: string): string {
  return text.replace(/[\x00-\x1f\x7f]+/g, ' ').trim();
}

const isPlain = (text: string): boolean => /^[ -~]*$/.test(text) && !text.includes('=?');

/** RFC 2047's Q encoding, in words that are short enough, none cut within a character. */
function encodedWords(text: string): string[] {
  const words: string[] = [];
  let word = '';
  for (const letter of text) {
    const encoded = encodedLetter(letter);
    if (word.length + encoded.length > ENCODED_COLUMNS) {
      words.push(word);
      word = '';
    }
    word += encoded;
  }
  return [...words, word].map((each) => `=?utf-8?q?${each}?=`);
}

function encodedLetter(letter: string): string {
  if (letter === ' ') return '_';
  if (/^[A-Za-z0-9!*+/-]$/.test(letter)) return letter;
  return [...utf8(letter)].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function foldedAt(head: string, words: readonly string[]): string {
  const lines = [head];
  for (const word of words) {
    const last = lines.at(-1)!;
    if (last === head || last.length + 1 + word.length <= COLUMNS)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(` ${word}`);
  }
  return lines.join('\n');
}
