/**
 * A decoded reading of an input, for an editor that cannot show a base64 mail:
 * a few headers, the body, and where each body line stands in it.
 */
import { headerValue } from './headers.js';
import type { PatchInput, PatchMessage } from './types.js';

const SHOWN = ['From', 'Date', 'Subject', 'Message-ID'];

/** Text of an input with every mail decoded. */
export interface DecodedDocument {
  readonly text: string;
  /** Line of the document, from 1, on which a body line stands (`bodyLine`: index into `message.body`); 1 for a message of another input. */
  lineOf(message: PatchMessage, bodyLine: number): number;
}

/** Writes the decoded document; mails follow one another in the order of `input.messages`. */
export function decodedDocument(input: PatchInput): DecodedDocument {
  const lines: string[] = [];
  const firstLines = new Map<PatchMessage, number>();
  for (const message of input.messages) {
    if (lines.length > 0) lines.push('');
    for (const name of SHOWN) {
      const value = headerValue(message.headers, name);
      if (value !== null) lines.push(`${name}: ${value}`);
    }
    if (message.headers.length > 0) lines.push('');
    firstLines.set(message, lines.length + 1);
    // Editors end a line at a lone CR too, and every line number after it would be wrong.
    for (const { text } of message.body) lines.push(text.replaceAll('\r', ' '));
  }
  return {
    text: lines.map((line) => `${line}\n`).join(''),
    lineOf: (message, bodyLine) => {
      const first = firstLines.get(message);
      if (first === undefined) return 1;
      return first + Math.max(0, Math.min(bodyLine, message.body.length - 1));
    },
  };
}
