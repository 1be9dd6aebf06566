/** Writes the mails and diffs that the tests of this folder read. */
import { type PatchMessage, readPatches } from '../../server/src/patch/index.js';

/** A small honest diff of one file. */
export const DIFF = `diff --git a/drivers/iommu/foo.c b/drivers/iommu/foo.c
index 1111111..2222222 100644
--- a/drivers/iommu/foo.c
+++ b/drivers/iommu/foo.c
@@ -10,4 +10,5 @@ static void foo_flush(struct foo_domain *dom)
 	int ret;

-	foo_write(dom, 1);
+	ret = foo_write(dom, 1);
+	WARN_ON(ret);
 	foo_sync(dom);
`;

/** What `git format-patch` puts under a diff. */
export const SIGNATURE = '-- \n2.40.1\n';

/** A mail from its headers (`Name: value` lines) and body. */
export function mail(headers: readonly string[], body: string): string {
  return ['From: A. Writer <writer@example.org>', ...headers, '', body].join('\n');
}

/** An mbox of mails, as public-inbox writes it. */
export function mbox(...mails: readonly string[]): string {
  return mails.map((text) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${text}\n`).join('\n');
}

/** A patch mail with an honest diff. */
export function patchMail(subject: string, more: readonly string[] = []): string {
  return mail(
    [`Subject: ${subject}`, ...more],
    `Why it is done.\n\n---\n 1 file changed\n\n${DIFF}${SIGNATURE}`,
  );
}

/** The only message of an input. */
export function only(content: string | Uint8Array): PatchMessage {
  const { messages } = readPatches(content);
  if (messages.length !== 1) throw new Error(`${messages.length} messages instead of one`);
  return messages[0]!;
}

/** Bytes from a string of characters up to U+00FF, one byte each. */
export function bytes(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (letter) => letter.charCodeAt(0));
}

/** `10,4 10,5` and so on for each hunk, and its lines with their marks. */
export function written(message: PatchMessage): string[] {
  const marks = { added: '+', removed: '-', context: ' ' };
  return message.files.flatMap(({ hunks }) =>
    hunks.flatMap(({ lines }) => lines.map((line) => `${marks[line.kind]}${line.text}`)),
  );
}

/** `status old > new` of each file. */
export function filesOf(message: PatchMessage): string[] {
  return message.files.map(({ status, oldPath, newPath }) => `${status} ${oldPath} > ${newPath}`);
}
