/** The tree reader of the command line against paths and trees that mean harm. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { isSafeTreePath } from '../../server/src/base/index.js';
import { treeOnDisk, treeWithout } from '../../server/src/cli/tree-on-disk.js';
import { kernelTreeAt } from '../../server/src/disk/index.js';
import { TREE, workshop } from './bench.js';

const HOSTILE = [
  '',
  '.',
  '..',
  '/etc/passwd',
  '../outside.h',
  'include/../../outside.h',
  'include/linux/../linux/iommu.h',
  './include/linux/iommu.h',
  'include//linux/iommu.h',
  'include/linux/iommu.h/',
  'include\\linux\\iommu.h',
  'C:/windows/win.ini',
  'c:secret',
  'include/linux/iommu.h\u0000.c',
  'include/\nlinux',
  'a/'.repeat(2000),
];

test('paths that could lead anywhere but below the root are refused', () => {
  const root = workshop({ 'tree/include/linux/iommu.h': 'x', 'outside.h': 'secret' });
  const tree = treeOnDisk(join(root, 'tree'));
  for (const path of HOSTILE) {
    assert.equal(isSafeTreePath(path), false, JSON.stringify(path));
    assert.equal(tree.read(path), null, JSON.stringify(path));
  }
  assert.equal(tree.read('include/linux/iommu.h'), 'x');
  for (const path of ['a.c', '...', 'a/..b/c', '.hidden', 'a b/c+d.h'])
    assert.equal(isSafeTreePath(path), true, path);
});

test('links are followed within the tree only', () => {
  const root = workshop({ 'tree/include/linux/iommu.h': 'inside', 'outside/secret.h': 'secret' });
  const tree = join(root, 'tree');
  symlinkSync('iommu.h', join(tree, 'include/linux/alias.h'));
  symlinkSync(join(root, 'outside/secret.h'), join(tree, 'leak.h'));
  symlinkSync('../outside', join(tree, 'leaks'));
  symlinkSync('round.h', join(tree, 'round.h'));
  // A neighbour whose name begins as the root's does.
  mkdirSync(join(root, 'tree-2'));
  writeFileSync(join(root, 'tree-2/secret.h'), 'secret');
  symlinkSync('../tree-2/secret.h', join(tree, 'neighbour.h'));
  const reader = treeOnDisk(tree);
  assert.equal(reader.read('include/linux/alias.h'), 'inside');
  for (const path of ['leak.h', 'leaks/secret.h', 'round.h', 'neighbour.h'])
    assert.equal(reader.read(path), null, path);
});

test('a tree reached through a link is a tree', () => {
  const root = workshop({ 'real/include/linux/iommu.h': 'x' });
  symlinkSync('real', join(root, 'link'));
  assert.equal(treeOnDisk(join(root, 'link')).read('include/linux/iommu.h'), 'x');
});

test('only regular files of at most 4 MB are read', () => {
  const root = workshop({
    ...TREE,
    'large.h': Buffer.alloc(4 * 1024 * 1024 + 1, 32),
    'just.h': Buffer.alloc(4 * 1024 * 1024, 32),
  });
  execFileSync('mkfifo', [join(root, 'pipe.h')]);
  const tree = treeOnDisk(root);
  for (const path of ['include', 'pipe.h', 'large.h', 'missing.h']) assert.equal(tree.read(path), null, path);
  assert.equal(tree.read('just.h')?.length, 4 * 1024 * 1024);
});

test('a file is read once, and can be left out', () => {
  const root = workshop(TREE);
  const tree = treeOnDisk(root);
  const path = 'include/linux/iommu.h';
  const before = tree.read(path);
  writeFileSync(join(root, path), 'changed');
  assert.equal(tree.read(path), before);
  assert.equal(treeWithout(tree, path).read(path), null);
});

test('directories are listed below the root only, and without links to directories', () => {
  const root = workshop({ 'tree/d/a.c': '', 'tree/d/b/c.h': '', 'tree/d/B.h': '', 'outside/secret.h': '' });
  const tree = join(root, 'tree');
  symlinkSync('a.c', join(tree, 'd/link.c'));
  symlinkSync('.', join(tree, 'd/round'));
  symlinkSync('nowhere', join(tree, 'd/dangling'));
  symlinkSync('../../outside', join(tree, 'd/leaks'));
  symlinkSync('d', join(tree, 'alias'));
  writeFileSync(join(tree, 'd/back\\slash.c'), '');
  execFileSync('mkfifo', [join(tree, 'd/pipe.c')]);
  const reader = treeOnDisk(tree);
  assert.deepEqual(reader.list?.('d'), ['B.h', 'a.c', 'b/', 'link.c']);
  assert.deepEqual(reader.list?.('alias'), ['B.h', 'a.c', 'b/', 'link.c']);
  for (const path of [...HOSTILE, 'd/leaks', 'd/a.c', 'missing'])
    assert.equal(reader.list?.(path), null, path);
  assert.deepEqual(treeWithout(reader, 'd/a.c').list?.('d'), ['B.h', 'b/', 'link.c']);
});

test('the tree is found from any depth, and its absence too', () => {
  const root = workshop({ ...TREE, 'drivers/iommu/intel/a.c': '' });
  assert.equal(kernelTreeAt(join(root, 'drivers/iommu/intel')), root);
  assert.equal(kernelTreeAt(root), root);
  assert.equal(kernelTreeAt('/'), null);
});
