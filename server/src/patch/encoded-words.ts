/**
 * What stands in header values instead of plain text: RFC 2047 encoded words
 * (`=?utf-8?q?J=C3=B6rg?=`) and the parameters of `Content-Type` and
 * `Content-Disposition`, with RFC 2231's continued and percent-encoded ones.
 */
import { decodeLeniently, decoderOf } from './charset.js';
import { base64Bytes, unescapeHex } from './transfer.js';

const ENCODED_WORD = /=\?([^?\s]{1,80})\?([QqBb])\?([^?]*)\?=/g;
const PARAMETER = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]*))/g;

/** A value with its parameters, names in lower case. */
export interface Parameterised {
  readonly value: string;
  readonly parameters: ReadonlyMap<string, string>;
}

/**
 * The value with its encoded words decoded. White space between two of them is
 * dropped, and the bytes of neighbours in one charset are decoded together:
 * some mailers cut in the middle of a character.
 */
export function decodeWords(value: string): string {
  if (!value.includes('=?')) return value;
  let out = '';
  let end = 0;
  let charset: string | null = null;
  let bytes = '';
  const flush = (): void => {
    if (charset !== null) out += decodeLeniently(decoderOf(charset), bytes);
    charset = null;
    bytes = '';
  };
  for (const match of value.matchAll(ENCODED_WORD)) {
    const gap = value.slice(end, match.index);
    const label = match[1]!.replace(/\*.*$/, '').toLowerCase();
    if (charset !== label || gap.trim() !== '') {
      const joined = charset !== null && gap.trim() === '';
      flush();
      if (!joined) out += gap;
    }
    charset = label;
    bytes += /q/i.test(match[2]!) ? unescapeHex(match[3]!.replaceAll('_', ' ')) : base64Bytes(match[3]!);
    end = match.index + match[0].length;
  }
  flush();
  return withoutControls(out + value.slice(end));
}

/** Reads `text/plain; charset="utf-8"; name=x.patch`. */
export function readParameters(value: string): Parameterised {
  const raw = new Map<string, string>();
  for (const [, name, quoted, bare] of value.matchAll(PARAMETER)) {
    const key = name!.toLowerCase();
    if (!raw.has(key)) raw.set(key, quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '');
  }
  const parameters = new Map<string, string>();
  for (const key of raw.keys()) {
    const name = key.replace(/\*.*$/, '');
    if (!parameters.has(name)) parameters.set(name, raw.get(name) ?? joinedParameter(raw, name));
  }
  return { value: value.replace(/[;\s].*$/s, '').toLowerCase(), parameters };
}

/** RFC 2231: `name*=utf-8''x%20y`, or `name*0*=…; name*1=…`. */
function joinedParameter(raw: ReadonlyMap<string, string>, name: string): string {
  let charset: string | null = null;
  const piece = (key: string): string | undefined => {
    const encoded = raw.get(`${key}*`);
    if (encoded === undefined) return raw.get(key);
    const parts = /^([^']*)'[^']*'(.*)$/.exec(encoded);
    charset ??= parts?.[1] ?? null;
    return unescapeHex((parts?.[2] ?? encoded).replaceAll('=', '=3D').replaceAll('%', '='));
  };
  let joined = piece(name) ?? '';
  for (let part = 0; joined.length < 4096; part++) {
    const next = piece(`${name}*${part}`);
    if (next === undefined) break;
    joined += next;
  }
  return decodeLeniently(decoderOf(charset), joined);
}

/** A header is one line; a decoded one must not break into two. */
function withoutControls(text: string): string {
  return text.replace(/[\x00-\x08\x0a-\x1f\x7f]+/g, ' ');
}
