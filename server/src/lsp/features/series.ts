/** The patches of a document, and their files before and after, for an editor that lists them. */
import type { FileVersions, Series } from '../../protocol/index.js';
import { MESSAGES_AT_ONCE } from '../review-options.js';
import type { Reviewed } from '../reviewed.js';

/** The list is asked for at every finding that comes or goes; the patches change with the text alone. */
const known = new WeakMap<Reviewed['document'], Series>();

/** Null for what is no patch. */
export async function seriesOf(text: string, { document, tree }: Reviewed): Promise<Series | null> {
  if (document.kind !== 'patch') return null;
  const before = known.get(document);
  if (before) return before;
  const { seriesOutline } = await review();
  const series = { tree: tree?.root ?? null, patches: seriesOutline(text, tree, MESSAGES_AT_ONCE) };
  known.set(document, series);
  return series;
}

/** Null when no file begins on that line (from 1). */
export async function fileVersionsOf(
  text: string,
  { tree }: Reviewed,
  line: number,
): Promise<FileVersions | null> {
  const { fileVersions } = await review();
  return fileVersions(text, tree, MESSAGES_AT_ONCE, line);
}

/** Needs the parser, without which the server still has to start. */
const review = () => import('../../review/index.js');
