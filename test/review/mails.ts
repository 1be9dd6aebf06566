/** Patch mails and trees that tests write from what differs. */
import type { TreeReader } from '../../server/src/tree/index.js';

export type Files = Readonly<Record<string, string>>;

/** A tree of these files, which can be searched. */
export function treeOf(files: Files): TreeReader {
  const list = (folder: string): string[] => {
    const below = Object.keys(files).filter((path) => path.startsWith(`${folder}/`));
    const names = below.map((path) => path.slice(folder.length + 1).replace(/\/.*/, '/'));
    return [...new Set(names)].sort();
  };
  return { root: 'tree', read: (path) => files[path] ?? null, list };
}

export interface Change {
  readonly path: string;
  /** Where the hunk begins in the file as it was, and its lines with their signs. */
  readonly at: number;
  readonly lines: readonly string[];
}

/** A mail for each list of changes; `of` is what the subjects say of how many there are. */
export function series(patches: readonly (readonly Change[])[], of = patches.length): string {
  return patches
    .map((changes, index) =>
      [
        `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001`,
        'From: A <a@example.org>',
        `Subject: [PATCH ${index + 1}/${of}] iommu: Part ${index + 1}`,
        `Message-Id: <${index + 1}@example.org>`,
        '',
        'Fix the walk.',
        '',
        'Signed-off-by: A <a@example.org>',
        '---',
        ...changes.flatMap(diffOf),
        '-- ',
        '2.43.0',
        '',
      ].join('\n'),
    )
    .join('');
}

function diffOf({ path, at, lines }: Change): string[] {
  const old = lines.filter((line) => !line.startsWith('+')).length;
  const fresh = lines.filter((line) => !line.startsWith('-')).length;
  return [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${at},${old} +${at},${fresh} @@`,
    ...lines,
  ];
}

/** Every line with the sign in front. */
export function signed(sign: '+' | '-' | ' ', text: string): string[] {
  return text.split('\n').map((line) => `${sign}${line}`);
}
