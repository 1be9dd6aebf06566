/** Text of the code under review in Markdown: shown as text, whatever it says: no markup, no links, no mentions. */
import { printable } from './text.js';

/** All that Markdown, and what hosts add to it, makes something of; an address is none without its `://`, `www.` or `@`. */
const MARKS = /[\\`*_{}[\]()#+!|<>~&@$^=]|:(?=\/\/)|(?<=www)\./gi;

/** `text` on one line, to be read as it stands. */
export function markdownText(text: string): string {
  return printable(text.replace(/\s+/g, ' ').trim()).replace(MARKS, (char) => `\\${char}`);
}

/** `text` as a code span: what is copied from it is what it was. */
export function markdownCode(text: string): string {
  const code = printable(text.replace(/\s+/g, ' '));
  const longest = Math.max(0, ...(code.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = '`'.repeat(longest + 1);
  const pad = /^[`\s]|[`\s]$/.test(code) ? ' ' : '';
  return `${fence}${pad}${code}${pad}${fence}`;
}
