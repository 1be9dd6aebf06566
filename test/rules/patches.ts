/** Mails made of the body of one hunk, and what is found in them. */
import type { Finding } from '../../server/src/findings/index.js';
import { review } from '../../server/src/review/index.js';

/** What the mail says around the hunk. */
export interface Around {
  readonly path?: string;
  readonly subject?: string;
  /** Between the brackets of the subject: `RFC PATCH 1/3`. */
  readonly tag?: string;
  /** A line of headers more: `Date: Tue, 1 Mar 2022 18:14:55 +0200`. */
  readonly header?: string;
  /** A file that the same patch brings, behind the hunk. */
  readonly beside?: { readonly path: string; readonly code: string };
}

/** All lines of some code, as a hunk has them that adds them. */
export const added = (code: string): string =>
  code
    .replace(/^\n/, '')
    .split('\n')
    .map((line) => `+${line}`)
    .join('\n');

/** Lines of the mail before the hunk's first. */
export const HEADER_LINES = 9;

/** A mail with one file of one hunk. */
export function mailOf(
  body: string,
  { path = 'drivers/iommu/example.c', subject = 'iommu: Do it', tag = 'PATCH', header, beside }: Around = {},
): string {
  const lines = body.replace(/^\n|\n$/g, '').split('\n');
  const old = lines.filter((line) => !line.startsWith('+')).length;
  const fresh = lines.filter((line) => !line.startsWith('-')).length;
  return [
    'From: A <a@example.com>',
    `Subject: [${tag}] ${subject}`,
    ...(header === undefined ? [] : [header]),
    '',
    '---',
    `diff --git a/${path} b/${path}`,
    'index 111111111111..222222222222 100644',
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -10,${old} +10,${fresh} @@`,
    ...lines,
    ...(beside ? newFile(beside) : []),
    '-- ',
    '2.43.0',
    '',
  ].join('\n');
}

function newFile({ path, code }: NonNullable<Around['beside']>): string[] {
  const lines = code.replace(/^\n|\n$/g, '').split('\n');
  return [
    `diff --git a/${path} b/${path}`,
    'new file mode 100644',
    'index 000000000000..333333333333',
    '--- /dev/null',
    `+++ b/${path}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
  ];
}

/** Reviews a diff of one file, from its hunk alone. */
export function findingsInPatch(body: string, around: Around = {}): readonly Finding[] {
  const part = { path: 'a.patch', content: mailOf(body, around) };
  return review([{ path: 'a.patch', parts: [part] }], { tree: null }).findings;
}
