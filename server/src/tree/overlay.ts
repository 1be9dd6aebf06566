/** A tree as it would be if some of its files had other texts: buffers being edited, patches applied. */

import { isSafeTreePath } from '../base/index.js';
import type { TreeReader } from './reader.js';

/** Texts by path; null for a file that is gone. */
export type Overlay = ReadonlyMap<string, string | null>;

/** Answers as `reader` would if the files of `overlay` were its own; null stands for a tree without any file. */
export function overlaid(reader: TreeReader | null, overlay: Overlay): TreeReader {
  // Where nothing lies behind them, texts have whatever paths they were given: none leads out.
  const isAllowed = reader === null ? () => true : isSafeTreePath;
  const read = (path: string): string | null => {
    if (!isAllowed(path)) return null;
    const text = overlay.get(path);
    return text === undefined ? (reader?.read(path) ?? null) : text;
  };
  const list = (path: string): readonly string[] | null =>
    isAllowed(path) ? listOverlaid(reader?.list?.(path) ?? null, overlay, path, isAllowed) : null;
  return {
    root: reader?.root ?? '',
    read,
    ...(reader && !reader.list ? {} : { list }),
    ...(reader ? { identity: reader.identity ?? reader } : {}),
  };
}

/** A directory that the overlay empties is still listed by its parent, as an empty one on a disk is. */
function listOverlaid(
  known: readonly string[] | null,
  overlay: Overlay,
  path: string,
  isAllowed: (path: string) => boolean,
): string[] | null {
  const names = new Set(known);
  for (const [file, text] of overlay) {
    if (!file.startsWith(`${path}/`) || !isAllowed(file)) continue;
    const [name, ...below] = file.slice(path.length + 1).split('/');
    if (below.length > 0) {
      if (text !== null) names.add(`${name}/`);
    } else if (text === null) names.delete(name!);
    else names.add(name!);
  }
  return known === null && names.size === 0 ? null : [...names].sort();
}
