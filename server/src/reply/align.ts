/**
 * Which lines of a mail the quotes of a reply are: each quote is looked for
 * behind the one before it. Writing a reply asks the same question, to quote as
 * much as makes the answer the right one.
 */

/**
 * Where each quote begins in the lines: the first place behind the quote before
 * it at which it stands whole; -1 for a quote that stands nowhere there.
 */
export function placesOf(quotes: readonly (readonly string[])[], lines: readonly string[]): number[] {
  let from = 0;
  return quotes.map((quote) => {
    const at = findFrom(quote, lines, from);
    if (at >= 0) from = at + quote.length;
    return at;
  });
}

function findFrom(quote: readonly string[], lines: readonly string[], from: number): number {
  for (let at = from; at + quote.length <= lines.length; at++)
    if (quote.every((line, index) => isAlike(line, lines[at + index]!))) return at;
  return -1;
}

/** Mailers take white space from the ends of lines. */
function isAlike(one: string, other: string): boolean {
  return one.trimEnd() === other.trimEnd();
}

/** A header of a file or a hunk: quoted with what follows it, wherever that stands. */
export function opensQuote(line: string): boolean {
  return /^(?:diff |@@ )/.test(line);
}
