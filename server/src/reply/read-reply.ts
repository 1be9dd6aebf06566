/**
 * The comments of a reply, put back on the lines of the mail that it answers.
 * Reads what compose.ts writes, and what reviewers write who quote line by line.
 */
import type { PatchMessage } from '../patch/index.js';
import { opensQuote, placesOf } from './align.js';
import { GAP, ownText } from './own-text.js';
import type { Comment } from './types.js';

/** Quoted lines in one piece, and what stands under them. */
interface Block {
  readonly quote: string[];
  readonly own: string[];
}

/**
 * The comments in their order. A quote that the original does not have leaves
 * what is said under it with the whole mail.
 */
export function commentsOf(
  reply: Pick<PatchMessage, 'body'>,
  original: Pick<PatchMessage, 'body'>,
): Comment[] {
  const { head, blocks } = blocksOf(reply.body.map(({ text }) => text));
  const places = placesOf(
    blocks.map(({ quote }) => quote),
    original.body.map(({ text }) => text),
  );
  const comments: Comment[] = [];
  const say = (bodyLine: number | null, lines: readonly string[]): void => {
    const text = ownText(lines);
    if (text.trim() !== '') comments.push({ bodyLine, text });
  };
  say(null, head);
  blocks.forEach(({ quote, own }, index) => {
    const place = places[index]!;
    say(place < 0 ? null : place + quote.length - 1, own);
  });
  return comments;
}

function blocksOf(lines: readonly string[]): { head: readonly string[]; blocks: readonly Block[] } {
  const head: string[] = [];
  const blocks: Block[] = [];
  // What may still be added to: a quote is over at a gap, under a comment and before a header.
  let open: Block | null = null;
  for (const line of lines) {
    if (/^-- ?$/.test(line)) break;
    if (!line.startsWith('>')) {
      if (line === GAP) open = null;
      else (blocks.at(-1)?.own ?? head).push(line);
      continue;
    }
    const text = line.replace(/^> ?/, '');
    const said: readonly string[] = open?.own ?? [];
    if (!open || said.some((own) => own.trim() !== '') || opensQuote(text)) {
      open = { quote: [], own: [] };
      blocks.push(open);
    }
    open.quote.push(text);
  }
  return { head: blocks.length > 0 ? withoutAttribution(head) : head, blocks };
}

/** Drops the paragraph before the first quote that ends in `wrote:`. */
function withoutAttribution(head: readonly string[]): readonly string[] {
  let end = head.length;
  while (end > 0 && head[end - 1]!.trim() === '') end--;
  if (!/(?:wrote|writes):$/.test(head[end - 1] ?? '')) return head;
  let start = end - 1;
  while (start > 0 && end - start < 3 && head[start - 1]!.trim() !== '') start--;
  return head.slice(0, start);
}
