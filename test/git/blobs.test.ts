/** Files of a commit, as one git process hands them out. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GitBlobs } from '../../server/src/git/index.js';
import { repositoryWith } from './repository.js';

const LARGE = 'é 0123456789\n'.repeat(40_000);

test('files are read whole, one after another, and what is none is null', () => {
  const { root: cwd } = repositoryWith({
    'a/large.c': LARGE,
    'a/empty.c': '',
    'a b.c': 'int spaced;\n',
    'blob 12': '\0\n',
  });
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
  const { root: cwd } = repositoryWith({ 'a.c': 'int a;\n' });
  assert.equal(new GitBlobs('HEAD', cwd, { PATH: cwd }).read('a.c'), null);
  assert.equal(new GitBlobs('none', cwd, process.env).read('a.c'), null);
});
