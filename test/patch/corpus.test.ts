/**
 * Real mails of the iommu list, read by us and by git: what `git mailinfo`
 * decodes and `git apply` accepts must have the same files and counts here.
 * Skipped where the corpus is not beside the checkout.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openMailbox, type PatchMessage, readPatches } from '../../server/src/patch/index.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const archive = join(root, '../shared/corpus/mails/sample-1500.mbox.xz');
const founding = join(root, '../shared/corpus/founding/rfc-v2-series.mbox');

/** What is reached; a lower figure is a step back. Another git may refuse a mail or two more. */
const EXPECTED = { mails: 1500, comparable: 1100, differing: 0, withDiff: 1103 };

const missing = [archive, founding].find((path) => !existsSync(path));
const has = (command: string): boolean => spawnSync(command, ['--version']).status === 0;
const skip = missing
  ? `no corpus at ${missing}`
  : !has('git') || !has('xz')
    ? 'git or xz is not installed'
    : false;

describe('the mails of the iommu list', { skip }, () => {
  const folder = skip ? '' : mkdtempSync(join(tmpdir(), 'mails-'));
  after(() => skip || rmSync(folder, { recursive: true, force: true }));
  const bytes = skip ? Buffer.alloc(0) : execFileSync('xz', ['-dc', archive], { maxBuffer: 1 << 28 });
  const box = openMailbox(bytes);
  const messages = Array.from({ length: box.messageCount }, (_, index) => box.messageAt(index));

  it('are all found', () => assert.equal(box.messageCount, EXPECTED.mails));

  it('have the files and counts that git sees', async (t) => {
    const started = performance.now();
    const theirs = await gitFigures(bytes, folder);
    const differing: string[] = [];
    const refused = messages.filter(({ files }, index) => files.length > 0 && theirs[index] === null);
    let comparable = 0;
    theirs.forEach((figures, index) => {
      if (figures === null) return;
      comparable++;
      const ours = figuresOf(messages[index]!);
      if (ours !== figures)
        differing.push(
          `mail ${index + 1}, line ${messages[index]!.rawLines.first}\n${diffOf(ours, figures)}`,
        );
    });
    const withDiff = messages.filter(({ files }) => files.length > 0).length;
    t.diagnostic(
      `${messages.length} mails, ${withDiff} with a diff; git accepts ${comparable}, the same in ${comparable - differing.length}` +
        ` (${Math.round(performance.now() - started)} ms for git)`,
    );
    for (const { rawLines } of refused) t.diagnostic(`read here, refused by git: line ${rawLines.first}`);
    for (const line of differing) t.diagnostic(line);
    assert.ok(comparable >= EXPECTED.comparable, `git accepts only ${comparable}`);
    assert.ok(differing.length <= EXPECTED.differing, differing.join('\n'));
    assert.equal(withDiff, EXPECTED.withDiff);
  });

  it('keep every hunk line on its raw line', () => {
    const raw = bytes.toString('latin1').split('\n');
    for (const message of messages) {
      if (message.encoding !== 'plain') continue;
      for (const line of hunkLines(message)) {
        const text = line.text.replace(/[^\x00-\x7f]+/g, '');
        const there = raw[line.rawLine - 1]!.replace(/[^\x00-\x7f]+/g, '');
        assert.ok(there.includes(text), `line ${line.rawLine}: ${text}`);
        assert.equal(message.body[line.bodyLine]!.rawLine, line.rawLine);
      }
    }
  });

  it('read the same from text as from bytes', () => {
    const fromText = openMailbox(bytes.toString('latin1'));
    assert.equal(fromText.messageCount, box.messageCount);
    messages.forEach((message, index) => {
      assert.equal(figuresOf(fromText.messageAt(index)), figuresOf(message));
    });
  });

  it('read whole in series order, with nothing lost', (t) => {
    const started = performance.now();
    const input = readPatches(bytes);
    t.diagnostic(`${bytes.length} bytes read in ${Math.round(performance.now() - started)} ms`);
    const lines = input.messages.map(({ rawLines }) => rawLines.first).sort((one, other) => one - other);
    assert.deepEqual(
      lines,
      messages.map(({ rawLines }) => rawLines.first),
    );
  });

  it('put a series of twelve in order', () => {
    const input = readPatches(readFileSync(founding));
    assert.deepEqual(
      input.messages.map(({ subject }) => subject?.index),
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11],
    );
  });
});

function hunkLines(message: PatchMessage) {
  return message.files.flatMap(({ hunks }) => hunks.flatMap(({ lines }) => lines));
}

/** `added removed path` for each file, as `git apply --numstat` prints it. */
function figuresOf(message: PatchMessage): string {
  return message.files
    .map((file) => {
      const lines = file.hunks.flatMap((hunk) => hunk.lines);
      const count = (kind: string) =>
        file.status === 'binary' ? '-' : lines.filter((line) => line.kind === kind).length;
      return `${count('added')}\t${count('removed')}\t${file.newPath ?? file.oldPath}`;
    })
    .join('\n');
}

function diffOf(ours: string, theirs: string): string {
  const [one, other] = [ours.split('\n'), theirs.split('\n')];
  return [
    ...one.filter((row) => !other.includes(row)).map((row) => `  ours: ${row}`),
    ...other.filter((row) => !one.includes(row)).map((row) => `  git:  ${row}`),
  ].join('\n');
}

/** Git's figures for each mail of the box; null where git finds no patch it accepts. */
async function gitFigures(box: Uint8Array, into: string): Promise<(string | null)[]> {
  const path = join(into, 'box');
  writeFileSync(path, box);
  const count = Number(
    execFileSync('git', ['mailsplit', '--mboxrd', '-d5', `-o${into}`, path], { encoding: 'utf8' }),
  );
  const workers = availableParallelism() * 2;
  const script =
    'i=$1; while [ $i -le $2 ]; do m=$(printf %05d $i); ' +
    'git mailinfo $m.msg $m.patch <$m >$m.info 2>$m.err && git apply --numstat -z $m.patch >$m.num 2>>$m.err && touch $m.ok; ' +
    'i=$((i+$3)); done';
  await Promise.all(
    Array.from({ length: workers }, (_, worker) => {
      const args = ['-c', script, 'sh', String(worker + 1), String(count), String(workers)];
      const child = spawn('sh', args, { cwd: into, stdio: 'ignore' });
      return new Promise((resolve) => child.on('close', resolve));
    }),
  );
  return Array.from({ length: count }, (_, index) => {
    const stem = join(into, String(index + 1).padStart(5, '0'));
    if (!existsSync(`${stem}.ok`)) return null;
    return readFileSync(`${stem}.num`, 'utf8').split('\0').filter(Boolean).join('\n');
  });
}
