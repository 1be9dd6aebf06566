/** Everything that can be given as INPUT, and what becomes of it when it cannot be read. */
import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { repositoryWith } from '../git/repository.js';
import { cli, mail, type Outcome, TREE, workshop } from './bench.js';

const MAIL = mail('\tint WARNING;');

/** Paths of the parts that the review was given. */
const parts = ({ calls }: Outcome) =>
  calls.flatMap(({ inputs }) => inputs.flatMap((input) => input.parts.map(({ path }) => path)));

test('a mail, a C file and standard input, plain and compressed', async () => {
  const cwd = workshop({
    'a.mbox': MAIL,
    'b.mbox.gz': gzipSync(MAIL),
    'disguised.mbox': gzipSync(MAIL),
    'c.c': 'int WARNING;\n',
  });
  for (const input of ['a.mbox', 'b.mbox.gz', 'disguised.mbox', 'c.c']) {
    const { status, out } = await cli(['check', input], { cwd });
    assert.equal(status, 1, input);
    assert.match(out, /:\d+: warning: /, input);
  }
  for (const stdin of [MAIL, gzipSync(MAIL)]) {
    const { out } = await cli(['check', '-'], { cwd, stdin });
    assert.match(out, /^-: \[PATCH\] iommu: Add a line\n/);
  }
});

test('a directory of patches is one series, in the order of its names', async () => {
  const cwd = workshop({
    'v2/0002-b.patch': MAIL,
    'v2/0000-cover-letter.patch': MAIL,
    'v2/0001-a.patch.gz': gzipSync(MAIL),
    'v2/notes.txt': 'int WARNING;\n',
    'v2/.hidden.patch': MAIL,
  });
  const outcome = await cli(['check', '--format', 'json', 'v2'], { cwd });
  assert.deepEqual(parts(outcome), ['v2/0000-cover-letter.patch', 'v2/0001-a.patch.gz', 'v2/0002-b.patch']);
  assert.equal(outcome.calls[0]!.inputs.length, 1);
  assert.equal(outcome.calls[0]!.inputs[0]!.kind, undefined);
  assert.equal(JSON.parse(outcome.out).inputs[0].kind, 'series');
});

test('a maildir is read from cur and new, never from tmp', async () => {
  const cwd = workshop({
    'md/cur/1700000002.b:2,S': MAIL,
    'md/new/1700000001.a': MAIL,
    'md/tmp/1700000000.half': MAIL,
  });
  const outcome = await cli(['check', 'md'], { cwd });
  assert.deepEqual(parts(outcome), ['md/new/1700000001.a', 'md/cur/1700000002.b:2,S']);
});

test('a directory of mails without endings is told by their first lines', async () => {
  const cwd = workshop({ 'mh/1': MAIL, 'mh/2': MAIL, 'mh/marks': '12 13\n' });
  assert.deepEqual(parts(await cli(['check', 'mh'], { cwd })), ['mh/1', 'mh/2']);
});

test('a directory of C is read at any depth, without links and hidden files', async () => {
  const cwd = workshop({
    ...TREE,
    'drivers/iommu/a.c': 'int WARNING;\n',
    'drivers/iommu/intel/b.h': 'int x;\n',
    'drivers/iommu/Kconfig': 'config WARNING\n',
    'drivers/iommu/.c.c': 'int WARNING;\n',
  });
  symlinkSync('..', join(cwd, 'drivers/iommu/loop'));
  const outcome = await cli(['check', '--format', 'json', 'drivers'], { cwd });
  assert.deepEqual(parts(outcome), ['drivers/iommu/a.c', 'drivers/iommu/intel/b.h']);
  const { inputs, findings } = JSON.parse(outcome.out);
  assert.equal(inputs[0].kind, 'directory');
  assert.equal(findings[0].file, 'drivers/iommu/a.c');
});

test('the tree is the nearest directory above the input with include/linux/iommu.h', async () => {
  const cwd = workshop({
    'one/include/linux/iommu.h': '1',
    'one/drivers/iommu/a.c': 'int WARNING;\n',
    'two/include/linux/iommu.h': '2',
    'two/fix.mbox': MAIL,
    'alone/c.c': 'int WARNING;\n',
  });
  const { calls, out } = await cli(
    ['check', '--format', 'json', 'two/fix.mbox', 'alone/c.c', 'one/drivers/iommu/a.c', 'two/none.c'],
    { cwd },
  );
  assert.deepEqual(
    calls.map(({ options }) => options.tree?.read('include/linux/iommu.h') ?? null),
    ['2', null, '1'],
  );
  const answer = JSON.parse(out);
  assert.deepEqual(
    answer.inputs.map(({ path, status }: { path: string; status: string }) => [path, status]),
    [
      ['two/fix.mbox', 'ok'],
      ['alone/c.c', 'ok'],
      ['one/drivers/iommu/a.c', 'ok'],
      ['two/none.c', 'failed'],
    ],
  );
  assert.deepEqual(
    answer.findings.map(({ file }: { file: string }) => file),
    ['drivers/iommu/iommu.c', 'alone/c.c', 'drivers/iommu/a.c'],
  );
  assert.deepEqual(answer.stats.functions, 6);
});

test('--as says where a lone C file stands, and the tree no longer has a file of that name', async () => {
  const cwd = workshop({ ...TREE, 'drivers/iommu/iommu.c': 'the old one', 'new.c': 'int WARNING;\n' });
  const { calls, out } = await cli(['check', '--as', 'drivers/iommu/iommu.c', '--format', 'json', 'new.c'], {
    cwd,
  });
  assert.equal(calls[0]!.inputs[0]!.parts[0]!.treePath, 'drivers/iommu/iommu.c');
  assert.equal(calls[0]!.options.tree!.read('drivers/iommu/iommu.c'), null);
  assert.ok(calls[0]!.options.tree!.read('include/linux/iommu.h'));
  assert.equal(JSON.parse(out).findings[0].file, 'drivers/iommu/iommu.c');
  const piped = await cli(['check', '--as', 'drivers/iommu/iommu.c', '-'], { cwd, stdin: 'int x;\n' });
  assert.equal(piped.calls[0]!.inputs[0]!.parts[0]!.treePath, 'drivers/iommu/iommu.c');
});

/** Inputs that cannot be read, with the line on standard error. */
const FAILED: readonly [input: string, complaint: string][] = [
  ['missing.mbox', 'missing.mbox: no such file or directory'],
  ['fix.mbox/more', 'fix.mbox/more: no such file or directory'],
  ['empty', 'empty: holds neither patches nor C files'],
  ['empty.c', 'empty.c:1: nothing in it'],
  ['cut.mbox.gz', 'cut.mbox.gz: damaged or truncated gzip data'],
  ['/dev/zero', '/dev/zero: not a file'],
  ['loop.c', 'loop.c: too many symbolic links'],
  ['crash.c', 'crash.c: internal error, please report it: Error: the reviewer stumbled'],
];

test('an input that cannot be read fails alone: status 2, one line each, the others reviewed', async () => {
  const cwd = workshop({
    'fix.mbox': MAIL,
    'empty.c': '',
    'cut.mbox.gz': gzipSync(MAIL).subarray(0, 100),
    'crash.c': 'CRASH',
    'good.c': 'int WARNING;\n',
  });
  mkdirSync(join(cwd, 'empty'));
  symlinkSync('loop.c', join(cwd, 'loop.c'));
  for (const [input, complaint] of FAILED) {
    const { status, err, out } = await cli(['check', '--format', 'json', 'fix.mbox', input, 'good.c'], {
      cwd,
    });
    assert.equal(err, `iommu-review: ${complaint}\n`);
    assert.equal(status, 2);
    const answer = JSON.parse(out);
    assert.equal(answer.findings.length, 2, input);
    assert.deepEqual(
      answer.inputs.map((report: { status: string }) => report.status),
      ['ok', 'failed', 'ok'],
    );
    assert.deepEqual(answer.inputs[1].problems, [complaint]);
  }
});

test('a file of a directory that cannot be read makes the input partial', async () => {
  const cwd = workshop({ 'series/1.patch': MAIL, 'series/2.patch': gzipSync(MAIL).subarray(0, 50) });
  const { status, out } = await cli(['check', '--format', 'json', 'series'], { cwd });
  assert.deepEqual(JSON.parse(out).inputs[0].status, 'partial');
  assert.deepEqual(JSON.parse(out).inputs[0].problems, ['series/2.patch: damaged or truncated gzip data']);
  assert.equal(status, 1);
});

/** A repository with a kernel tree of two commits. */
function repository(): string {
  const { root, git, commit } = repositoryWith({ ...TREE, 'drivers/iommu/iommu.c': 'int before;\n' });
  git('tag', 'base');
  commit('iommu: shout', { 'drivers/iommu/iommu.c': 'int before;\nint WARNING;\n' });
  // What somebody's own configuration could do to the patches.
  git('config', 'diff.noprefix', 'true');
  git('config', 'format.attach', 'true');
  git('config', 'format.coverLetter', 'true');
  return root;
}

test('a git range is read in the tree, as the tree was before it', async () => {
  const cwd = repository();
  for (const around of [{ cwd }, { cwd: join(cwd, 'drivers') }]) {
    const { calls, out, status } = await cli(['check', 'base..HEAD'], around);
    assert.match(out, /base\.\.HEAD: \[PATCH 1\/1\] iommu: shout\n\ndrivers\/iommu\/iommu\.c:2:5: warning/);
    assert.equal(status, 1);
    const { tree } = calls[0]!.options;
    assert.equal(tree!.read('drivers/iommu/iommu.c'), 'int before;\n');
    assert.equal(tree!.read('../secret'), null);
    assert.equal(tree!.read('drivers/none.c'), null);
    assert.equal(calls[0]!.inputs[0]!.kind, 'range');
  }
  const elsewhere = await cli(['check', '--tree', cwd, 'base..HEAD'], { cwd: '/' });
  assert.equal(elsewhere.status, 1);
});

test('a range that git does not know, or that is empty, or without git at all, is said so', async () => {
  const cwd = repository();
  const complaint = async (range: string) => (await cli(['check', range], { cwd })).err;
  assert.match(await complaint('nowhere..HEAD'), /^iommu-review: nowhere\.\.HEAD: git: .*nowhere\.\.HEAD/);
  assert.equal(await complaint('HEAD..base'), 'iommu-review: HEAD..base: no commit in this range\n');
  const { PATH } = process.env;
  process.env.PATH = cwd;
  try {
    assert.equal(await complaint('base..HEAD'), 'iommu-review: base..HEAD: git is not installed\n');
  } finally {
    process.env.PATH = PATH;
  }
});

test('a word that git would take for an option is never handed to it', async () => {
  const cwd = repository();
  const { err } = await cli(['check', '--', '--output=x..y'], { cwd });
  assert.equal(err, 'iommu-review: --output=x..y: no such file or directory\n');
});
