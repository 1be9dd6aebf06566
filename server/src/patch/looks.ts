/** A guess from the first lines of a file: is it a mail or a diff, or something else such as C? */
import { isFilePair } from './hunk-extent.js';
import { isCommitLine, isSeparator, opensMail } from './mailbox.js';
import type { BodyLine, PatchFile } from './types.js';

/** Enough for the longest headers list servers write. */
const HEAD_LINES = 400;
const GIT_LINE_FOLLOWERS =
  /^(?:index |--- |(?:old|new|deleted file|new file) mode |similarity |dissimilarity |rename |copy |Binary )/;

/** Whether a file that begins so is a mail, a box of mails or a diff. */
export function looksLikePatch(head: string): boolean {
  const lines = head
    .replace(/^\ufeff/, '')
    .trimStart()
    .split(/\r?\n/, HEAD_LINES);
  const [first = '', second = ''] = lines;
  if (isSeparator(first, second, true) || isCommitLine(first, second)) return true;
  // A mail is taken whether or not its head reaches to the diff: cover letters have none.
  if (opensMail(lines)) return true;
  return beginsDiff(lines);
}

/** Whether the file is C that the kernel compiles or includes. */
export function touchesKernelC(file: PatchFile): boolean {
  return /\.[ch]$/.test(file.newPath ?? file.oldPath ?? '');
}

function beginsDiff(lines: readonly string[]): boolean {
  const body: BodyLine[] = lines.map((text, at) => ({ text, rawLine: at + 1 }));
  return body.some(({ text }, at) => {
    if (text.startsWith('diff --git '))
      return at + 1 >= lines.length || GIT_LINE_FOLLOWERS.test(lines[at + 1]!);
    return isFilePair(body, at, body.length) && (lines[at + 2] ?? '@@').startsWith('@@');
  });
}
