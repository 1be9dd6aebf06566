/** A series as reviewers walk through it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { fileVersions, seriesOutline } from '../../server/src/review/index.js';
import type { TreeReader } from '../../server/src/tree/index.js';
import { mail, mbox } from '../patch/mails.js';

const BEFORE = 'int a;\nint b;\nint c;\n';
const PATH = 'drivers/iommu/a.c';

function patch(number: number, from: string, to: string): string {
  return mail(
    [`Subject: [PATCH v3 ${number}/2] iommu: ${to}`, `Message-ID: <${number}@x>`, 'In-Reply-To: <0@x>'],
    `Why.\n\n---\ndiff --git a/${PATH} b/${PATH}\n--- a/${PATH}\n+++ b/${PATH}\n@@ -1,3 +1,3 @@\n int a;\n-int ${from};\n+int ${to};\n int c;\n`,
  );
}

const COVER = mail(['Subject: [PATCH v3 0/2] iommu: Letters', 'Message-ID: <0@x>'], 'All of it.\n');
const REPLY = mail(
  ['Subject: Re: [PATCH v3 1/2] iommu: d', 'Message-ID: <9@x>', 'In-Reply-To: <1@x>'],
  '> +int d;\n\nWhy?\n',
);
const BOX = mbox(patch(2, 'd', 'e'), REPLY, COVER, patch(1, 'b', 'd'));

function treeOf(text: string | null): TreeReader {
  return { root: '/linux', read: (path) => (path === PATH ? text : null) };
}

/** Raw line, from 1, of the file in the patch that has this line. */
function fileLine(line: string): number {
  const lines = BOX.split('\n');
  return lines.lastIndexOf(`diff --git a/${PATH} b/${PATH}`, lines.indexOf(line)) + 1;
}

describe('a series', () => {
  it('is listed in its order, without the answers to it', () => {
    const patches = seriesOutline(BOX, null, 200);
    assert.deepEqual(
      patches.map(({ index, total, version, title, files }) => [index, total, version, title, files.length]),
      [
        [0, 2, 3, 'iommu: Letters', 0],
        [1, 2, 3, 'iommu: d', 1],
        [2, 2, 3, 'iommu: e', 1],
      ],
    );
    const [file] = patches[1]!.files;
    assert.deepEqual([file!.path, file!.added, file!.removed, file!.isApplied], [PATH, 1, 1, null]);
    assert.equal(file!.line, fileLine('+int d;'));
  });

  it('says what applies to the tree, and why what does not', () => {
    const applied = (text: string | null) =>
      seriesOutline(BOX, treeOf(text), 200).flatMap(({ files }) => files.map(({ isApplied }) => isApplied));
    assert.deepEqual(applied(BEFORE), [true, true]);
    assert.deepEqual(applied('int z;\n'), [false, false]);
    const [, first] = seriesOutline(BOX, treeOf('int z;\n'), 200);
    assert.match(first!.files[0]!.problems[0]!, /does not apply|reviewed from its hunks alone/);
  });
});

describe('a file of a series', () => {
  it('is seen before and after each patch, on what the patches before it left', () => {
    const second = fileVersions(BOX, treeOf(BEFORE), 200, fileLine('+int e;'));
    assert.deepEqual(second, {
      path: PATH,
      before: 'int a;\nint d;\nint c;\n',
      after: 'int a;\nint e;\nint c;\n',
      isWhole: true,
    });
  });

  it('that the tree has taken already is seen the same', () => {
    const first = fileVersions(BOX, treeOf('int a;\nint e;\nint c;\n'), 200, fileLine('+int d;'));
    assert.equal(first?.before, BEFORE);
    assert.equal(first?.after, 'int a;\nint d;\nint c;\n');
  });

  it('is what hunks show where no tree fits', () => {
    for (const tree of [null, treeOf('int z;\n')]) {
      const versions = fileVersions(BOX, tree, 200, fileLine('+int d;'));
      assert.equal(versions?.isWhole, false);
      assert.match(versions!.before, /int a;\nint b;\nint c;\n/);
      assert.match(versions!.after, /int a;\nint d;\nint c;\n/);
    }
  });

  it('is nothing where no file begins', () => assert.equal(fileVersions(BOX, null, 200, 1), null));
});
