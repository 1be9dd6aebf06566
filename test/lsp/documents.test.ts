/** Which documents are reviewed, and with which tree around them. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { folderWith, MARK, startEditor, uriOf } from './editor.js';

const PATCH = 'diff --git a/a.c b/a.c\n@bad\n';

test('C is reviewed where it includes a linux/ header or lies in a kernel tree', async (t) => {
  const tree = folderWith(t, { [MARK]: '' });
  const cases: [uri: string, language: string, text: string, reviewed: boolean][] = [
    ['file:///nowhere/plain.c', 'c', '#include <stdio.h>\n@bad\n', false],
    ['file:///nowhere/out-of-tree.c', 'c', '#include <stdio.h>\n # include <linux/iommu.h>\n@bad\n', true],
    ['file:///nowhere/local.h', 'cpp', '#include "../include/linux/iommu.h"\n@bad\n', true],
    ['file:///nowhere/comment.c', 'c', '/* see #include <linux/iommu.h> */\n@bad\n', false],
    [uriOf(tree, 'drivers/iommu/a.c'), 'c', '@bad\n', true],
    [uriOf(tree, 'include/linux/a.h'), 'cpp', '@bad\n', true],
    [uriOf(tree, 'tools/a.cpp'), 'cpp', '@bad\n', false],
    ['untitled:Untitled-1', 'c', '#include <linux/iommu.h>\n@bad\n', true],
    ['untitled:Untitled-2', 'c', 'int x; @bad\n', false],
    ['git:/nowhere/out-of-tree.c?%7B%7D', 'c', '#include <linux/iommu.h>\n@bad\n', false],
    ['iommu-review-decoded:/x.patch?file', 'kernel-patch', PATCH, false],
    ['file:///nowhere/a.patch', 'kernel-patch', PATCH, true],
    ['file:///nowhere/b.diff', 'diff', PATCH, true],
    ['file:///nowhere/mail', 'mail', PATCH, true],
    ['file:///nowhere/c.diff', 'diff', `NONE\n${PATCH}`, false],
  ];
  const editor = await startEditor(t);
  for (const [uri, language, text] of cases) editor.open(uri, text, language);
  for (const [uri, , , reviewed] of cases)
    assert.deepEqual((await editor.diagnostics(uri)).length, reviewed ? 1 : 0, uri);
  for (const [uri, , , reviewed] of cases) {
    const status = await editor.status(uri);
    assert.equal(status.reviewed, reviewed, uri);
    assert.equal(status.reason !== '', !reviewed, `${uri} has its reason`);
  }
});

test('a C document becomes ours and ceases to be while it is typed', async (t) => {
  const editor = await startEditor(t);
  const uri = 'file:///nowhere/a.c';
  editor.open(uri, '@bad\n');
  assert.deepEqual(await editor.diagnostics(uri, 1), []);
  editor.change(uri, 2, '#include <linux/mm.h>\n@bad\n');
  assert.equal((await editor.diagnostics(uri, 2)).length, 1);
  editor.change(uri, 3, '@bad\n');
  assert.deepEqual(await editor.diagnostics(uri, 3), []);
});

test('the tree of a C file is the nearest around it, whatever is open or configured', async (t) => {
  const outer = folderWith(t, {
    [MARK]: '',
    [`vendor/${MARK}`]: '',
    'vendor/drivers/a.c': '',
    'drivers/b.c': '',
  });
  const other = folderWith(t, { [MARK]: '' });
  const editor = await startEditor(t, { folders: [other], settings: { kernelTree: other } });
  for (const [file, root, treePath] of [
    ['vendor/drivers/a.c', join(outer, 'vendor'), 'drivers/a.c'],
    ['drivers/b.c', outer, 'drivers/b.c'],
  ] as const) {
    editor.open(uriOf(outer, file), '@bad\n');
    await editor.diagnostics(uriOf(outer, file));
    const call = editor.calls.at(-1);
    assert.equal(call?.options.tree?.root, root);
    assert.equal(call?.part.treePath, treePath);
    assert.equal(call?.part.path, join(outer, file));
  }
});

test('the tree of a patch is the configured one, else the nearest around it, else an open folder', async (t) => {
  const configured = folderWith(t, { [MARK]: '' });
  const opened = folderWith(t, { [MARK]: '' });
  const around = folderWith(t, { [MARK]: '', 'outgoing/1.patch': '' });
  const alone = folderWith(t, { '1.patch': '' });
  const inTree = uriOf(around, 'outgoing/1.patch');
  const outside = uriOf(alone, '1.patch');
  const rootOf = async (uri: string, kernelTree: string, folders: string[]) => {
    const editor = await startEditor(t, { folders, settings: { kernelTree } });
    editor.open(uri, PATCH, 'kernel-patch');
    await editor.diagnostics(uri);
    return editor.calls[0]?.options.tree?.root ?? null;
  };
  assert.equal(await rootOf(inTree, configured, [opened]), configured);
  assert.equal(await rootOf(inTree, '', [opened]), around);
  assert.equal(await rootOf(outside, '', [alone, opened]), opened);
  assert.equal(await rootOf(outside, '', [alone]), null);
  assert.equal(await rootOf(outside, '', []), null, 'without a workspace folder');
  assert.equal(
    await rootOf(outside, join('..', opened.split('/').at(-1)!), [alone]),
    opened,
    'below a folder',
  );
  assert.equal(
    await rootOf(inTree, join(alone, 'no-tree'), []),
    around,
    'a wrong setting is no reason to fail',
  );
});

test('a configured folder that is no kernel tree is said', async (t) => {
  const editor = await startEditor(t, { settings: { kernelTree: '/nowhere/linux' } });
  editor.open('file:///nowhere/a.patch', PATCH, 'kernel-patch');
  await editor.until(() => editor.statuses.length === 1, 'a status');
  assert.equal(editor.statuses[0]?.reason, '/nowhere/linux is not a kernel tree');
  assert.equal(editor.statuses[0]?.reviewed, true);
});

test('a folder that is opened or closed gives patches their tree or takes it', async (t) => {
  const tree = folderWith(t, { [MARK]: '' });
  const alone = folderWith(t, { '1.patch': '' });
  const editor = await startEditor(t, { folders: [alone] });
  editor.open(uriOf(alone, '1.patch'), PATCH, 'kernel-patch');
  await editor.diagnostics(uriOf(alone, '1.patch'));
  const folder = { uri: uriOf(tree), name: 'linux' };
  editor.tell('workspace/didChangeWorkspaceFolders', { event: { added: [folder], removed: [] } });
  await editor.until(() => editor.statuses.length === 2, 'another review');
  editor.tell('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder] } });
  await editor.until(() => editor.statuses.length === 3, 'a third review');
  assert.deepEqual(
    editor.calls.map(({ options }) => options.tree?.root ?? null),
    [null, tree, null],
  );
});

test('C of more than 2 MB is left out with a reason, a mailbox of that size is read and it is said', async (t) => {
  const editor = await startEditor(t);
  const filler = `${'/* filler */\n'.repeat(180_000)}`;
  editor.open('file:///nowhere/big.c', `#include <linux/iommu.h>\n@bad\n${filler}`);
  assert.deepEqual(await editor.diagnostics('file:///nowhere/big.c'), []);
  assert.match((await editor.status('file:///nowhere/big.c')).reason, /more than 2 MB/);
  editor.open('file:///nowhere/big.mbox', `${PATCH}${filler}`, 'kernel-patch');
  assert.equal((await editor.diagnostics('file:///nowhere/big.mbox')).length, 1);
  await editor.until(
    () => editor.logged.some((line) => /big\.mbox has more than 2 MB/.test(line)),
    'the log line',
  );
});

test('the reviewer reads the tree, and what is open in the editor instead of what is on the disk', async (t) => {
  const tree = folderWith(t, { [MARK]: 'on disk\n', 'drivers/a.c': '' });
  const editor = await startEditor(t);
  const [header, source] = [uriOf(tree, MARK), uriOf(tree, 'drivers/a.c')];
  const read = async () => (await editor.diagnostics(source)).map(({ message }) => message);
  editor.open(source, `@reads(${MARK})\n`);
  assert.deepEqual(await read(), ['read on disk']);
  editor.open(header, 'being edited\n');
  editor.change(header, 2, 'edited\n');
  await editor.until(
    () => editor.published.at(-1)?.diagnostics[0]?.message === 'read edited',
    'the edited header',
  );
  editor.close(header);
  await editor.until(
    () => editor.published.at(-1)?.diagnostics[0]?.message === 'read on disk',
    'the disk again',
  );
});

test('a file of the tree that changes on the disk is read anew by those that had read it', async (t) => {
  const tree = folderWith(t, { [MARK]: 'old\n', 'drivers/a.c': '', 'drivers/b.c': '' });
  const editor = await startEditor(t);
  const [a, b] = [uriOf(tree, 'drivers/a.c'), uriOf(tree, 'drivers/b.c')];
  editor.open(a, `@reads(${MARK})\n@reads(include/linux/new.h)\n`);
  editor.open(b, '@bad\n');
  await Promise.all([editor.diagnostics(a), editor.diagnostics(b)]);
  assert.ok(editor.registered.includes('workspace/didChangeWatchedFiles'));
  const changed = async (path: string, text: string, type: number) => {
    const before = editor.calls.length;
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
    editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(tree, path), type }] });
    await editor.until(
      () => editor.calls.length > before && editor.statuses.length > before,
      `review after ${path}`,
    );
    return editor.published.at(-1)?.diagnostics.map(({ message }) => message);
  };
  assert.deepEqual(await changed(MARK, 'newer\n', 2), ['read newer', 'read nothing']);
  assert.deepEqual(await changed('include/linux/new.h', 'made\n', 1), ['read newer', 'read made']);
  await editor.settled();
  assert.equal(editor.calls.filter(({ part }) => part.treePath === 'drivers/b.c').length, 1);
});

test('the file that makes a folder a kernel tree may come while its documents are open', async (t) => {
  const folder = folderWith(t, { 'drivers/a.c': '' });
  const editor = await startEditor(t);
  const uri = uriOf(folder, 'drivers/a.c');
  editor.open(uri, '@bad\n');
  assert.deepEqual(await editor.diagnostics(uri), []);
  mkdirSync(join(folder, 'include/linux'), { recursive: true });
  writeFileSync(join(folder, MARK), '');
  editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(folder, MARK), type: 1 }] });
  await editor.until(() => editor.rules(uri)?.length === 1, 'the finding');
});
