/** The `#include` lines of a text, found without reading the rest of it. */

export interface IncludeLine {
  readonly name: string;
  /** Written with quotes. */
  readonly isLocal: boolean;
}

const WORD = 'include';
const REST = /[ \t]*(?:"([^"\n]+)"|<([^>\n]+)>)/y;

/** In the order of the text, those of every `#if` arm. */
export function includeLinesOf(text: string): IncludeLine[] {
  const lines: IncludeLine[] = [];
  for (let at = text.indexOf(WORD); at >= 0; at = text.indexOf(WORD, at + WORD.length)) {
    const hash = lastBefore(text, at);
    if (text[hash] !== '#') continue;
    const start = lastBefore(text, hash);
    if (start >= 0 && text[start] !== '\n') continue;
    REST.lastIndex = at + WORD.length;
    const [, local, global] = REST.exec(text) ?? [];
    const name = local ?? global;
    if (name) lines.push({ name, isLocal: local !== undefined });
  }
  return lines;
}

/** Offset of the last character before `at` that is no blank; -1 when there is none. */
function lastBefore(text: string, at: number): number {
  let before = at - 1;
  while (before >= 0 && (text[before] === ' ' || text[before] === '\t')) before--;
  return before;
}
