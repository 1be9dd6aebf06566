/**
 * Git, run to read and for nothing else. Whoever calls answers for it that the
 * repository may be looked into: its configuration can name programs.
 */
import { execFile } from 'node:child_process';

/** What git would not do, or that it is not there; the message says why. */
export class GitRefused extends Error {
  override readonly name = 'GitRefused';

  constructor(
    message: string,
    readonly why: 'not-installed' | 'no-repository' | 'nothing' | 'refused',
  ) {
    super(message);
  }
}

/** More than any series, and less than what a string can hold. */
const MOST_OUTPUT = 400 * 1024 * 1024;

/** Spelled out so that somebody's own configuration changes nothing in the diffs that are read here. */
export const PLAIN_DIFF = [
  ...['--no-color', '--no-ext-diff', '--no-textconv', '--full-index'],
  ...['--src-prefix=a/', '--dst-prefix=b/', '--no-relative'],
] as const;

export function gitEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
}

/** What git prints, run in `directory`. Rejects with `GitRefused`. */
export function git(directory: string, args: readonly string[]): Promise<Uint8Array> {
  const options = {
    cwd: directory,
    maxBuffer: MOST_OUTPUT,
    env: gitEnvironment(),
    encoding: 'buffer',
  } as const;
  return new Promise((resolve, reject) => {
    execFile('git', args, options, (error, stdout, stderr) => {
      if (error) reject(refusal(error, stderr, args));
      else resolve(stdout);
    });
  });
}

/** The same as text, without the line end behind it; null when git refuses. */
export async function gitLine(directory: string, args: readonly string[]): Promise<string | null> {
  try {
    return Buffer.from(await git(directory, args))
      .toString('utf8')
      .trim();
  } catch {
    return null;
  }
}

function refusal(error: Error, stderr: Uint8Array, args: readonly string[]): GitRefused {
  const code = 'code' in error ? error.code : null;
  if (code === 'ENOENT') return new GitRefused('git is not installed', 'not-installed');
  // What Node itself stopped has no exit status.
  if (typeof code !== 'number') return new GitRefused(error.message, 'refused');
  const [complaint = `git ${args[0]} failed`] = Buffer.from(stderr)
    .toString('utf8')
    .split('\n')
    .filter(Boolean);
  const words = `git: ${complaint.replace(/^fatal: /, '')}`;
  return new GitRefused(words, /^fatal: not a git repository/.test(complaint) ? 'no-repository' : 'refused');
}
