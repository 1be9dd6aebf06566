/** What of a repository is offered for review, and what is read of it. */
import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  committedText,
  GitRefused,
  historyOf,
  patchesOfRange,
  rangeFrom,
  repositoryAround,
  uncommittedPatch,
  untrackedCount,
} from '../../server/src/git/index.js';
import { repositoryWith } from './repository.js';

const PATH = 'drivers/iommu/toy.c';
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

test('commits are listed latest first, with the tag and the upstream that they stand on', async () => {
  const { root, git, commit } = repositoryWith({ [PATH]: 'int a;\n' });
  git('tag', 'v6.12');
  git('branch', 'there');
  commit('iommu: Say b', { [PATH]: 'int a;\nint b;\n' });
  commit('iommu: Say c', { [PATH]: 'int a;\nint b;\nint c;\n' });
  assert.deepEqual((await historyOf(root)).bases, [{ name: 'v6.12', kind: 'tag', commits: 2 }]);
  git('branch', '--set-upstream-to=there');
  const { commits, bases } = await historyOf(join(root, 'drivers'));
  assert.deepEqual(
    bases.map(({ name, kind, commits: count }) => [name, kind, count]),
    [
      ['there', 'upstream', 2],
      ['v6.12', 'tag', 2],
    ],
  );
  // What was there from the first is no change of anything.
  assert.deepEqual(
    commits.map(({ subject, author }) => [subject, author]),
    [
      ['iommu: Say c', 'Ada Writer'],
      ['iommu: Say b', 'Ada Writer'],
    ],
  );
  assert.match(commits[0]!.id, /^[0-9a-f]{40}$/);
  git('tag', 'here');
  git('branch', '-f', 'there', 'HEAD');
  assert.deepEqual((await historyOf(root)).bases, [], 'what has nothing behind it is no base');
});

test('the patches of a range are mails, and what is not committed is a diff, whatever is configured', async () => {
  const { root, git, write, commit } = repositoryWith({ [PATH]: 'int a;\n' });
  commit('iommu: Say b', { [PATH]: 'int a;\nint b;\n' });
  git('config', 'diff.noprefix', 'true');
  git('config', 'color.ui', 'always');
  git('config', 'diff.external', 'false');
  const mails = text(await patchesOfRange('HEAD^..HEAD', root));
  assert.match(mails, /^Subject: \[PATCH 1\/1\] iommu: Say b$/m);
  assert.match(mails, /^\+\+\+ b\/drivers\/iommu\/toy\.c$/m);
  assert.equal(text(await uncommittedPatch(root)), '');
  write(PATH, 'int a;\nint other;\n');
  write('drivers/iommu/new.c', 'int new;\n');
  write('notes.txt', 'nothing');
  assert.match(
    text(await uncommittedPatch(join(root, 'drivers'))),
    /^diff --git a\/drivers.*\n(?:.*\n)*-int b;\n\+int other;\n$/,
  );
  assert.equal(await untrackedCount(root), 1);
  await assert.rejects(patchesOfRange('HEAD..HEAD', root), { message: 'no commit in this range' });
});

test('a file is given as the last commit has it', async () => {
  const { root, git, write } = repositoryWith({ [PATH]: 'int a;\n' });
  write(PATH, 'int changed;\n');
  write('drivers/iommu/new.c', 'int new;\n');
  assert.equal(await committedText(join(root, PATH)), 'int a;\n');
  assert.equal(await committedText(join(root, 'drivers/iommu/new.c')), null);
  assert.equal(await committedText(join(root, 'no/folder.c')), null);
  git('commit', '-qam', 'change it');
  assert.equal(await committedText(join(root, PATH)), 'int changed;\n');
});

test('what git will not do is said in its words, with the kind of it', async () => {
  const { root } = repositoryWith({});
  assert.equal(await repositoryAround(join(root, 'include')), root);
  const outside = realpathSync(mkdtempSync(join(tmpdir(), 'iommu-review-no-git-')));
  assert.equal(await repositoryAround(outside), null);
  const why = async (asked: Promise<unknown>) =>
    asked.then(
      () => 'nothing',
      (error: unknown) => (error instanceof GitRefused ? error.why : String(error)),
    );
  assert.equal(await why(historyOf(outside)), 'no-repository');
  assert.equal(await why(patchesOfRange('nowhere..HEAD', root)), 'refused');
  const { PATH: path } = process.env;
  process.env.PATH = outside;
  try {
    assert.equal(await why(repositoryAround(root)), 'not-installed');
  } finally {
    process.env.PATH = path;
  }
});

test('only what can be nothing but a range is handed to git', () => {
  assert.equal(rangeFrom(' v6.12 '), 'v6.12..HEAD');
  assert.equal(rangeFrom('a1b2^'), 'a1b2^..HEAD');
  assert.equal(rangeFrom('HEAD~3..topic'), 'HEAD~3..topic');
  for (const words of ['', '--output=x', '-1..HEAD', 'a b', 'HEAD:Makefile', ':/word', 'x*'])
    assert.equal(rangeFrom(words), null, words);
});
