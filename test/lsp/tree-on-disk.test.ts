/** The reader of the kernel tree: paths come from patches, so every one here is hostile. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  realpathSync,
  renameSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { TreeOnDisk } from '../../server/src/lsp/index.js';
import { noting } from '../../server/src/lsp/tree-on-disk.js';
import { folderWith, MARK } from './editor.js';

test('a regular file below the root is read, with its bytes as they are', (t) => {
  const tree = new TreeOnDisk(folderWith(t, { [MARK]: 'struct iommu_domain;\r\n', 'a b/ü.c': 'x' }));
  assert.equal(tree.read(MARK), 'struct iommu_domain;\r\n');
  assert.equal(tree.read('a b/ü.c'), 'x');
  assert.equal(tree.read('include/linux/none.h'), null);
});

test('bytes that are no UTF-8 lose no line', (t) => {
  const root = folderWith(t, {});
  writeFileSync(join(root, 'latin1.c'), Buffer.from('/* J\xf6rg */\nint x;\n', 'latin1'));
  assert.deepEqual(new TreeOnDisk(root).read('latin1.c')?.split('\n').slice(1), ['int x;', '']);
});

test('no path leads outside the root', (t) => {
  const outside = folderWith(t, { 'secret.h': 'secret', 'tree/in.h': 'in', 'tree-beside/x.h': 'secret' });
  const root = join(outside, 'tree');
  symlinkSync(join(outside, 'secret.h'), join(root, 'link.h'));
  symlinkSync(outside, join(root, 'folder'));
  symlinkSync('../tree-beside', join(root, 'beside'));
  symlinkSync('/etc/passwd', join(root, 'passwd'));
  symlinkSync('loop', join(root, 'loop'));
  symlinkSync('nowhere', join(root, 'dangling'));
  const tree = new TreeOnDisk(root);
  for (const path of [
    '../secret.h',
    'sub/../../secret.h',
    'folder/secret.h',
    'link.h',
    'beside/x.h',
    'passwd',
    'loop',
    'dangling',
    join(outside, 'secret.h'),
    '/etc/passwd',
    '//etc/passwd',
    'C:/secret.h',
    'c:secret.h',
    '..\\secret.h',
    'in.h\0.c',
    'in.h/',
    './in.h',
    'sub//in.h',
    '..',
    '.',
    '',
    'x'.repeat(100_000),
    '~/.ssh/id_rsa',
  ]) {
    assert.equal(tree.read(path), null, JSON.stringify(path.slice(0, 40)));
    assert.equal(tree.locate(path), null, JSON.stringify(path.slice(0, 40)));
  }
  assert.equal(tree.read('in.h'), 'in');
});

test('a link that stays inside is followed, and a root that is a link is a root', (t) => {
  const outside = folderWith(t, { 'tree/real/a.h': 'a' });
  symlinkSync('real', join(outside, 'tree/alias'));
  symlinkSync('tree', join(outside, 'current'));
  const tree = new TreeOnDisk(join(outside, 'current'));
  assert.equal(tree.read('alias/a.h'), 'a');
  assert.equal(tree.locate('alias/a.h'), realpathSync(join(outside, 'tree/real/a.h')));
  assert.equal(tree.pathInTree(join(outside, 'tree/real/a.h')), 'real/a.h');
  assert.equal(tree.pathInTree(join(outside, 'current/gone.h')), 'gone.h');
  assert.equal(tree.pathInTree(join(outside, 'other/a.h')), null);
});

test('what is no regular file does not exist, and does not keep the server waiting', (t) => {
  const root = folderWith(t, { 'folder/a.h': '' });
  execFileSync('mkfifo', [join(root, 'fifo.h')]);
  symlinkSync('fifo.h', join(root, 'link-to-fifo.h'));
  symlinkSync('/dev/zero', join(root, 'zero.h'));
  const tree = new TreeOnDisk(root);
  for (const path of ['fifo.h', 'link-to-fifo.h', 'zero.h', 'folder'])
    assert.equal(tree.read(path), null, path);
});

test('directories are listed below the root only, and without links to directories', (t) => {
  const outside = folderWith(t, { 'secret.h': '', 'tree/d/a.c': '', 'tree/d/b/c.h': '', 'tree/d/B.h': '' });
  const root = join(outside, 'tree');
  symlinkSync('a.c', join(root, 'd/link.c'));
  symlinkSync('.', join(root, 'd/round'));
  symlinkSync('nowhere', join(root, 'd/dangling'));
  symlinkSync(outside, join(root, 'd/leaks'));
  execFileSync('mkfifo', [join(root, 'd/pipe.c')]);
  const tree = new TreeOnDisk(root);
  assert.deepEqual(tree.list('d'), ['B.h', 'a.c', 'b/', 'link.c']);
  for (const path of ['', '.', '..', '../tree', '/etc', 'd/leaks', 'd/../d', 'd/', 'd/a.c', 'missing'])
    assert.equal(tree.list(path), null, path);
  const seen = new Set<string>();
  const noted = noting(tree, seen);
  assert.deepEqual(noted.list?.('d/b'), ['c.h']);
  assert.equal(noted.identity, tree, 'what one review parsed, the next need not');
});

test('a file of more than 4 MB is not read', (t) => {
  const root = folderWith(t, { 'big.h': '', 'largest.h': '' });
  truncateSync(join(root, 'big.h'), 4 * 1024 * 1024 + 1);
  truncateSync(join(root, 'largest.h'), 4 * 1024 * 1024);
  const tree = new TreeOnDisk(root);
  assert.equal(tree.read('big.h'), null);
  assert.equal(tree.read('largest.h')?.length, 4 * 1024 * 1024);
});

test('a file that changes is read anew, also when its time and size stay the same', (t) => {
  const root = folderWith(t, { 'a.h': 'one' });
  const file = join(root, 'a.h');
  const tree = new TreeOnDisk(root);
  assert.equal(tree.read('a.h'), 'one');
  writeFileSync(file, 'three');
  assert.equal(tree.read('a.h'), 'three');
  utimesSync(file, 1, 1);
  assert.equal(tree.read('a.h'), 'three');
  writeFileSync(`${file}.new`, 'other');
  utimesSync(`${file}.new`, 1, 1);
  renameSync(`${file}.new`, file);
  assert.equal(tree.read('a.h'), 'other', 'as an editor saves: another file under the name');
});

test('text that is open in the editor hides the disk, and only for files that may be read', (t) => {
  const root = folderWith(t, { 'a.h': 'disk' });
  const asked: string[] = [];
  const tree = new TreeOnDisk(root, (path) => {
    asked.push(path);
    return 'buffer';
  });
  assert.equal(tree.read('a.h'), 'buffer');
  assert.equal(tree.read('../a.h'), null);
  assert.equal(tree.read('none.h'), null);
  assert.deepEqual(asked, [realpathSync(join(root, 'a.h'))]);
});

test('more text than is kept is read all the same', (t) => {
  const root = folderWith(t, {});
  mkdirSync(join(root, 'big'));
  const size = 3 * 1024 * 1024;
  for (let index = 0; index < 10; index++)
    writeFileSync(join(root, `big/${index}.h`), String(index).repeat(size));
  const tree = new TreeOnDisk(root);
  for (let round = 0; round < 2; round++)
    for (let index = 0; index < 10; index++)
      assert.equal(tree.read(`big/${index}.h`)?.[size - 1], String(index));
});
