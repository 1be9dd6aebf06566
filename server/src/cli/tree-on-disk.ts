/** A kernel tree on the disk, seen through `TreeReader`, for the length of one command. */
import { listBelow, realPathBelow, withFile } from '../disk/index.js';
import type { TreeReader } from '../review/index.js';

/** Reads each file once: a review is short, and must not see a file change under it. */
export function treeOnDisk(root: string): TreeReader {
  const known = new Map<string, string | null>();
  return {
    root,
    read(path) {
      let text = known.get(path);
      if (text === undefined) {
        const real = realPathBelow(root, path);
        text = real === null ? null : withFile(real, (_, decode) => decode());
        known.set(path, text);
      }
      return text;
    },
    list: (path) => listBelow(root, path),
  };
}

/** The same tree without the file at `path`. */
export function treeWithout(tree: TreeReader, path: string): TreeReader {
  const { list } = tree;
  const [, folder = '', name = path] = /^(.*)\/(.*)$/.exec(path) ?? [];
  return {
    ...tree,
    read: (asked) => (asked === path ? null : tree.read(asked)),
    ...(list && {
      list: (asked: string) => {
        const names = list(asked);
        return asked === folder ? (names?.filter((each) => each !== name) ?? null) : names;
      },
    }),
  };
}
