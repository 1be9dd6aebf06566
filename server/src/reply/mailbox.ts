/** Several mails in one file, as mail programs open it. */

/** One mail as it is; more as a mailbox in which a body's `From ` lines are escaped (mboxrd). */
export function joinedMails(mails: readonly string[]): string {
  if (mails.length === 1) return mails[0]!;
  return mails
    .map((text) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${text.replace(/^(>*From )/gm, '>$1')}\n`)
    .join('');
}
