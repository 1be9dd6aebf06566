/**
 * Writes the review of one mail as a reply to it, ready for a mail program or
 * `git send-email`: who it goes to, what is quoted, and each comment under the
 * line that it is about. Nothing is sent.
 */
import { type Address, addressesOf, headerValue, type PatchMessage } from '../patch/index.js';
import { opensQuote } from './align.js';
import { encodedBody } from './body-encoding.js';
import { addressHeader, idHeader, textHeader } from './mail-headers.js';
import { GAP, OWN_COLUMNS, ownLines } from './own-text.js';
import { type Quote, quotesFor } from './quotes.js';
import type { Comment, Sender } from './types.js';

/** A reply, and what is wrong with it, such as that it answers no mail. */
export interface Reply {
  /** Headers, an empty line and the body; lines end in `\n`. */
  readonly text: string;
  readonly remarks: readonly string[];
}

/**
 * The reply that holds the comments, whatever their order. Comments on lines
 * that the body does not have are put with those on the whole mail.
 */
export function composeReply(
  message: PatchMessage,
  comments: readonly Comment[],
  sender: Sender | null,
): Reply {
  const body = replyBody(message, comments);
  const encoded = encodedBody(body);
  const remarks: string[] = [];
  if (message.messageId === null)
    remarks.push(
      'it has no Message-ID, so the reply belongs to no thread: a reply to a mail from the list would',
    );
  const to = recipients(message, sender);
  if (to.to.length === 0) remarks.push('it says nobody whom to answer');
  return {
    text: `${[...headersOf(message, sender, to), ...encoded.headers].join('\n')}\n\n${encoded.text}`,
    remarks,
  };
}

interface Recipients {
  readonly to: readonly Address[];
  readonly cc: readonly Address[];
}

/** The author, and everybody who got the mail; nobody twice, and not the sender. */
function recipients({ headers }: PatchMessage, sender: Sender | null): Recipients {
  const seen = new Set<string>(sender ? [sender.mail.toLowerCase()] : []);
  const fresh = (addresses: readonly Address[]): Address[] =>
    addresses.filter(({ mail }) => !seen.has(mail.toLowerCase()) && seen.add(mail.toLowerCase()));
  const asked = addressesOf(headers, 'Reply-To');
  const to = fresh(asked.length > 0 ? asked : addressesOf(headers, 'From'));
  return { to, cc: fresh([...addressesOf(headers, 'To'), ...addressesOf(headers, 'Cc')]) };
}

function headersOf(
  { headers, messageId }: PatchMessage,
  sender: Sender | null,
  { to, cc }: Recipients,
): string[] {
  const subject = (headerValue(headers, 'Subject') ?? '').replace(/^(?:re:\s*)+/i, '');
  return [
    ...addressHeader('From', sender ? [sender] : []),
    ...addressHeader('To', to),
    ...addressHeader('Cc', cc),
    textHeader('Subject', `Re: ${subject}`),
    ...(messageId === null ? [] : threadHeaders(headers, messageId)),
  ];
}

/** RFC 5322, 3.6.4: the references of the mail, or what it answers, and itself. */
function threadHeaders(headers: PatchMessage['headers'], messageId: string): string[] {
  const ids = (name: string): string[] => headerValue(headers, name)?.match(/<[^<>\s]+>/g) ?? [];
  const before = ids('References');
  const references = before.length > 0 ? before : ids('In-Reply-To').slice(0, 1);
  const all = [...references.filter((id) => id !== messageId), messageId];
  return [idHeader('In-Reply-To', [messageId]), idHeader('References', all)];
}

/** The lines between the headers and the end. */
function replyBody(message: PatchMessage, comments: readonly Comment[]): string {
  const under = new Map<number, string[]>();
  const general: string[] = [];
  for (const { bodyLine, text } of comments) {
    const own = ownLines(text);
    if (own.length === 0) continue;
    const isPlaced = bodyLine !== null && bodyLine >= 0 && bodyLine < message.body.length;
    const before = isPlaced ? under.get(bodyLine) : general;
    if (before === undefined) under.set(bodyLine!, own);
    else before.push(...(before.length > 0 ? [''] : []), ...own);
  }
  const quotes = quotesFor(
    message,
    [...under.keys()].sort((one, other) => one - other),
  );
  const lines = [...general];
  if (quotes.length > 0) lines.push(...(general.length > 0 ? [''] : []), ...attribution(message));
  let previous: Quote | null = null;
  for (const quote of quotes) {
    if (previous && needsGap(message, previous, quote, under)) lines.push(GAP);
    for (let index = quote.first; index <= quote.last; index++) lines.push(quoted(message.body[index]!.text));
    const own = under.get(quote.last);
    if (own) lines.push('', ...own, '');
    previous = quote;
  }
  while (lines.at(-1) === '') lines.pop();
  return `${lines.join('\n')}\n`;
}

/** Whether the reader must be told that lines are missing: not before a header, nor under a comment. */
function needsGap(
  { body }: PatchMessage,
  previous: Quote,
  next: Quote,
  under: ReadonlyMap<number, readonly string[]>,
): boolean {
  return next.first > previous.last + 1 && !opensQuote(body[next.first]!.text) && !under.has(previous.last);
}

/** Never broken: quoted code is read by programs too. */
function quoted(line: string): string {
  return line === '' ? '>' : `> ${line}`;
}

/** `On DATE, NAME wrote:`, broken like the reviewer's own lines. */
function attribution({ headers }: PatchMessage): string[] {
  const [author] = addressesOf(headers, 'From');
  const who = author ? (author.name ?? author.mail) : 'the patch';
  const date = headerValue(headers, 'Date')?.replace(/\s*\([^)]*\)\s*$/, '');
  const line = date ? `On ${date}, ${who} wrote:` : `${who} wrote:`;
  if (line.length <= OWN_COLUMNS || !date) return [line];
  return [`On ${date},`, `${who} wrote:`];
}
