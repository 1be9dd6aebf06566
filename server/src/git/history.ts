/** What of a repository somebody may want reviewed: where a branch began, and its latest commits. */
import { GitRefused, git, gitLine } from './run.js';

/** A commit that a range may begin behind. */
export interface Base {
  /** As git is told of it: `origin/main`, `v6.12`. */
  readonly name: string;
  readonly kind: 'upstream' | 'tag';
  /** From there to HEAD; more than none. */
  readonly commits: number;
}

export interface Commit {
  readonly id: string;
  readonly subject: string;
  readonly author: string;
  /** `3 days ago` */
  readonly age: string;
}

export interface History {
  /** Latest first, without merges and without the first commit of all, which changes nothing. */
  readonly commits: readonly Commit[];
  /** The most likely first. */
  readonly bases: readonly Base[];
}

/** Commits that a list has room for. */
const MOST_COMMITS = 50;

/** The top folder of the repository around a folder; null when there is none. Rejects with `GitRefused`. */
export async function repositoryAround(folder: string): Promise<string | null> {
  try {
    return Buffer.from(await git(folder, ['rev-parse', '--show-toplevel']))
      .toString('utf8')
      .replace(/\n$/, '');
  } catch (error) {
    if (error instanceof GitRefused && error.why === 'no-repository') return null;
    throw error;
  }
}

/** Rejects with `GitRefused`, as where nothing is committed yet. */
export async function historyOf(directory: string): Promise<History> {
  const format = '--format=%H%x00%P%x00%an%x00%ar%x00%s';
  const listed = await git(directory, [
    'log',
    '--no-merges',
    `--max-count=${MOST_COMMITS}`,
    format,
    'HEAD',
    '--',
  ]);
  const commits = Buffer.from(listed)
    .toString('utf8')
    .split('\n')
    .flatMap((line): Commit[] => {
      const [id = '', parents = '', author = '', age = '', subject = ''] = line.split('\0');
      return parents === '' ? [] : [{ id, subject, author, age }];
    });
  return { commits, bases: await basesOf(directory) };
}

async function basesOf(directory: string): Promise<Base[]> {
  const upstream = await gitLine(directory, [
    'rev-parse',
    '--abbrev-ref',
    '--symbolic-full-name',
    '@{upstream}',
  ]);
  const tag = await gitLine(directory, ['describe', '--tags', '--abbrev=0', 'HEAD']);
  const named = [
    { name: upstream, kind: 'upstream' },
    { name: tag, kind: 'tag' },
  ] as const;
  const bases = named.map(async ({ name, kind }): Promise<Base[]> => {
    if (!name) return [];
    const commits = Number(
      await gitLine(directory, ['rev-list', '--count', '--no-merges', `${name}..HEAD`, '--']),
    );
    return commits > 0 ? [{ name, kind, commits }] : [];
  });
  return (await Promise.all(bases)).flat();
}

/** `base..HEAD` of a base, a range as it is; null for what git could take for anything else. */
export function rangeFrom(words: string): string | null {
  const given = words.trim();
  if (!/^[^-\s:?*[\\][^\s:?*[\\]*$/.test(given)) return null;
  return given.includes('..') ? given : `${given}..HEAD`;
}
