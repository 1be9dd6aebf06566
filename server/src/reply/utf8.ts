/** Text as the octets that travel. */

/** In every host this runs in; the project is compiled without the DOM library. */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}

export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
