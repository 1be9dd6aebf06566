/** Commits of the folder that is open, and what is not committed, come to the editor as texts to be opened. */
import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import type { GitHistory, GitPatches, GitTrouble, Series } from '../../server/src/protocol/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { repositoryWith } from '../git/repository.js';
import { folderWith, startEditor } from './editor.js';

const PATH = 'drivers/iommu/toy.c';
const KEPT = 'file:///nowhere/kept.mbox';

function toys() {
  const repository = repositoryWith({ [PATH]: 'int a;\nint b;\n' });
  repository.git('tag', 'v6.12');
  repository.commit('iommu: Say c', { [PATH]: 'int a;\nint b;\nint c;\n' });
  repository.commit('iommu: Say d', { [PATH]: 'int a;\nint b;\nint c;\nint d;\n' });
  return repository;
}

type Editor = Awaited<ReturnType<typeof startEditor>>;
const history = (editor: Editor, ...folders: string[]) =>
  editor.ask<GitHistory | GitTrouble>('iommuReview/gitHistory', {
    folders: folders.map((folder) => pathToFileURL(folder).href),
  });
const patches = (editor: Editor, root: string, range: string | null) =>
  editor.ask<GitPatches | GitTrouble>('iommuReview/gitPatches', { root, range, uri: KEPT });

test('the history of the first folder in a repository is offered, and a range of it opened as a series', async (t) => {
  const { root } = toys();
  const editor = await startEditor(t, { openDocument });
  const answer = await history(editor, realpathSync(folderWith(t, {})), join(root, 'drivers'));
  assert.ok(answer.kind === 'history');
  assert.equal(answer.root, root);
  assert.deepEqual(answer.bases, [{ name: 'v6.12', kind: 'tag', commits: 2 }]);
  assert.deepEqual(
    answer.commits.map(({ subject }) => subject),
    ['iommu: Say d', 'iommu: Say c'],
  );
  const made = await patches(editor, root, 'v6.12');
  assert.ok(made.kind === 'patches');
  editor.open(KEPT, made.text, 'kernel-patch');
  const series = await editor.ask<Series>('iommuReview/series', { uri: KEPT });
  assert.deepEqual(
    series.patches.map(({ title, index, total }) => [title, index, total]),
    [
      ['iommu: Say c', 1, 2],
      ['iommu: Say d', 2, 2],
    ],
  );
  // Wherever it is kept, it is applied to the tree that it came from.
  assert.equal(series.tree, root);
  assert.deepEqual(
    series.patches.map(({ files }) => files.map(({ isApplied }) => isApplied)),
    [[true], [true]],
  );
});

test('what is not committed is a diff, and what git does not know is counted', async (t) => {
  const { root, write } = toys();
  const editor = await startEditor(t, { openDocument });
  assert.deepEqual(await patches(editor, root, null), {
    kind: 'trouble',
    why: 'nothing',
    words: 'nothing is changed since the last commit',
  });
  write('drivers/iommu/new.c', 'int n;\n');
  const onlyNew = await patches(editor, root, null);
  assert.match(
    onlyNew.kind === 'trouble' ? onlyNew.words : '',
    /but for 1 C file that git does not know yet/,
  );
  write(PATH, 'int other;\n');
  const made = await patches(editor, root, null);
  assert.ok(made.kind === 'patches');
  assert.match(made.text, /^diff --git a\/drivers\/iommu\/toy\.c/);
  assert.equal(made.untracked, 1);
});

test('what cannot be had is said, and nothing that is no range reaches git', async (t) => {
  const { root } = toys();
  const editor = await startEditor(t, { openDocument });
  const why = async (asked: Promise<{ kind: string }>) => {
    const answer = (await asked) as GitTrouble;
    return [answer.kind, answer.why];
  };
  const nowhere = realpathSync(folderWith(t, {}));
  assert.deepEqual(await why(history(editor)), ['trouble', 'no-repository']);
  assert.deepEqual(await why(history(editor, nowhere)), ['trouble', 'no-repository']);
  assert.deepEqual(await why(patches(editor, root, 'HEAD')), ['trouble', 'nothing']);
  assert.deepEqual(await why(patches(editor, root, 'no-such-branch')), ['trouble', 'refused']);
  assert.deepEqual(await why(patches(editor, root, '--output=stolen')), ['trouble', 'refused']);
  const { PATH: path } = process.env;
  process.env.PATH = nowhere;
  try {
    assert.deepEqual(await why(history(editor, root)), ['trouble', 'not-installed']);
  } finally {
    process.env.PATH = path;
  }
});

test('git is not run before somebody vouches for the folder', async (t) => {
  const { root } = toys();
  const initializationOptions = { commands: [], mayRunGit: false };
  const editor = await startEditor(t, { openDocument, initializationOptions });
  for (const asked of [history(editor, root), patches(editor, root, 'v6.12'), patches(editor, root, null)]) {
    const answer = await asked;
    assert.equal(answer.kind === 'trouble' && answer.why, 'not-trusted');
  }
  editor.tell('iommuReview/trustGranted', {});
  assert.equal((await history(editor, root)).kind, 'history');
});
