/**
 * format=flowed (RFC 3676) undone as far as a patch can bear: the space that
 * stuffing put before a line is taken away, lines are never joined. A sender
 * that announces flowed text but does not stuff it is believed by its diff.
 */
import type { BodyLine } from './types.js';

/** The lines without space-stuffing and, with `delSp`, without the space that marks a soft line end. */
export function unstuff(body: readonly BodyLine[], delSp: boolean): readonly BodyLine[] {
  const stuffed = isStuffed(body);
  return body.map((line) => {
    let text = line.text;
    if (text === '-- ') return line;
    if (stuffed && text.startsWith(' ')) text = text.slice(1);
    if (delSp && text.endsWith(' ')) text = text.slice(0, -1);
    return text === line.text ? line : { ...line, text };
  });
}

/**
 * In a stuffed diff every context line begins with two spaces, or with a space
 * and nothing; one space and a tab is a context line that nobody stuffed.
 */
function isStuffed(body: readonly BodyLine[]): boolean {
  const start = body.findIndex(({ text }) => text.startsWith('@@ -'));
  if (start < 0) return true;
  let stuffed = 0;
  let bare = 0;
  for (const { text } of body.slice(start)) {
    if (text.startsWith('  ')) stuffed++;
    else if (/^ \S|^ \t/.test(text)) bare++;
  }
  return stuffed >= bare;
}
