/** A git range as patch mails, and the tree as it was before them. Only git itself is run, and only to read. */
import { spawnSync } from 'node:child_process';
import { isSafeTreePath } from '../base/index.js';
import type { TreeReader } from '../review/index.js';
import { GitBlobs } from './git-blobs.js';
import { Unreadable } from './read-file.js';

const MOST_OUTPUT = 400 * 1024 * 1024;

/** The commits of `range` as an mbox, oldest first. Throws `Unreadable`. */
export function patchesOfRange(range: string, directory: string): Uint8Array {
  // Spelled out so that somebody's own configuration changes nothing that is read here.
  const plain = ['--no-attach', '--no-signature', '--no-cover-letter', '--no-color', '--full-index'];
  const prefixes = ['--src-prefix=a/', '--dst-prefix=b/', '--numbered', '--no-relative'];
  const patches = git(directory, ['format-patch', '--stdout', ...plain, ...prefixes, range, '--']);
  if (patches.length === 0) throw new Unreadable('no commit in this range');
  return patches;
}

/**
 * The tree as the range found it, read from git: the work tree has the patches
 * already, or something else. Null when that commit holds no kernel tree.
 */
export function treeBeforeRange(range: string, directory: string): TreeReader | null {
  const [from = '', to = ''] = range.split(/\.\.\.?/);
  const base = gitLine(directory, ['merge-base', from || 'HEAD', to || 'HEAD']);
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

function git(directory: string, args: readonly string[]): Uint8Array {
  const { error, status, stdout, stderr } = spawnSync('git', args, {
    cwd: directory,
    maxBuffer: MOST_OUTPUT,
    env: gitEnvironment(),
  });
  if (error) {
    const isAbsent = 'code' in error && error.code === 'ENOENT';
    throw new Unreadable(isAbsent ? 'a git range needs git, which is not installed' : error.message);
  }
  if (status !== 0) {
    const [complaint = `git ${args[0]} failed`] = stderr.toString().split('\n').filter(Boolean);
    throw new Unreadable(`git: ${complaint.replace(/^fatal: /, '')}`);
  }
  return stdout;
}

function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
}

/** The one line that git prints; null when it refuses. */
function gitLine(directory: string, args: readonly string[]): string | null {
  try {
    return Buffer.from(git(directory, args)).toString('utf8').trim();
  } catch {
    return null;
  }
}
