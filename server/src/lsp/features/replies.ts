/** What a reviewer has put on the lines of a patch, as mails. */
import { type PatchMessage, readPatches } from '../../patch/index.js';
import type { Replies, RepliesParams } from '../../protocol/index.js';
import { addressIn, type Comment, composeReply, locate, locateDecoded } from '../../reply/index.js';

/** `text`: of the mail or mailbox as it stands in the editor. */
export function replies(text: string, { comments, isDecoded, from }: RepliesParams): Replies {
  const input = readPatches(text);
  const said = new Map<PatchMessage, Comment[]>();
  const remarks: string[] = [];
  for (const comment of comments) {
    const line = comment.line + 1;
    const place = isDecoded ? locateDecoded(input, line) : locate(input, { rawLine: line });
    if (!place) {
      remarks.push(`line ${line} belongs to no mail, so what is said there is left out`);
      continue;
    }
    const before = said.get(place.message) ?? [];
    said.set(place.message, [...before, { bodyLine: place.bodyLine, text: comment.text }]);
  }
  const sender = addressIn(from);
  if (from.trim() !== '' && !sender) remarks.push(`'${from}' is not an address, so the mail has no sender`);
  const written = input.messages.flatMap((message) => {
    const own = said.get(message);
    return own ? [composeReply(message, own, sender)] : [];
  });
  return {
    mails: written.map(({ text: mail }) => mail),
    remarks: [...new Set([...remarks, ...written.flatMap((reply) => reply.remarks)])],
  };
}
