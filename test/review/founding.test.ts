/**
 * The founding patch, and the project's own sample in its style: all that a
 * reviewer said of it and what the code shows beside, on the line; and the
 * same whatever its names, order, comments and number of mails are.
 */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { Finding } from '../../server/src/findings/index.js';
import { review, type TreeReader } from '../../server/src/review/index.js';
import { anonymous, type EditablePatch, mapAdded, readEditable, writeEditable } from './patches.js';

const SHARED = '../shared';
const FOUNDING = join(SHARED, 'corpus/founding/rfc-v2-03.mbox');
const SAMPLE = 'samples/sva-domain-cache.patch';

/** rule, file (last part) and post-image line, in reading order. */
const FOUNDING_FINDINGS = [
  'misleading-name iommu.h:104',
  'pasid-in-domain iommu-sva-lib.c:18',
  'refcount-in-domain iommu-sva-lib.c:19',
  'bus-iommu-ops iommu-sva-lib.c:90',
  'mm-kept-without-grab iommu-sva-lib.c:101',
  'unlocked-lookup-then-fill iommu-sva-lib.c:106',
  'unused-code iommu-sva-lib.c:140',
  'pasid-as-only-key iommu-sva-lib.c:144',
  'domain-reused-unchecked iommu-sva-lib.c:149',
  'ignored-conditional-get iommu-sva-lib.c:152',
];
const RULES = FOUNDING_FINDINGS.map((each) => each.split(' ')[0]!).sort();

function warningsOf(mail: string, tree: TreeReader | null = null): Finding[] {
  const { findings } = review([{ path: 'a.mbox', parts: [{ path: 'a.mbox', content: mail }] }], { tree });
  return findings.filter(({ severity }) => severity === 'warning' || severity === 'error');
}

const places = (found: readonly Finding[]): string[] =>
  found.map(({ rule, region }) => `${rule} ${region!.file.split('/').at(-1)}:${region!.line}`);
const rules = (found: readonly Finding[]): string[] => found.map(({ rule }) => rule).sort();

/** The added functions of every hunk in reverse order. */
function reversed(patch: EditablePatch): EditablePatch {
  const files = patch.files.map((file) => ({
    ...file,
    hunks: file.hunks.map((hunk) => {
      const from = hunk.lines.findIndex((line) => /^\+(?:static|bool|void|struct)\b.*[(*]/.test(line));
      const to = hunk.lines.lastIndexOf('+}');
      if (from < 0 || to < from) return hunk;
      const blocks: string[][] = [[]];
      for (const line of hunk.lines.slice(from, to + 1)) {
        blocks.at(-1)!.push(line);
        if (line === '+}') blocks.push([]);
      }
      const functions = blocks
        .filter((block) => block.length > 0)
        .map((block) => block.join('\n').replace(/^(?:\+\n)+/, ''));
      const lines = functions.reverse().join('\n+\n').split('\n');
      return { ...hunk, lines: [...hunk.lines.slice(0, from), ...lines, ...hunk.lines.slice(to + 1)] };
    }),
  }));
  return { ...patch, files };
}

/** Other white space, and comments wherever C allows them. */
function restyled(patch: EditablePatch): EditablePatch {
  return mapAdded(patch, (line) => {
    if (/^#|^\s*\/?\*|\\$/.test(line)) return line;
    const spaced = line.replace(/ = /g, '\t=  /* so */ ').replace(/, /g, ' ,\t');
    return /^\t.*;$/.test(line) ? `${spaced} // as said above\n\t/* and\n\t * so on; */` : spaced;
  });
}

/** Declarations in one mail, functions in the next. */
function inTwo(patch: EditablePatch): string {
  const subject = (n: number): string[] =>
    patch.head.map((line) =>
      line.startsWith('Subject:')
        ? `Subject: [PATCH ${n}/2] Part ${n}`
        : /^Message-I[dD]:/.test(line)
          ? `Message-Id: <part-${n}@example.com>`
          : line,
    );
  const isDeclaring = (hunk: EditablePatch['files'][number]['hunks'][number]): boolean =>
    !hunk.lines.some((line) => line === '+}');
  const part = (n: number, keep: (declares: boolean) => boolean): EditablePatch => ({
    head: subject(n),
    tail: patch.tail,
    files: patch.files
      .map((file) => ({ ...file, hunks: file.hunks.filter((hunk) => keep(isDeclaring(hunk))) }))
      .filter((file) => file.hunks.length > 0),
  });
  return `${writeEditable(part(1, (declares) => declares))}\n${writeEditable(part(2, (declares) => !declares))}`;
}

function treeOf(version: string): TreeReader {
  const root = execFileSync(join(SHARED, 'tools/kernel-tree.sh'), [version], { encoding: 'utf8' }).trim();
  const read = (path: string): string | null =>
    existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : null;
  return { root, read };
}

const skip = existsSync(FOUNDING) ? false : '../shared is not here';

describe('the founding patch', { skip }, () => {
  const mail = skip ? '' : readFileSync(FOUNDING, 'latin1');

  test('gives what its reviewers said and three more, on their lines, and nothing else', () => {
    assert.deepEqual(places(warningsOf(mail)), FOUNDING_FINDINGS);
  });

  test('gives the same on a tree', () => {
    assert.deepEqual(places(warningsOf(mail, treeOf('6.1'))), FOUNDING_FINDINGS);
  });

  test('gives the same whatever its names are, but for the name', () => {
    const renamed = writeEditable(anonymous(readEditable(mail)));
    assert.ok(!/^\+.*cookie/m.test(renamed));
    assert.deepEqual(places(warningsOf(renamed)), FOUNDING_FINDINGS.slice(1));
  });

  test('gives the same in another order', () => {
    const other = writeEditable(reversed(readEditable(mail)));
    assert.notEqual(other, mail);
    assert.deepEqual(rules(warningsOf(other)), RULES);
  });

  test('gives the same with other white space and comments', () => {
    assert.deepEqual(rules(warningsOf(writeEditable(restyled(readEditable(mail))))), RULES);
  });

  test('gives the same in two mails', () => {
    const found = warningsOf(inTwo(readEditable(mail)));
    assert.deepEqual(rules(found), RULES);
    assert.deepEqual(new Set(found.map(({ source }) => source.message)).size, 2);
  });

  test('marks raw lines of the mail that hold what the finding is about', () => {
    const lines = mail.split('\n');
    for (const { source, region } of warningsOf(mail)) {
      assert.match(lines[source.line - 1]!, /^\+/);
      assert.equal(source.message, '<20220329053800.3049561-4-baolu.lu@linux.intel.com>');
      assert.ok(region!.column <= lines[source.line - 1]!.length);
    }
  });
});

describe('the sample patch', () => {
  const mail = readFileSync(SAMPLE, 'utf8');

  test('has the same faults', () => {
    assert.deepEqual(rules(warningsOf(mail)), RULES);
  });

  test('has them under any name', () => {
    const found = rules(warningsOf(writeEditable(anonymous(readEditable(mail)))));
    assert.deepEqual(
      found,
      RULES.filter((rule) => rule !== 'misleading-name'),
    );
  });

  test('has them in any order and any dress', () => {
    assert.deepEqual(rules(warningsOf(writeEditable(reversed(readEditable(mail))))), RULES);
    assert.deepEqual(rules(warningsOf(writeEditable(restyled(readEditable(mail))))), RULES);
  });
});
