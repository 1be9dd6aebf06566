/** A range of commits as patch mails, the tree as it was before them, and what is not committed yet. */
import { isSafeTreePath } from '../base/index.js';
import type { TreeReader } from '../tree/index.js';
import { GitBlobs } from './blobs.js';
import { GitRefused, git, gitEnvironment, gitLine, PLAIN_DIFF } from './run.js';

/** The commits of `range` as an mbox, oldest first. Rejects with `GitRefused`. */
export async function patchesOfRange(range: string, directory: string): Promise<Uint8Array> {
  const plain = ['--no-attach', '--no-signature', '--no-cover-letter', '--numbered', ...PLAIN_DIFF];
  const patches = await git(directory, ['format-patch', '--stdout', ...plain, range, '--']);
  if (patches.length === 0) throw new GitRefused('no commit in this range', 'nothing');
  return patches;
}

/** What the files that git knows have and the last commit has not, as a diff; empty when nothing differs. Rejects with `GitRefused`. */
export function uncommittedPatch(directory: string): Promise<Uint8Array> {
  return git(directory, ['diff', ...PLAIN_DIFF, '--find-renames', 'HEAD', '--']);
}

/** How many C files there are that git has never been told of, and that no rule of its ignores. */
export async function untrackedCount(directory: string): Promise<number> {
  const listed = await gitLine(directory, [
    ...['ls-files', '--others', '--exclude-standard', '-z'],
    ...['--', '*.c', '*.h'],
  ]);
  return listed?.split('\0').filter(Boolean).length ?? 0;
}

/**
 * The tree as the range found it, read from git: the work tree has the patches
 * already, or something else. Null when that commit holds no kernel tree.
 */
export async function treeBeforeRange(range: string, directory: string): Promise<TreeReader | null> {
  const [from = '', to = ''] = range.split(/\.\.\.?/);
  const base = await gitLine(directory, ['merge-base', from || 'HEAD', to || 'HEAD']);
  if (base === null) return null;
  const blobs = new GitBlobs(base, directory, gitEnvironment());
  const known = new Map<string, string | null>();
  const read = (path: string): string | null => {
    if (!isSafeTreePath(path)) return null;
    let text = known.get(path);
    if (text === undefined) {
      const bytes = blobs.read(path);
      text = bytes && Buffer.from(bytes).toString('utf8');
      known.set(path, text);
    }
    return text;
  };
  return read('include/linux/iommu.h') === null
    ? null
    : { root: `${directory} at ${base.slice(0, 12)}`, read };
}
