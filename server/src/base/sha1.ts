/** SHA-1, as git names its blobs by it, and UTF-8, which it is taken of. No secret depends on either. */

/** First byte of a character by how many follow it. */
const LEADS = [0, 0xc0, 0xe0, 0xf0];

/** `text` in UTF-8; a surrogate without its other half becomes U+FFFD, as everywhere. */
export function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3);
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    let code = text.codePointAt(at)!;
    if (code > 0xffff) at++;
    else if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
    const tail = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    bytes[count++] = LEADS[tail]! | (code >> (6 * tail));
    for (let left = tail - 1; left >= 0; left--) bytes[count++] = 0x80 | ((code >> (6 * left)) & 63);
  }
  return bytes.subarray(0, count);
}

/** The digest in lower-case hexadecimal. */
export function sha1(bytes: Uint8Array): string {
  const padded = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  padded.set(bytes);
  padded[bytes.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(padded.length - 4, (bytes.length << 3) >>> 0);
  const state = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = new Int32Array(80);
  for (let at = 0; at < padded.length; at += 64) {
    for (let i = 0; i < 16; i++) words[i] = view.getInt32(at + 4 * i);
    for (let i = 16; i < 80; i++)
      words[i] = turned(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1);
    let a = state[0]!;
    let b = state[1]!;
    let c = state[2]!;
    let d = state[3]!;
    let e = state[4]!;
    for (let i = 0; i < 80; i++) {
      let mixed = b ^ c ^ d;
      if (i < 20) mixed = (b & c) | (~b & d);
      else if (i >= 40 && i < 60) mixed = (b & c) | (b & d) | (c & d);
      const next = (turned(a, 5) + mixed + e + CONSTANTS[(i / 20) | 0]! + words[i]!) | 0;
      e = d;
      d = c;
      c = turned(b, 30);
      b = a;
      a = next;
    }
    state.set([state[0]! + a, state[1]! + b, state[2]! + c, state[3]! + d, state[4]! + e]);
  }
  return Array.from(state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
}

const CONSTANTS = [0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xca62c1d6];

function turned(word: number, by: number): number {
  return (word << by) | (word >>> (32 - by));
}
