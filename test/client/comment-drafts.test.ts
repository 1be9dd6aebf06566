/** Comments that are not sent yet: kept, found again, and never thrown away. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { CommentDrafts, presentLine } from '../../client/src/comment-drafts.js';

const URI = 'file:///mails/3.mbox';
const THREADS = [{ line: 7, lineText: '+\tfoo();', isResolved: false, texts: ['Why?', 'And é\n> this'] }];

function drafts(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'drafts-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const complaints: string[] = [];
  const open = () => new CommentDrafts(join(folder, 'comments'), (message) => complaints.push(message));
  return { open, complaints, folder: join(folder, 'comments') };
}

test('what was written is there for the next start, by document', (t) => {
  const { open, complaints } = drafts(t);
  assert.deepEqual(open().read(URI), []);
  open().write(URI, THREADS);
  assert.deepEqual(open().read(URI), THREADS);
  assert.deepEqual(open().read(`${URI}2`), []);
  assert.deepEqual(complaints, []);
});

test('of what was deleted nothing stays', (t) => {
  const { open, folder } = drafts(t);
  open().write(URI, THREADS);
  open().write(URI, []);
  assert.deepEqual(readdirSync(folder), []);
});

for (const broken of ['{', '{"version":2,"threads":[]}', '{"version":1,"threads":[{"line":"7"}]}', ''])
  test(`a file that reads ${JSON.stringify(broken)} is put aside, and said`, (t) => {
    const { open, complaints, folder } = drafts(t);
    open().write(URI, THREADS);
    const [file = ''] = readdirSync(folder);
    writeFileSync(join(folder, file), broken);
    assert.deepEqual(open().read(URI), []);
    open().write(URI, THREADS);
    assert.equal(complaints.length, 1);
    assert.equal(readFileSync(join(folder, `${file}.unreadable`), 'utf8'), broken);
    assert.deepEqual(open().read(URI), THREADS);
  });

test('a half-written file is not what is read', (t) => {
  const { open, folder } = drafts(t);
  open().write(URI, THREADS);
  const [file = ''] = readdirSync(folder);
  writeFileSync(join(folder, `${file}.new`), '{"ver');
  assert.deepEqual(open().read(URI), THREADS);
});

test('a line is found where it has moved to, the nearest first', () => {
  const at = (line: number, lineText: string, lines: readonly string[]) =>
    presentLine({ line, lineText }, lines.length, (each) => lines[each]!);
  assert.equal(at(1, 'b', ['a', 'b', 'b']), 1);
  assert.equal(at(0, 'b', ['a', 'x', 'b']), 2);
  assert.equal(at(3, 'b', ['b', 'x', 'x', 'x', 'b', 'b']), 4);
  assert.equal(at(9, 'b', ['b', 'a']), 0);
  assert.equal(at(1, 'gone', ['a', 'b', 'c']), 1);
  assert.equal(at(9, 'gone', ['a', 'b']), 1);
});
