/**
 * How the body of a mail travels: as it is where that is safe, which is what
 * list archives and `git am` like best, else quoted-printable.
 */
import { utf8 } from '../base/index.js';

/** Octets of a line that RFC 5321 lets through, without its end. */
const LONGEST_LINE = 998;
const ENCODED_COLUMNS = 76;

export interface EncodedBody {
  readonly headers: readonly string[];
  readonly text: string;
}

/** The body with the headers that tell how to read it. */
export function encodedBody(body: string): EncodedBody {
  const isAscii = /^[\t\n -~]*$/.test(body);
  const isSafe =
    !/[\x00-\x08\x0b-\x1f\x7f\u0085\u2028\u2029]/.test(body) &&
    body.split('\n').every((line) => line.length <= LONGEST_LINE && utf8(line).length <= LONGEST_LINE);
  const transfer = !isSafe ? 'quoted-printable' : isAscii ? '7bit' : '8bit';
  return {
    headers: [
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      `Content-Transfer-Encoding: ${transfer}`,
    ],
    text: isSafe ? body : body.split('\n').map(quotedPrintable).join('\n'),
  };
}

/** One line, with soft line breaks, none within an encoded octet. */
function quotedPrintable(line: string): string {
  const units = [...utf8(line)].map((byte, index, all) => {
    const isLast = index === all.length - 1;
    const isPlain = (byte >= 33 && byte <= 126 && byte !== 61) || ((byte === 32 || byte === 9) && !isLast);
    return isPlain ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  let out = '';
  let column = 0;
  for (const unit of units) {
    if (column + unit.length > ENCODED_COLUMNS - 1) {
      out += '=\n';
      column = 0;
    }
    out += unit;
    column += unit.length;
  }
  return out;
}
