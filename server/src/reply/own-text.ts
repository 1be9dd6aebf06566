/**
 * The reviewer's own lines: broken at 75 columns, and kept apart from quotes.
 * Nothing that is quoted passes through here.
 */

/** As much as mails to kernel lists have in a line. */
export const OWN_COLUMNS = 75;

/** Stands for lines that are not quoted. */
export const GAP = '[...]';

/**
 * The text as lines of the mail. Long lines are broken at spaces; lines that
 * begin with white space are code, and are left as they are. What would read
 * as a quote, a gap or the end of the mail gets a space in front.
 */
export function ownLines(text: string): string[] {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.trimEnd());
  while (lines[0] === '') lines.shift();
  while (lines.at(-1) === '') lines.pop();
  return lines.flatMap((line) => (/^\s/.test(line) ? [line] : brokenLines(line))).map(apart);
}

/** The text of lines that `ownLines` wrote. */
export function ownText(lines: readonly string[]): string {
  const all = lines.map((line) => (needsSpace(line.slice(1)) && line.startsWith(' ') ? line.slice(1) : line));
  while (all[0]?.trim() === '') all.shift();
  while (all.at(-1)?.trim() === '') all.pop();
  return all.join('\n');
}

const needsSpace = (line: string): boolean => /^ *(?:>|\[\.\.\.\]$|--$)/.test(line);

const apart = (line: string): string => (needsSpace(line) ? ` ${line}` : line);

/** Broken at spaces; a list item goes on under its text. */
function brokenLines(line: string): string[] {
  const indent = ' '.repeat(/^(?:[-*] |\d+[.)] )?/.exec(line)?.[0].length ?? 0);
  const broken: string[] = [];
  let rest = line;
  while (rest.length > OWN_COLUMNS) {
    // A word that is longer than a line, as an address of a page, is not cut.
    const before = rest.lastIndexOf(' ', OWN_COLUMNS);
    const at = rest.slice(0, before).trim() === '' ? rest.indexOf(' ', OWN_COLUMNS) : before;
    if (at < 0) break;
    broken.push(rest.slice(0, at).trimEnd());
    rest = indent + rest.slice(at).trimStart();
  }
  return [...broken, rest];
}
