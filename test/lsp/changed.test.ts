/** Of a C file in a repository only what differs from the last commit is reported, where that is asked for. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { openDocument } from '../../server/src/review/index.js';
import { type Repository, repositoryWith } from '../git/repository.js';
import { startEditor, uriOf } from './editor.js';

const PATH = 'drivers/iommu/toy.c';
const fault = (name: string) =>
  `int ${name}(struct device *dev)\n{\n\treturn use(dev->bus->iommu_ops);\n}\n\n`;
const OLD = fault('old_one');
const NEW = `${OLD}${fault('new_one')}`;

type Editor = Awaited<ReturnType<typeof startEditor>>;
const lines = (diagnostics: Awaited<ReturnType<Editor['diagnostics']>>) =>
  diagnostics.map(({ code, range }) => `${code} ${range.start.line}`);
const save = (editor: Editor, { root, write }: Repository, text: string): void => {
  write(PATH, text);
  editor.tell('textDocument/didSave', { textDocument: { uri: uriOf(root, PATH) } });
};

test('what was committed is not reported, what is new is, wherever typing moves it', async (t) => {
  const repository = repositoryWith({ [PATH]: OLD });
  const uri = uriOf(repository.root, PATH);
  const editor = await startEditor(t, { openDocument, settings: { scope: 'changed' } });
  editor.open(uri, OLD);
  assert.deepEqual(await editor.diagnostics(uri, 1), []);
  editor.change(uri, 2, NEW);
  assert.deepEqual(lines(await editor.diagnostics(uri, 2)), ['bus-iommu-ops 7']);
  editor.change(uri, 3, `\n\n${NEW}`);
  assert.deepEqual(lines(await editor.diagnostics(uri, 3)), ['bus-iommu-ops 9']);
});

test('when it is saved after a commit, nothing of it is new any more', async (t) => {
  const repository = repositoryWith({ [PATH]: OLD });
  const uri = uriOf(repository.root, PATH);
  const editor = await startEditor(t, { openDocument, settings: { scope: 'changed' } });
  editor.open(uri, NEW);
  assert.equal((await editor.diagnostics(uri, 1)).length, 1);
  save(editor, repository, NEW);
  await editor.until(() => editor.statuses.length === 2, 'a review of what was saved');
  assert.deepEqual(editor.rules(uri), ['bus-iommu-ops']);
  repository.git('commit', '-qam', 'all of it');
  save(editor, repository, NEW);
  await editor.until(() => editor.statuses.length === 3, 'a review after the commit');
  assert.deepEqual(editor.rules(uri), []);
});

test('a file that git does not know is new as a whole; so is one in no repository', async (t) => {
  const { root, write } = repositoryWith({});
  write(PATH, NEW);
  const editor = await startEditor(t, { openDocument, settings: { scope: 'changed' } });
  for (const uri of [uriOf(root, PATH), 'file:///nowhere/toy.c']) {
    editor.open(uri, `#include <linux/iommu.h>\n${NEW}`);
    assert.equal((await editor.diagnostics(uri, 1)).length, 2, uri);
  }
});

test('all is reported by another setting, and git is not asked', async (t) => {
  const { root } = repositoryWith({ [PATH]: OLD });
  for (const scope of ['auto', 'all']) {
    const editor = await startEditor(t, { openDocument, settings: { scope } });
    editor.open(uriOf(root, PATH), NEW);
    assert.equal((await editor.diagnostics(uriOf(root, PATH), 1)).length, 2, scope);
  }
});

test('git is not asked in a folder that nobody vouches for, and is when somebody does', async (t) => {
  const { root } = repositoryWith({ [PATH]: OLD });
  const uri = uriOf(root, PATH);
  const editor = await startEditor(t, {
    openDocument,
    settings: { scope: 'changed' },
    initializationOptions: { commands: [], mayRunGit: false },
  });
  editor.open(uri, NEW);
  assert.equal((await editor.diagnostics(uri, 1)).length, 2);
  editor.tell('iommuReview/trustGranted', {});
  await editor.until(() => editor.rules(uri)?.length === 1, 'what is new alone');
});

test('the reviewer and the runs are told the same', async (t) => {
  const { root } = repositoryWith({ [PATH]: OLD });
  const { FakeSimulator } = await import('./fake-simulator.js');
  const simulator = new FakeSimulator();
  const editor = await startEditor(t, { settings: { scope: 'changed' }, simulator });
  editor.open(uriOf(root, PATH), NEW);
  const job = await simulator.started(1);
  assert.equal(job.part.before, OLD);
  assert.equal(job.scope, 'changed');
  assert.deepEqual(
    editor.calls.map(({ part }) => part.before),
    [OLD],
  );
  assert.equal(job.part.path, join(root, PATH));
});
