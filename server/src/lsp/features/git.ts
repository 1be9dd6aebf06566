/** What the repository around an open folder has to be reviewed: only where git may be run at all. */
import {
  GitRefused,
  historyOf,
  patchesOfRange,
  rangeFrom,
  repositoryAround,
  uncommittedPatch,
  untrackedCount,
} from '../../git/index.js';
import type {
  GitHistory,
  GitHistoryParams,
  GitPatches,
  GitPatchesParams,
  GitTrouble,
} from '../../protocol/index.js';
import { pathOf } from '../addresses.js';

/** Of the first folder that lies in a repository. */
export function gitHistory(
  { folders }: GitHistoryParams,
  mayRunGit: boolean,
): Promise<GitHistory | GitTrouble> {
  return asked(mayRunGit, async () => {
    for (const folder of folders) {
      const path = pathOf(folder);
      const root = path === null ? null : await repositoryAround(path);
      if (root !== null) return { kind: 'history', root, ...(await historyOf(root)) };
    }
    return trouble('no-repository', 'no folder that is open lies in a git repository');
  });
}

export function gitPatches(
  { root, range: words }: Pick<GitPatchesParams, 'root' | 'range'>,
  mayRunGit: boolean,
): Promise<GitPatches | GitTrouble> {
  return asked(mayRunGit, async () => {
    if (words === null) {
      const diff = await uncommittedPatch(root);
      const untracked = await untrackedCount(root);
      return diff.length === 0
        ? trouble('nothing', `nothing is changed since the last commit${leftOut(untracked)}`)
        : { kind: 'patches', text: octets(diff), untracked };
    }
    const range = rangeFrom(words);
    if (range === null) return trouble('refused', `“${words}” is neither a commit nor a range`);
    return { kind: 'patches', text: octets(await patchesOfRange(range, root)), untracked: 0 };
  });
}

function leftOut(untracked: number): string {
  return untracked === 0
    ? ''
    : `, but for ${untracked} C ${untracked === 1 ? 'file' : 'files'} that git does not know yet (git add -N)`;
}

async function asked<T>(mayRunGit: boolean, ask: () => Promise<T | GitTrouble>): Promise<T | GitTrouble> {
  if (!mayRunGit)
    return trouble(
      'not-trusted',
      'git is not run in a workspace that is not trusted: its repository could name programs to start',
    );
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GitRefused)
      return trouble(
        error.why,
        error.why === 'not-installed' ? 'git is not installed on this machine' : error.message,
      );
    throw error;
  }
}

function trouble(why: GitTrouble['why'], words: string): GitTrouble {
  return { kind: 'trouble', why, words };
}

const octets = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
