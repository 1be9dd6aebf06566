/** What both ends say to the user in passing. */

/**
 * `text` without anything that VS Code would make a link of: in its messages
 * and its status menu `[words](address)` is one, and the address may be a
 * command. Names of files and words of mails are somebody else's.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', '] (');
}
