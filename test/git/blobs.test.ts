/** Files of a commit, as one git process hands them out. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { GitBlobs } from '../../server/src/git/index.js';
import { workshop } from '../cli/bench.js';

const LARGE = 'é 0123456789\n'.repeat(40_000);

function commit(files: Readonly<Record<string, string>>): string {
  const cwd = workshop(files);
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.org', ...args], {
      cwd,
      stdio: 'pipe',
    });
  git('init', '-q');
  git('add', '.');
  git('commit', '-qm', 'all');
  return cwd;
}

test('files are read whole, one after another, and what is none is null', () => {
  const cwd = commit({ 'a/large.c': LARGE, 'a/empty.c': '', 'a b.c': 'int spaced;\n', 'blob 12': '\0\n' });
  const blobs = new GitBlobs('HEAD', cwd, process.env);
  const text = (path: string) => {
    const bytes = blobs.read(path);
    return bytes && Buffer.from(bytes).toString('utf8');
  };
  for (let round = 0; round < 2; round++) {
    assert.equal(text('a/large.c'), LARGE);
    assert.equal(text('a/empty.c'), '');
    assert.equal(text('a b.c'), 'int spaced;\n');
    assert.equal(text('blob 12'), '\0\n');
    assert.equal(text('a'), null);
    assert.equal(text('none blob 12'), null);
    assert.equal(text('a b.c\na b.c'), null);
  }
});

test('without git, and without such a commit, there are no files', () => {
  const cwd = commit({ 'a.c': 'int a;\n' });
  assert.equal(new GitBlobs('HEAD', cwd, { PATH: cwd }).read('a.c'), null);
  assert.equal(new GitBlobs('none', cwd, process.env).read('a.c'), null);
});
