/**
 * Bytes and charsets. Inside this room undecoded text is a "byte string", one
 * UTF-16 unit of 0 to 255 per byte: lines are then cut once, for mails that
 * came as bytes and for text an editor had already decoded. That a byte string
 * read as text *is* its ISO-8859-1 reading makes the fallback free.
 */

/** The one global of the platform this room needs; it is the same in Node, browsers and workers. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}

/** Decodes a byte string; null when its bytes are not valid in the charset. */
export type Decode = (bytes: string) => string | null;

const CHUNK = 0x2000;
/** ISO 2022 and HZ switch charsets with 7-bit escapes, so their lines look like ASCII. */
const SEVEN_BIT_CHARSET = /^(?:iso-2022|hz)/i;
const ASCII_NAMES = /^(?:|us-ascii|ascii|ansi_x3\.4-1968|unknown-8bit|x-unknown|utf-?8)$/i;

/** The bytes as a byte string. */
export function toByteString(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += CHUNK)
    parts.push(String.fromCharCode.apply(null, bytes.subarray(at, at + CHUNK) as unknown as number[]));
  return parts.join('');
}

/** The bytes of a byte string. */
export function toBytes(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** Whether every unit is 7-bit. */
export function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}

/** The text without spaces and tabs around it. `trim` would eat the byte 0xA0 that ends a UTF-8 `à`. */
export function trimSpaces(text: string): string {
  let from = 0;
  while (from < text.length && (text[from] === ' ' || text[from] === '\t')) from++;
  return trimSpacesAtEnd(text).slice(from);
}

/** The text without spaces and tabs at its end. */
export function trimSpacesAtEnd(text: string): string {
  let to = text.length;
  while (to > 0 && (text[to - 1] === ' ' || text[to - 1] === '\t')) to--;
  return text.slice(0, to);
}

/** Whether the charset's line ends are not single LF bytes, so that its text must be decoded before it is cut. */
export function isWideCharset(label: string | null): boolean {
  return /^(?:utf-?16|utf-?32|ucs-?2|iso-10646-ucs-2)/i.test(label ?? '');
}

/**
 * A decoder for the named charset. Mails without a charset, or with one this
 * platform does not know, are tried as UTF-8: that is what git writes.
 */
export function decoderOf(label: string | null): Decode {
  const name = (label ?? '').trim();
  const needed = SEVEN_BIT_CHARSET.test(name) ? /[\x1b~\x80-\xff]/ : /[\x80-\xff]/;
  const wide = isWideCharset(name);
  let decoder: TextDecoder | null = null;
  return (bytes) => {
    if (!wide && !needed.test(bytes)) return bytes;
    // Text an editor decoded, standing where bytes were announced: it needs no decoding.
    if (/[^\x00-\xff]/.test(bytes)) return bytes;
    decoder ??= newDecoder(ASCII_NAMES.test(name) ? 'utf-8' : name);
    try {
      return decoder.decode(toBytes(bytes));
    } catch {
      return null;
    }
  };
}

/** A byte string decoded, by the rule that no line may be lost: as ISO-8859-1 when it is not valid. */
export function decodeLeniently(decode: Decode, bytes: string): string {
  return decode(bytes) ?? bytes;
}

/** All of an input: a byte string, or text when its byte order mark says UTF-16. */
export function textOfBytes(bytes: Uint8Array): { text: string; decoded: boolean } {
  const mark = (bytes[0] ?? 0) * 256 + (bytes[1] ?? 0);
  if (mark !== 0xfffe && mark !== 0xfeff) return { text: toByteString(bytes), decoded: false };
  const text = newDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be', false).decode(bytes);
  return { text, decoded: true };
}

function newDecoder(label: string, fatal = true): TextDecoder {
  try {
    return new TextDecoder(label, { fatal, ignoreBOM: true });
  } catch {
    return new TextDecoder('utf-8', { fatal, ignoreBOM: true });
  }
}
