/**
 * Words on lines: wrapping, and making text from a patch safe to print on a
 * terminal. Colours, excerpts and layout are left to whoever prints.
 */

/** Escape sequences, other control characters, and marks that reorder text or stand invisible in it. */
const UNPRINTABLE =
  /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * `text` without anything that a terminal would obey: a patch is somebody
 * else's text, and may carry escape sequences or bidirectional marks. Each
 * such character becomes one `·`, so columns stay what they were; tabs stay.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '·');
}

/**
 * `text` broken into lines of at most `width` characters, the first of at most
 * `firstWidth`, at spaces only: a longer word stands on its own line. Line
 * breaks in `text` stay.
 */
export function wrapText(text: string, width: number, firstWidth = width): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ').filter(Boolean)) {
      const room = lines.length === 0 ? firstWidth : width;
      if (line && line.length + 1 + word.length > room) {
        lines.push(line);
        line = word;
      } else {
        line = line ? `${line} ${word}` : word;
      }
    }
    lines.push(line);
  }
  return lines;
}

/** `1 patch`, `2 patches`. */
export function counted(count: number, [one, many]: readonly [one: string, many: string]): string {
  return `${count} ${count === 1 ? one : many}`;
}
