/** Patches on a tree: blob ids, bases, what is applied already, and series with renames and deletions. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { type PatchFile, readPatches } from '../../server/src/patch/index.js';
import { review } from '../../server/src/review/index.js';
import { blobIdOf, PatchedFiles } from '../../server/src/tree/index.js';
import { type Files, memoryTree } from './source-tree-bench.js';

const root = mkdtempSync(join(tmpdir(), 'iommu-review-series-'));
after(() => rmSync(root, { recursive: true, force: true }));
const git = (input: string | undefined, ...args: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=a', '-c', 'user.email=a@b.example', '-c', 'core.autocrlf=false', ...args],
    {
      cwd: root,
      input,
      encoding: 'utf8',
      env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
    },
  );
git(undefined, 'init', '-q', '.');

/** The steps from one set of files to the next as one mbox of patches, made by git. */
function series(...states: readonly Files[]): string {
  git(undefined, 'checkout', '-q', '--orphan', `t${Math.random().toString(36).slice(2)}`);
  for (const [index, files] of states.entries()) {
    git(undefined, 'rm', '-rfq', '--ignore-unmatch', '.');
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    git(undefined, 'add', '-A');
    git(undefined, 'commit', '-q', '--allow-empty', '-m', `Step ${index}`);
  }
  return git(undefined, 'format-patch', '--stdout', '--numbered', '-M', `-${states.length - 1}`, 'HEAD');
}

const filesOf = (mbox: string): PatchFile[] => readPatches(mbox).messages.flatMap(({ files }) => files);

/** What comes of applying every patch to the tree: problems, and the texts at the end. */
function applied(
  mbox: string,
  tree: Files | null,
): { patched: PatchedFiles; problems: string[]; bases: string[] } {
  const patched = new PatchedFiles(tree && memoryTree(tree));
  const files = filesOf(mbox);
  patched.takeBack(files);
  const images = files.flatMap((file) => patched.apply(file) ?? []);
  return {
    patched,
    problems: images.flatMap((image) => image.problems.map(({ message }) => message)),
    bases: images.map(({ basis }) => basis),
  };
}

const body = (name: string, lines = 30): string =>
  Array.from({ length: lines }, (_, at) => `int ${name}_${at}(void);\n`).join('');
const A = 'drivers/iommu/a.c';
const B = 'drivers/iommu/b.c';
const H = 'include/linux/iommu.h';

test('blob ids are those of git hash-object', () => {
  const texts = [
    '',
    'x',
    'a\n',
    'ü → 🙂\n',
    'x'.repeat(55),
    'x'.repeat(56),
    'x'.repeat(63),
    'x'.repeat(64),
    body('a', 3000),
    '\u0000\r\n',
  ];
  for (const text of texts)
    assert.equal(
      blobIdOf(text),
      git(text, 'hash-object', '--stdin').trim(),
      JSON.stringify(text.slice(0, 9)),
    );
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      assert.equal(blobIdOf(text), git(text, 'hash-object', '--stdin').trim());
    }),
    { numRuns: 20 },
  );
  assert.equal(blobIdOf('bytes that were no UTF-8: \ufffd'), null);
});

test('a series is applied in order, and its base is known to be exact', () => {
  const [a, b, c] = [
    body('a'),
    body('a').replace('a_3(', 'three('),
    body('a').replace('a_3(', 'three(').replace('a_4(', 'four('),
  ];
  const { patched, problems } = applied(series({ [A]: a }, { [A]: b }, { [A]: c }), { [A]: a });
  assert.deepEqual(problems, []);
  assert.equal(patched.read(A), c);
  assert.deepEqual([...patched.bases()], [[A, 'exact']]);
});

test('a base that differs elsewhere is no exact one', () => {
  const [a, b] = [body('a'), body('a').replace('a_3(', 'three(')];
  const other = a.replace('a_25(', 'other(');
  const { patched, problems } = applied(series({ [A]: a }, { [A]: b }), { [A]: other });
  assert.deepEqual(problems, []);
  assert.equal(patched.read(A), other.replace('a_3(', 'three('));
  assert.deepEqual([...patched.bases()], [[A, 'other']]);
});

test('renames, copies and deletions are followed', () => {
  const [a, b] = [body('a'), body('b')];
  const renamed = a.replace('a_3(', 'three(');
  const again = renamed.replace('a_9(', 'nine(');
  const mbox = series({ [A]: a, [H]: b }, { [B]: renamed, [H]: b }, { [B]: again, [H]: b }, { [H]: b });
  assert.equal(filesOf(mbox)[0]?.status, 'renamed');
  const upTo = (count: number) => {
    const patched = new PatchedFiles(memoryTree({ [A]: a, [H]: b }));
    const files = filesOf(mbox).slice(0, count);
    patched.takeBack(files);
    const images = files.map((file) => patched.apply(file));
    assert.deepEqual(
      images.flatMap((image) => image?.problems ?? []),
      [],
    );
    return [patched.read(A), patched.read(B), patched.read(H)];
  };
  assert.deepEqual(upTo(0), [a, null, b]);
  assert.deepEqual(upTo(1), [null, renamed, b]);
  assert.deepEqual(upTo(2), [null, again, b]);
  assert.deepEqual(upTo(3), [null, null, b]);
});

test('a rename without a hunk moves the file for the patches behind it', () => {
  const [a, b] = [body('a'), body('a').replace('a_3(', 'three(')];
  const { patched, problems, bases } = applied(series({ [A]: a }, { [B]: a }, { [B]: b }), { [A]: a });
  assert.deepEqual([problems, bases], [[], ['applied']]);
  assert.deepEqual([patched.read(A), patched.read(B)], [null, b]);
});

test('a file that an earlier patch adds is the base of a later one, also without a tree', () => {
  const [a, b] = [body('a'), body('a').replace('a_3(', 'three(')];
  const mbox = series({ [H]: '' }, { [H]: '', [A]: a }, { [H]: '', [A]: b });
  const alone = applied(mbox, null);
  assert.deepEqual([alone.problems, alone.bases], [[], ['hunks', 'applied']]);
  assert.equal(alone.patched.read(A), b);
  const inTree = applied(mbox, { [H]: '' });
  assert.deepEqual([inTree.problems, inTree.bases], [[], ['applied', 'applied']]);
  assert.equal(inTree.patched.read(A), b);
});

test('what the tree has already is taken back, one patch or a whole series, and said', () => {
  const [a, b, c] = [
    body('a'),
    body('a').replace('a_3(', 'three('),
    body('a').replace('a_3(', 'three(').replace('a_4(', 'four('),
  ];
  const mbox = series({ [A]: a }, { [A]: b }, { [A]: c });
  const already = `${A}: already applied`;
  assert.deepEqual(applied(mbox, { [A]: c }).problems, [already, already]);
  assert.deepEqual(applied(mbox, { [A]: b }).problems, [already]);
  assert.deepEqual(applied(mbox, { [A]: a }).problems, []);
  for (const tree of [a, b, c]) {
    const { patched, bases } = applied(mbox, { [A]: tree });
    assert.equal(patched.read(A), c);
    assert.deepEqual(bases, ['applied', 'applied']);
    assert.deepEqual([...patched.bases()], [[A, 'exact']]);
  }
  // Without the index lines, and with other changes in the tree, the hunks tell.
  const later = c.replace('a_25(', 'other(');
  const plain = mbox.replace(/^index .*\n/gm, '');
  assert.deepEqual(applied(plain, { [A]: later }).problems, [already, already]);
  assert.equal(applied(plain, { [A]: later }).patched.read(A), later);
});

test('what the tree has already is known where the lines around it have changed since', () => {
  const [a, b] = [body('a'), body('a').replace('int a_10(', 'int ten(void);\nint a_10(')];
  const mbox = series({ [A]: a }, { [A]: b }).replace(/^index .*\n/gm, '');
  const last = [...mbox.matchAll(/^ (int a_\d+\(.*)$/gm)].at(-1)![1]!;
  const later = b.replace(last, last.replace('a_', 'other_'));
  assert.notEqual(later, b);
  const { problems, patched } = applied(mbox, { [A]: later });
  assert.ok(problems.includes(`${A}: already applied`), problems.join());
  assert.equal(patched.read(A), later);
});

test('an added and a renamed file that are there already are known, too', () => {
  const [a, b] = [body('a'), body('a').replace('a_3(', 'three(')];
  const adding = series({ [H]: '' }, { [H]: '', [A]: a });
  assert.deepEqual(applied(adding, { [A]: a }).problems, [`${A}: already applied`]);
  assert.deepEqual(applied(adding, { [A]: b }).problems, [`${A}: added by the patch, but the tree has it`]);
  const renaming = series({ [A]: a }, { [B]: b });
  assert.deepEqual(applied(renaming, { [B]: b }).problems, [`${B}: already applied`]);
  assert.deepEqual(applied(renaming, { [A]: a }).problems, []);
});

test('neither paths that lead out of the tree nor hunks that lie are followed', () => {
  const asked: string[] = [];
  const tree = memoryTree({ [A]: body('a') }, asked);
  const hostile = (path: string) =>
    `--- a/${path}\n+++ b/${path}\n@@ -1,2 +1,3 @@\n int a;\n+int b;\n int c;\n`;
  for (const path of ['../../etc/passwd.c', '/etc/passwd.h', 'x/../../y.c', 'a\\b.c']) {
    const patched = new PatchedFiles(tree);
    const files = filesOf(hostile(path));
    patched.takeBack(files);
    for (const file of files) patched.apply(file);
    assert.equal(patched.read(path), null);
  }
  for (const path of asked) assert.doesNotMatch(path, /\.\.|^\/|\\/);
});

test('property: a patch taken back and applied gives the text it was taken from', () => {
  const line = fc.constantFrom('int a;', 'int b;', '{', '}', '', '\tx = 1;');
  const text = fc.array(line, { minLength: 1, maxLength: 12 }).map((lines) => `${lines.join('\n')}\n`);
  fc.assert(
    fc.property(text, text, fc.boolean(), (before, after_, indexed) => {
      fc.pre(before !== after_);
      const made = series({ [A]: before }, { [A]: after_ });
      const mbox = indexed ? made : made.replace(/^index .*\n/gm, '');
      const there = applied(mbox, { [A]: after_ });
      assert.equal(applied(mbox, { [A]: before }).patched.read(A), after_);
      assert.ok(!applied(mbox, { [A]: before }).problems.some((each) => each.includes('already')));
      if (indexed) {
        assert.deepEqual(there.problems, [`${A}: already applied`]);
        assert.equal(there.patched.read(A), after_);
      }
    }),
    { numRuns: 15 },
  );
});

test('a patch that is applied already is said to be, and its findings are made all the same', () => {
  const before = `#include <linux/iommu.h>\n\n${body('a', 12)}\nint used(void)\n{\n\treturn 0;\n}\n`;
  const now = before.replace('int used', 'static int lonely(void)\n{\n\treturn 1;\n}\n\nint used');
  const mbox = series({ [A]: before, [H]: '' }, { [A]: now, [H]: '' });
  const ask = (text: string) => {
    const parts = [{ path: 'a.mbox', content: mbox }];
    const { inputs, findings } = review([{ path: 'a.mbox', parts }], {
      tree: memoryTree({ [A]: text, [H]: '' }),
    });
    const places = findings.map(({ rule, region, source }) => `${rule} ${region?.line} ${source.line}`);
    return { status: inputs[0]?.status, problems: inputs[0]?.problems, places };
  };
  const [fresh, again] = [ask(before), ask(now)];
  assert.equal(fresh.status, 'ok');
  assert.equal(again.status, 'partial');
  const at = mbox.slice(0, mbox.indexOf('diff --git')).split('\n').length;
  assert.deepEqual(again.problems, [`a.mbox:${at}: ${A}: already applied`]);
  assert.ok(fresh.places.some((place) => place.startsWith('unused-code')));
  assert.deepEqual(again.places, fresh.places);
});
