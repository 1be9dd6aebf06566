/** A small repository with a kernel tree in it, and git to change it with; nothing of whoever runs the tests plays a part. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after } from 'node:test';

export interface Repository {
  readonly root: string;
  git(...args: string[]): string;
  write(path: string, text: string): void;
  commit(subject: string, files: Readonly<Record<string, string>>): void;
}

export const MARK = 'include/linux/iommu.h';

const CONFIGURATION = [
  ...['-c', 'user.name=Ada Writer', '-c', 'user.email=ada@example.org'],
  ...['-c', 'init.defaultBranch=main', '-c', 'commit.gpgsign=false'],
];

/** Removed when the tests of the file are over. */
export function repositoryWith(files: Readonly<Record<string, string>>): Repository {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'iommu-review-git-')));
  after(() => rmSync(root, { recursive: true, force: true }));
  const git = (...args: string[]) =>
    execFileSync('git', [...CONFIGURATION, ...args], { cwd: root, stdio: 'pipe', encoding: 'utf8' });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = (subject: string, changed: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(changed)) write(path, text);
    git('add', '.');
    git('commit', '-qm', subject);
  };
  git('init', '-q');
  commit('base', { [MARK]: '/* declarations */\n', ...files });
  return { root, git, write, commit };
}
