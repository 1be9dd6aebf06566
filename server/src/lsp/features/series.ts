/** The patches of a document, and their files before and after, for an editor that lists them. */
import type { FileVersions, Series } from '../../protocol/index.js';
import { fileVersions, seriesOutline } from '../../review/index.js';
import { MESSAGES_AT_ONCE, type Reviewed } from '../reviews.js';

/** Null for what is no patch. */
export function seriesOf(text: string, { document, tree }: Reviewed): Series | null {
  if (document.kind !== 'patch') return null;
  return { tree: tree?.root ?? null, patches: seriesOutline(text, tree, MESSAGES_AT_ONCE) };
}

/** Null when no file begins on that line (from 1). */
export function fileVersionsOf(text: string, { tree }: Reviewed, line: number): FileVersions | null {
  return fileVersions(text, tree, MESSAGES_AT_ONCE, line);
}
