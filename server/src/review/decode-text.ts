/** Bytes of a C file as text: UTF-8 where they are, latin1 where not, so that no line is lost. */

/** The platform's decoder; every JavaScript runtime has it, but this room's types do not. */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean });
  decode(bytes: Uint8Array): string;
}

/** Never fails; a byte order mark is dropped. */
export function decodeText(content: string | Uint8Array): string {
  if (typeof content === 'string') return content;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return new TextDecoder('latin1').decode(content);
  }
}
