/** The files of a series without a tree, each as all of its patches together show it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readPatches } from '../../server/src/patch/index.js';
import { CFile, type FunctionItem } from '../../server/src/syntax/index.js';
import { type JoinedFile, joinedImages } from '../../server/src/tree/index.js';
import { unifiedDiff } from './diffs.js';

const A = 'drivers/iommu/a.c';
const B = 'drivers/iommu/b.c';

const GET = 'struct toy *toy_get(struct device *dev)\n{\n\tstruct toy *toy;\n\n\ttoy = toy_find(dev);\n';
const NEW = `${GET}\ttoy->users++;\n\treturn toy;\n}\n`;
const CHECKED = `${GET}\tif (!toy)\n\t\treturn NULL;\n\ttoy->users++;\n\treturn toy;\n}\n`;

const declarations = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, index) => `int line_${from + index};\n`).join('');

/** `git diff` of one file; null for a side that is not there. */
function diff(before: string | null, after: string | null, path = A, from = path): string {
  const kind =
    before === null ? 'new file mode 100644\n' : after === null ? 'deleted file mode 100644\n' : '';
  const moved = from === path ? '' : `similarity index 90%\nrename from ${from}\nrename to ${path}\n`;
  const hunks = unifiedDiff(before ?? '', after ?? '');
  const old = before === null ? '/dev/null' : `a/${from}`;
  const sides = hunks === '' ? '' : `--- ${old}\n+++ ${after === null ? '/dev/null' : `b/${path}`}\n`;
  return `diff --git a/${from} b/${path}\n${kind}${moved}${sides}${hunks}`;
}

/** The diffs as a mailbox, one mail each, and what comes of joining them. */
function joined(...diffs: readonly string[]): { files: readonly JoinedFile[]; input: readonly string[] } {
  const mails = diffs.map(
    (each, index) =>
      `From ${'0'.repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: A <a@b.example>\n` +
      `Subject: [PATCH ${index + 1}/${diffs.length}] Toy\n\nWhy.\n---\n${each}-- \n2.40\n\n`,
  );
  const box = mails.join('');
  const patches = readPatches(Buffer.from(box)).messages.map(({ files }, index) => ({
    patch: index + 1,
    files,
  }));
  return { files: joinedImages(patches), input: box.split('\n') };
}

/** Each line of the image with its number and patch; stand-ins with neither. */
function shown({ image, patchOf }: JoinedFile): string[] {
  const texts = image.text.split('\n');
  return image.lines.map(({ line }, index) => {
    const patch = patchOf(index);
    return patch === null ? texts[index]! : `${line} of ${patch}: ${texts[index]}`;
  });
}

/** That the raw line of every line is the one in the mail that holds its text. */
function assertPlaces({ image, patchOf }: JoinedFile, input: readonly string[]): void {
  const texts = image.text.split('\n');
  for (const [index, { rawLine, isAdded }] of image.lines.entries()) {
    assert.equal(rawLine === null, patchOf(index) === null);
    if (rawLine === null) continue;
    assert.equal(input[rawLine - 1], `${isAdded ? '+' : ' '}${texts[index]}`);
    const subjects = input.slice(0, rawLine).filter((text) => text.startsWith('Subject: '));
    assert.equal(subjects.length, patchOf(index));
  }
}

function functionsOf({ image }: JoinedFile): FunctionItem[] {
  return new CFile(image.text, image.standIns).items.filter((item) => item.kind === 'function');
}

const messagesOf = (files: readonly JoinedFile[]): string[] =>
  files.flatMap(({ image }) => image.problems.map(({ message }) => message));

describe('the patches of a series, joined', () => {
  const around = (middle: string): string => declarations(1, 40) + middle + declarations(41, 80);

  it('show a function whole that one adds and the next changes', () => {
    const { files, input } = joined(diff(around(''), around(NEW)), diff(around(NEW), around(CHECKED)));
    const [file] = files;
    assert.equal(files.length, 1);
    assert.equal(file!.image.basis, 'hunks');
    assert.equal(file!.image.text, `${declarations(38, 40)}${CHECKED}${declarations(41, 43)}`);
    assertPlaces(file!, input);
    const added = shown(file!).filter((line) => line.includes('of 2'));
    assert.deepEqual(added, ['46 of 2: \tif (!toy)', '47 of 2: \t\treturn NULL;']);
    const [get] = functionsOf(file!);
    assert.deepEqual([get!.name, get!.missing], ['toy_get', []]);
    assert.deepEqual(messagesOf(files), []);
  });

  it('leave lines where the first of them shows them, and keep what they take out', () => {
    const one = declarations(1, 20).replace('line_9;', 'nine;');
    const two = one.replace('int line_10;\n', '');
    const { files, input } = joined(diff(declarations(1, 20), one), diff(one, two));
    assertPlaces(files[0]!, input);
    assert.deepEqual(
      shown(files[0]!),
      [6, 7, 8, 9, 11, 12, 13].map((name, index) => {
        const text = name === 9 ? 'int nine;' : `int line_${name};`;
        return `${6 + index} of ${name === 13 ? 2 : 1}: ${text}`;
      }),
    );
    assert.deepEqual(files[0]!.image.removed, ['int line_9;', 'int line_10;']);
  });

  it('keep far hunks apart, each with the stand-ins that it needs', () => {
    const rest = declarations(1, 60).replaceAll(/^/gm, '\t').trimEnd();
    const before = `${GET}${rest}\n\treturn toy;\n}\n`;
    const one = before.replace('toy_find(dev)', 'toy_seek(dev)');
    const two = one.replace('return toy;', 'return toy + 1;');
    const inToyGet = (text: string): string =>
      text.replaceAll(' @@\n', ' @@ struct toy *toy_get(struct device *dev)\n');
    const { files, input } = joined(inToyGet(diff(before, one)), inToyGet(diff(one, two)));
    assertPlaces(files[0]!, input);
    assert.deepEqual(
      functionsOf(files[0]!).map(({ name, missing }) => [name, missing]),
      [
        ['toy_get', ['head', 'end']],
        ['toy_get', ['start']],
      ],
    );
    const numbers = files[0]!.image.lines.map(({ line }) => line);
    assert.deepEqual(numbers, [null, 2, 3, 4, 5, 6, 7, 8, null, null, 63, 64, 65, 66, 67]);
  });

  it('go on in a renamed file, with changes or without', () => {
    const { files, input } = joined(
      diff(null, NEW),
      diff(NEW, NEW, B, A),
      diff(NEW, CHECKED, 'drivers/iommu/c.c', B),
    );
    assert.deepEqual(
      files.map(({ path, image }) => [path, image.path, image.text]),
      [['drivers/iommu/c.c', 'drivers/iommu/c.c', CHECKED]],
    );
    assertPlaces(files[0]!, input);
    assert.deepEqual(messagesOf(files), []);
  });

  it('let two files change their names', () => {
    const one = (name: string): string => NEW.replaceAll('toy_get', name);
    const { files } = joined(
      diff(null, one('first'), A) + diff(null, one('second'), B),
      diff(one('second'), one('second'), A, B) + diff(one('first'), one('first'), B, A),
    );
    const names = files.map((file) => [file.path, functionsOf(file).map(({ name }) => name)]);
    assert.deepEqual(names.sort(), [
      [A, ['second']],
      [B, ['first']],
    ]);
  });

  it('leave what a file is copied from', () => {
    const copy = diff(NEW, CHECKED, B, A).replaceAll('rename ', 'copy ');
    // The copy is of the file as it was before the patch, which also changes the file itself.
    const { files } = joined(diff(null, NEW), diff(NEW, `${NEW}int end;\n`) + copy);
    assert.deepEqual(
      files.map(({ path, image }) => [path, image.text]),
      [
        [A, `${NEW}int end;\n`],
        [B, CHECKED],
      ],
    );
    assert.deepEqual(messagesOf(files), []);
  });

  it('know nothing of a deleted file, and all of one that is made anew', () => {
    const gone = [diff(null, NEW), diff(NEW, null)];
    assert.deepEqual(joined(...gone).files, []);
    const { files, input } = joined(...gone, diff(null, CHECKED));
    assert.equal(files[0]!.image.text, CHECKED);
    assertPlaces(files[0]!, input);
    assert.deepEqual(messagesOf(files), []);
  });

  it('are about kernel C', () => {
    assert.deepEqual(joined(diff(null, 'obj-y += a.o\n', 'drivers/iommu/Makefile')).files, []);
  });
});

describe('patches whose numbers do not fit', () => {
  const base = declarations(1, 80);
  const one = base.replace('line_40;\n', `line_40;\n${NEW}`);
  const two = one.replace('\ttoy->users++;\n', '\tif (!toy)\n\t\treturn NULL;\n\ttoy->users++;\n');
  /** As if a patch were missing that adds five lines at the top. */
  const more = (text: string): string => declarations(901, 905) + text;

  it('are laid where what is known agrees, and that is said', () => {
    const { files, input } = joined(diff(base, one), diff(more(one), more(two)));
    assert.equal(files[0]!.image.text, `${declarations(38, 40)}${CHECKED}${declarations(41, 43)}`);
    assertPlaces(files[0]!, input);
    const at = input.findLastIndex((line) => line.startsWith('@@'));
    assert.deepEqual(files[0]!.image.problems, [
      {
        rawLine: at + 1,
        message: `${A}: hunk at line 48 of patch 2 belongs at offset -5, by what earlier patches show`,
      },
    ]);
  });

  it('are laid as far off when the next ones are, without another word', () => {
    const three = two.replace('line_40;', 'forty;').replace('line_70;', 'seventy;');
    const { files, input } = joined(
      diff(base, one),
      diff(more(one), more(two)),
      diff(more(two), more(three)),
    );
    assertPlaces(files[0]!, input);
    assert.equal(messagesOf(files).length, 1);
    const lines = three.split('\n');
    const texts = files[0]!.image.text.split('\n');
    for (const [index, { line }] of files[0]!.image.lines.entries())
      assert.equal(texts[index], lines[line! - 1]);
    assert.ok(texts.includes('int forty;') && texts.includes('int seventy;'));
  });

  it('take away what was known from there on when nothing agrees', () => {
    const early = one.replace('line_10;', 'ten;');
    const other = early.replaceAll('toy', 'other');
    const last = other.replace('\tother->users++;\n', '');
    const { files, input } = joined(diff(base, early), diff(other, last));
    assertPlaces(files[0]!, input);
    assert.deepEqual(messagesOf(files), [
      `${A}: hunk at line 43 of patch 2 does not fit what earlier patches show; what they show from line 38 on is left out`,
    ]);
    const texts = files[0]!.image.text;
    assert.ok(texts.startsWith(declarations(7, 9)), 'what stands above is kept');
    assert.ok(texts.includes('other_find') && !texts.includes('toy_find'));
  });

  it('take it away too when two places agree as well', () => {
    const twice = declarations(1, 20) + NEW + declarations(21, 50) + NEW + declarations(51, 80);
    const before = base.replace('line_20;\n', 'line_20;\n//1\n').replace('line_50;\n', 'line_50;\n//2\n');
    const filled = before.replace('//1\n', NEW).replace('//2\n', NEW);
    assert.equal(filled, twice);
    const hunk =
      '@@ -24,5 +24,6 @@\n \n \ttoy = toy_find(dev);\n \ttoy->users++;\n+\tbarrier();\n \treturn toy;\n }\n';
    const { files } = joined(diff(before, filled), `--- a/${A}\n+++ b/${A}\n${hunk.replaceAll('24', '23')}`);
    assert.equal(messagesOf(files).length, 1);
    assert.match(messagesOf(files)[0]!, /does not fit .* from line 18 on is left out$/);
  });

  it('say when the hunks of one patch are numbered unevenly', () => {
    const uneven = diff(base, base.replace('line_9;', 'nine;').replace('line_70;', 'seventy;')).replace(
      '@@ -67,7 +67,7 @@',
      '@@ -67,7 +69,7 @@',
    );
    assert.deepEqual(messagesOf(joined(uneven).files), [
      `${A}: hunk at line 67 of patch 1 is numbered from 69 in the new file, where the hunks above it make that 67`,
    ]);
  });

  it('leave out a hunk that lies in the one above it', () => {
    const change = diff(base, base.replace('line_30;', 'thirty;'));
    const hunk = change.slice(change.indexOf('@@'));
    const { files } = joined(change + hunk);
    assert.deepEqual(messagesOf(files), [
      `${A}: hunk at line 27 of patch 1 begins before the end of the hunk above it and is left out`,
    ]);
  });

  it('say when a file is added that is there', () => {
    const { files } = joined(diff(null, NEW), diff(null, CHECKED));
    assert.equal(files[0]!.image.text, CHECKED);
    assert.deepEqual(messagesOf(files), [`${A}: added again by patch 2`]);
  });
});
