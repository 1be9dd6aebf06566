/** Patches of several files as one mailbox, and ids of mails as people write them. */

/** Each text is a mail, a mailbox or a bare diff, one character an octet; so is the mailbox. */
export function joinedPatches(texts: readonly string[]): string {
  return texts
    .map((text) => {
      const isBox = /^From \S+ /.test(text);
      // `git format-patch` opens with a line that separates mails already.
      const whole = isBox
        ? text
        : `From mboxrd@z Thu Jan  1 00:00:00 1970\n${text.replace(/^(>*From )/gm, '>$1')}`;
      return whole.endsWith('\n\n') ? whole : `${whole.replace(/\n*$/, '\n')}\n`;
    })
    .join('');
}

/** Of `<id>`, a bare id or a link to an archive; null when there is none, or a program would take it for an option. */
export function messageIdIn(text: string): string | null {
  const last =
    text
      .trim()
      .replace(/\/(?:T|t|raw|#.*)?\/?(?:#\S*)?$/, '')
      .split('/')
      .at(-1) ?? '';
  let id = last;
  try {
    id = decodeURIComponent(last);
  } catch {
    // A percent sign may stand in an id.
  }
  return /^<?((?!-)[^\s<>@/]+@[^\s<>@/]+)>?$/.exec(id)?.[1] ?? null;
}
