/** Files and hunks of a diff. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPatches, touchesKernelC } from '../../server/src/patch/index.js';
import { bytes, DIFF, filesOf, mail, only, SIGNATURE, written } from './mails.js';

const HUNK = '@@ -1 +1 @@\n-a\n+b\n';
const file = (...lines: readonly string[]) => filesOf(only(`${lines.join('\n')}\n`));

describe('a file', () => {
  it('carries paths, blobs and its first line', () => {
    const [read] = only(`\n${DIFF}`).files;
    const { hunks, ...header } = read!;
    assert.deepEqual(header, {
      oldPath: 'drivers/iommu/foo.c',
      newPath: 'drivers/iommu/foo.c',
      status: 'modified',
      oldBlob: '1111111',
      newBlob: '2222222',
      rawLine: 2,
    });
    assert.equal(hunks.length, 1);
  });

  const cases: [name: string, lines: string[], expected: string][] = [
    [
      'new',
      [
        'diff --git a/x.c b/x.c',
        'new file mode 100644',
        'index 0000000..1111111',
        '--- /dev/null',
        '+++ b/x.c',
        '@@ -0,0 +1 @@',
        '+a',
      ],
      'added null > x.c',
    ],
    [
      'new and empty',
      ['diff --git a/x.c b/x.c', 'new file mode 100644', 'index 0000000..e69de29'],
      'added null > x.c',
    ],
    [
      'deleted',
      [
        'diff --git a/x.c b/x.c',
        'deleted file mode 100644',
        '--- a/x.c',
        '+++ /dev/null',
        '@@ -1 +0,0 @@',
        '-a',
      ],
      'deleted x.c > null',
    ],
    [
      'renamed',
      ['diff --git a/x.c b/d/y.c', 'similarity index 100%', 'rename from x.c', 'rename to d/y.c'],
      'renamed x.c > d/y.c',
    ],
    [
      'renamed without prefixes',
      ['diff --git p/x.c q/x.c', 'rename from p/x.c', 'rename to q/x.c'],
      'renamed p/x.c > q/x.c',
    ],
    [
      'copied',
      ['diff --git a/x.c b/y.c', 'copy from x.c', 'copy to y.c', '--- a/x.c', '+++ b/y.c', HUNK.trimEnd()],
      'copied x.c > y.c',
    ],
    [
      'of another mode',
      ['diff --git a/x.sh b/x.sh', 'old mode 100644', 'new mode 100755'],
      'mode-only x.sh > x.sh',
    ],
    [
      'binary',
      [
        'diff --git a/x.bin b/x.bin',
        'index 1111111..2222222 100644',
        'Binary files a/x.bin and b/x.bin differ',
      ],
      'binary x.bin > x.bin',
    ],
    [
      'new and binary',
      ['diff --git a/x.bin b/x.bin', 'new file mode 100644', 'Binary files /dev/null and b/x.bin differ'],
      'binary null > x.bin',
    ],
    [
      'a git binary patch',
      [
        'diff --git a/x.bin b/x.bin',
        'index 1111111..2222222',
        'GIT binary patch',
        'delta 9',
        'Qc$`e0',
        '',
        'delta 9',
        'Qc$`f0',
        '',
      ],
      'binary x.bin > x.bin',
    ],
    ['binary in a plain diff', ['Binary files old/x.bin and new/x.bin differ'], 'binary x.bin > x.bin'],
    ['plain with a/ and b/', ['--- a/x.c', '+++ b/x.c', HUNK], 'modified x.c > x.c'],
    ['plain without prefixes', ['--- d/x.c', '+++ d/x.c', HUNK], 'modified d/x.c > d/x.c'],
    [
      'plain with two trees',
      ['--- linux.orig/d/x.c\t2020-01-01', '+++ linux/d/x.c\t2020-01-02', HUNK],
      'modified d/x.c > d/x.c',
    ],
    [
      'plain with a kept copy',
      ['--- d/x.c.orig\tMon Jan  1', '+++ d/x.c\tMon Jan  1', HUNK],
      'modified d/x.c > d/x.c',
    ],
    ['plain with ./', ['--- ./d/x.c', '+++ ./d/x.c', HUNK], 'modified d/x.c > d/x.c'],
    [
      'plain and new',
      ['--- /dev/null\tThu Jan  1 00:00:00 1970', '+++ b/x.c\t2020-01-02', '@@ -0,0 +1 @@', '+a'],
      'added null > x.c',
    ],
    [
      'plain and new by its counts',
      [
        '--- o/d/x.c 1970-01-01 00:00:00.000000000 +0000',
        '+++ n/d/x.c 2020-01-02 10:00:00.000000000 +0000',
        '@@ -0,0 +1 @@',
        '+a',
      ],
      'added null > d/x.c',
    ],
    [
      'plain and deleted',
      ['diff -urN o/d/x.c n/d/x.c', '--- o/d/x.c', '+++ /dev/null', '@@ -1 +0,0 @@', '-a'],
      'deleted d/x.c > null',
    ],
    [
      'under an Index line',
      ['Index: linux/d/x.c', '='.repeat(67), '--- linux.orig/d/x.c', '+++ linux/d/x.c', HUNK],
      'modified d/x.c > d/x.c',
    ],
    [
      'with mnemonic prefixes',
      ['diff --git i/x.c w/x.c', '--- i/x.c', '+++ w/x.c', HUNK],
      'modified x.c > x.c',
    ],
    [
      'with mnemonic prefixes of a commit',
      ['diff --git c/x.c o/x.c', '--- c/x.c', '+++ o/x.c', HUNK],
      'modified x.c > x.c',
    ],
    [
      'without prefixes',
      ['diff --git d/x.c d/x.c', '--- d/x.c', '+++ d/x.c', HUNK],
      'modified d/x.c > d/x.c',
    ],
    [
      'new without prefixes',
      ['diff --git d/x.c d/x.c', 'new file mode 100644', '--- /dev/null', '+++ d/x.c', '@@ -0,0 +1 @@', '+a'],
      'added null > d/x.c',
    ],
    [
      'with a space',
      ['diff --git a/x y.c b/x y.c', 'old mode 100644', 'new mode 100755'],
      'mode-only x y.c > x y.c',
    ],
    [
      'with a space and a hunk',
      ['diff --git a/x y.c b/x y.c', '--- a/x y.c\t', '+++ b/x y.c\t', HUNK],
      'modified x y.c > x y.c',
    ],
    [
      'quoted',
      [
        'diff --git "a/f\\303\\266\\t\\"o.c" "b/f\\303\\266\\t\\"o.c"',
        '--- "a/f\\303\\266\\t\\"o.c"',
        '+++ "b/f\\303\\266\\t\\"o.c"',
        HUNK,
      ],
      'modified fö\t"o.c > fö\t"o.c',
    ],
    [
      'quoted on one side',
      ['diff --git a/x.c "b/\\303\\266.c"', 'rename from x.c', 'rename to "\\303\\266.c"'],
      'renamed x.c > ö.c',
    ],
  ];
  for (const [name, lines, expected] of cases)
    it(`is ${name}`, () => assert.deepEqual(file(...lines), [expected]));

  it('with a raw UTF-8 name is decoded', () => {
    assert.deepEqual(filesOf(only(bytes(`--- a/\xc3\xb6.c\n+++ b/\xc3\xb6.c\n${HUNK}`))), [
      'modified ö.c > ö.c',
    ]);
  });

  it('with a header and nothing else is told of', () => {
    const message = only('diff --git a/x.c b/x.c\nindex 1111111..2222222 100644\n--- a/x.c\n+++ b/x.c\n');
    assert.deepEqual(filesOf(message), ['modified x.c > x.c']);
    assert.match(message.problems[0]!.message, /no hunk follows/);
  });

  it('follows another, of whatever kind', () => {
    const plain = `--- a/y.c\n+++ b/y.c\n${HUNK}`;
    const mode = 'diff --git a/x.sh b/x.sh\nold mode 100644\nnew mode 100755\n';
    const message = only(`${DIFF}${mode}${plain}${DIFF}Index: z.c\n--- z.c\n+++ z.c\n${HUNK}`);
    assert.deepEqual(
      message.files.map(({ newPath }) => newPath),
      ['drivers/iommu/foo.c', 'x.sh', 'y.c', 'drivers/iommu/foo.c', 'z.c'],
    );
    assert.deepEqual(message.problems, []);
  });

  it('of another kind of diff is told of and passed over', () => {
    const combined = `diff --cc x.c\nindex 1,2..3\n--- a/x.c\n+++ b/x.c\n@@@ -1,1 -1,1 +1,2 @@@\n  a\n++b\n`;
    assert.match(only(combined).problems[0]!.message, /merge/);
    assert.match(
      only('*** x.c\n--- x.c\n***************\n*** 1 ****\n').problems[0]!.message,
      /context diff/,
    );
    assert.match(only(`text\n${HUNK}`).problems[0]!.message, /without the name of its file/);
  });

  it('is kernel C by its name', () => {
    const touches = (path: string) => touchesKernelC(only(`--- a/${path}\n+++ b/${path}\n${HUNK}`).files[0]!);
    assert.deepEqual(['x.c', 'd/x.h', 'Kconfig', 'x.dts', 'c'].map(touches), [
      true,
      true,
      false,
      false,
      false,
    ]);
    assert.equal(touchesKernelC(only('--- a/x.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n').files[0]!), true);
  });
});

describe('a hunk', () => {
  const hunk = (...lines: readonly string[]) => only(`--- a/x.c\n+++ b/x.c\n${lines.join('\n')}\n`);

  it('numbers its lines as its header says', () => {
    const [read] = only(DIFF).files[0]!.hunks;
    const { lines, ...header } = read!;
    assert.deepEqual(header, {
      oldStart: 10,
      oldCount: 4,
      newStart: 10,
      newCount: 5,
      section: 'static void foo_flush(struct foo_domain *dom)',
      rawLine: 5,
    });
    assert.deepEqual(
      lines.map(
        ({ kind, oldLine, newLine, rawLine, bodyLine }) =>
          `${kind} ${oldLine} ${newLine} ${rawLine} ${bodyLine}`,
      ),
      [
        'context 10 10 6 5',
        'context 11 11 7 6',
        'removed 12 null 8 7',
        'added null 12 9 8',
        'added null 13 10 9',
        'context 13 14 11 10',
      ],
    );
    assert.deepEqual(written(only(DIFF)).slice(0, 3), [' 	int ret;', ' ', '-	foo_write(dom, 1);']);
  });

  it('knows the line without a line end', () => {
    const [read] = hunk('@@ -1 +1 @@', '-a', '\\ No newline at end of file', '+b', '\\ Kein Zeilenumbruch')
      .files[0]!.hunks;
    assert.deepEqual(
      read!.lines.map(({ noNewline }) => noNewline),
      [true, true],
    );
  });

  it('may remove and add lines that look like headings', () => {
    const message = hunk('@@ -1,4 +1,3 @@', ' a', '--- x', '+++ y', '-- ', ' b', '@@ -9 +9 @@', '-c', '+d');
    assert.deepEqual(message.problems, []);
    assert.equal(written(message).length, 7);
    assert.equal(written(hunk('@@ -1,2 +1,1 @@', ' a', '-- ')).length, 2);
  });

  it('does not take the signature for a removed line', () => {
    for (const signature of [SIGNATURE, '-- \n\nThe Writer\n', '--\n2.40.1\n', '-- \n']) {
      const message = only(`${DIFF}${signature}`);
      assert.equal(written(message).filter((line) => line.startsWith('-')).length, 1);
      assert.deepEqual(message.problems, []);
    }
  });

  it('ends before a list footer and before armour', () => {
    for (const footer of [
      '_______________________________________________\niommu mailing list',
      '-----BEGIN PGP SIGNATURE-----\nabc',
      'Thanks\n- bullet',
      ' indented prose',
      ' \n-- \nThe Writer',
    ])
      assert.deepEqual(only(`${DIFF}${footer}\n`).problems, []);
  });

  it('that announces too many lines ends where they do', () => {
    const lying = DIFF.replace('10,4 +10,5', '10,6 +10,7');
    for (const end of ['', SIGNATURE, '\nThanks\n', DIFF, 'Index: y.c\n', `--- a/y.c\n+++ b/y.c\n${HUNK}`]) {
      const message = only(lying + end);
      assert.equal(message.files[0]!.hunks[0]!.lines.length, 6, end);
      assert.equal(message.files[0]!.hunks[0]!.oldCount, 6);
      assert.deepEqual(
        message.problems.map(({ line }) => line),
        [5],
        end,
      );
      assert.match(message.problems[0]!.message, /announces 6 old and 7 new lines, but 4 and 5 follow/);
    }
  });

  it('that announces too few lines keeps them all', () => {
    const message = only(`${DIFF.replace('10,4 +10,5', '10,3 +10,3')}${SIGNATURE}`);
    assert.equal(written(message).length, 6);
    assert.deepEqual(
      message.problems.map(({ line }) => line),
      [5],
    );
    const oneMore = only(`${DIFF}+one more\n${SIGNATURE}`);
    assert.equal(written(oneMore).length, 7);
    assert.equal(oneMore.problems.length, 1);
    const context = only(`${DIFF} one more\n${SIGNATURE}`);
    assert.equal(written(context).length, 7);
    assert.equal(context.problems.length, 1);
  });

  it('that lies on one side is read all the same', () => {
    const message = only(`${DIFF.replace('10,4 +10,5', '10,4 +10,4')}${HUNK}`);
    assert.equal(message.files[0]!.hunks.length, 2);
    assert.deepEqual(
      message.problems.map(({ line }) => line),
      [5],
    );
  });

  it('that is cut off says so', () => {
    const message = only(DIFF.split('\n').slice(0, 8).join('\n'));
    assert.equal(written(message).length, 3);
    assert.match(message.problems[0]!.message, /cut off/);
  });

  it('with a wrapped line is read around its tail', () => {
    const message = only(DIFF.replace('ret = foo_write', 'ret =\nfoo_write'));
    assert.equal(written(message).length, 6);
    assert.deepEqual(
      message.problems.map(({ line }) => line),
      [10],
    );
  });

  it('with a wrapped header is read', () => {
    const message = only(DIFF.replace('foo_domain *dom)', '\nfoo_domain *dom)'));
    assert.equal(written(message).length, 6);
    assert.deepEqual(
      message.problems.map(({ line }) => line),
      [6],
    );
  });

  it('whose context lost its space is read and told of', () => {
    const message = only(DIFF.replace(' \tfoo_sync', '\tfoo_sync'));
    assert.equal(written(message)[5], ' 	foo_sync(dom);');
    assert.deepEqual(
      message.problems.map(({ line }) => line),
      [11],
    );
  });

  it('with an unreadable header is told of; the next one is read', () => {
    for (const header of ['@@ -1,x +1 @@', '@@ -1 +1', '@@ -99999999999 +1 @@']) {
      const message = hunk(header, '-a', '+b', '@@ -9 +9 @@', '-c', '+d');
      assert.deepEqual(written(message), ['-c', '+d']);
      assert.deepEqual(
        message.problems.map(({ line }) => line),
        [3],
      );
    }
  });

  it('may follow text that somebody put between hunks', () => {
    const message = only(`${DIFF}\nNow the rest:\n\n@@ -20 +21 @@\n-a\n+b\n`);
    assert.equal(message.files[0]!.hunks.length, 2);
    assert.deepEqual(message.problems, []);
  });

  it('with nothing in it ends at once', () => {
    assert.deepEqual(written(hunk('@@ -1,0 +1,0 @@', ' a')), []);
  });
});

describe('several diffs', () => {
  it('in one input are files of one message', () => {
    assert.equal(only(DIFF + DIFF).files.length, 2);
  });

  it('in several mails are not mixed', () => {
    const { messages } = readPatches(
      `From a@b Mon Jul 20 10:00:00 2020\n${mail([], DIFF)}\n\nFrom a@b Mon Jul 20 10:00:00 2020\n${mail([], DIFF)}`,
    );
    assert.deepEqual(
      messages.map(({ files }) => files.map(({ rawLine }) => rawLine)),
      [[4], [20]],
    );
  });
});
