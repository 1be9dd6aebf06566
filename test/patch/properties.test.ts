/** What holds for any input. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  decodedDocument,
  looksLikePatch,
  type PatchInput,
  readPatches,
} from '../../server/src/patch/index.js';
import { DIFF, mail, mbox, patchMail, SIGNATURE } from './mails.js';

const MULTIPART = mail(
  ['Content-Type: multipart/mixed; boundary=bb'],
  `--bb\nContent-Transfer-Encoding: base64\n\n${Buffer.from(DIFF).toString('base64')}\n--bb\nContent-Type: text/plain; format=flowed; delsp=yes\nContent-Transfer-Encoding: quoted-printable\n\n${DIFF.replaceAll('=', '=3D')}--bb--\n`,
);
const VALID = [
  DIFF,
  patchMail('[PATCH v2 1/2] x'),
  mbox(patchMail('[PATCH 2/2] b'), MULTIPART, patchMail('[PATCH 1/2] a')),
  MULTIPART,
];

/** Lines a reader of patches must look at twice. */
const TRICKY = [
  ...new Set([...VALID, SIGNATURE].flatMap((text) => text.split('\n'))),
  '--- ',
  '+++ ',
  '---',
  '-- ',
  '--',
  '@@ -1,9 +1,9 @@',
  '@@ -1 +1 @@',
  '@@ -0,0 +1,3 @@',
  '@@ -',
  '\\ No newline',
  '\\',
  'From x',
  '>From x',
  'From a@b Mon Jul 20 10:00:00 2020',
  'diff --git ',
  'diff --git a b',
  'diff --git "a',
  'Index: ',
  'rename from ',
  'rename to x',
  'GIT binary patch',
  'Binary files a and b differ',
  '--bb',
  '--bb--',
  'Content-Type: multipart/mixed; boundary=',
  'Content-Type: message/rfc822',
  'Content-Transfer-Encoding: base64',
  'Subject: =?utf-8?q?=?=',
  'References: <a> <b>',
  '=',
  '=C3',
  '\t',
  ' ',
  '\r',
  '+',
  '-',
  'ä',
];

const anyLines = fc
  .array(fc.oneof(fc.constantFrom(...TRICKY), fc.string({ unit: 'binary', maxLength: 12 })), {
    maxLength: 60,
  })
  .chain((lines) => fc.constantFrom('\n', '\r\n').map((end) => lines.join(end)));

describe('any input', () => {
  it('is read without an exception', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), anyLines), (text) =>
        sound(readPatches(text), text),
      ),
      { numRuns: 2000 },
    );
  });

  it('of bytes is read without an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void sound(readPatches(bytes))));
    fc.assert(
      fc.property(anyLines, (text) => void sound(readPatches(Buffer.from(text, 'latin1')))),
      { numRuns: 1000 },
    );
    fc.assert(
      fc.property(anyLines, (text) => void sound(readPatches(Buffer.from(text)))),
      { numRuns: 1000 },
    );
  });

  it('may look like a patch or not, without an exception', () => {
    fc.assert(fc.property(anyLines, (text) => typeof looksLikePatch(text) === 'boolean'));
  });

  it('has every line in its decoded document', () => {
    fc.assert(
      fc.property(anyLines, (text) => {
        const input = readPatches(text);
        const document = decodedDocument(input);
        const lines = document.text.split('\n');
        for (const message of input.messages)
          message.body.forEach((line, at) => {
            assert.equal(lines[document.lineOf(message, at) - 1], line.text.replaceAll('\r', ' '));
          });
      }),
    );
  });
});

describe('a valid patch', () => {
  it('cut anywhere is read without an exception', () => {
    for (const text of VALID)
      for (let end = 0; end <= text.length; end++) sound(readPatches(text.slice(0, end)), text);
  });

  it('with any line lost or doubled is read without an exception', () => {
    for (const text of VALID) {
      const lines = text.split('\n');
      lines.forEach((line, at) => {
        sound(readPatches(lines.toSpliced(at, 1).join('\n')));
        sound(readPatches(lines.toSpliced(at, 0, line).join('\n')));
      });
    }
  });

  it('written from any lines is read back exactly', () => {
    const code = fc.string({ maxLength: 20 }).map((text) => text.replace(/[\r\n]/g, ''));
    const line = fc.tuple(fc.constantFrom(' ', '+', '-'), code).map(([mark, text]) => mark + text);
    // A hunk whose first line could be a tail, or which has nothing in it, is no valid one.
    const hunk = fc.array(line, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.array(hunk, { minLength: 1, maxLength: 4 }), fc.boolean(), (hunks, signed) => {
        const count = (lines: readonly string[], mark: string) =>
          lines.filter((text) => text[0] !== mark).length;
        const text = hunks.map(
          (lines, at) =>
            `@@ -${at * 50 + 1},${count(lines, '+')} +${at * 50 + 1},${count(lines, '-')} @@\n${lines.join('\n')}\n`,
        );
        const input = readPatches(`--- a/x.c\n+++ b/x.c\n${text.join('')}${signed ? SIGNATURE : ''}`);
        const [message] = input.messages;
        const marks = { added: '+', removed: '-', context: ' ' };
        assert.deepEqual(
          message!.files[0]!.hunks.map(({ lines }) => lines.map((read) => marks[read.kind] + read.text)),
          hunks,
        );
        assert.deepEqual(message!.problems, []);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('input made to be slow', () => {
  const many = (text: string) => text.repeat(Math.ceil(300_000 / text.length));
  const slow: Record<string, string> = {
    spaces: `--- x${many(' ')}y\n+++ x${many(' ')}y\n`,
    'spaces in quoted-printable': mail(['Content-Transfer-Encoding: quoted-printable'], `${many(' ')}x`),
    'a git line of spaces': `diff --git a${many(' ')}b`,
    'reply marks': mail([`Subject: ${many('Re: ')}`], 'x'),
    brackets: mail([`Subject: ${many('[a] ')}`], 'x'),
    'words in a bracket': mail([`Subject: [${many('a ')}] x`], 'x'),
    'open encoded words': mail([`Subject: ${many('=?a?q?')}`], 'x'),
    parameters: mail([`Content-Type: text/plain${many('; a="')}`], 'x'),
    'continued parameters': mail([`Content-Type: text/plain${many('; a*0=')}`], 'x'),
    hunks: `--- a/x\n+++ b/x\n${many('@@ -1,9 +1,9 @@\n')}`,
    signatures: `--- a/x\n+++ b/x\n@@ -1,999999 +1,999999 @@\n${many('-- \n')}`,
    'boundaries that never close': many(
      `From a@b Mon Jul 20 10:00:00 2020\nContent-Type: multipart/mixed; boundary=x\n\n--x\n\n`,
    ),
    'format-patch lines in an open part': `${mail(['Content-Type: multipart/mixed; boundary=x'], many(`\nFrom ${'a'.repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: a\n`))}\n--x--\n`,
    'a long thread': mbox(
      ...Array.from({ length: 4000 }, (_, at) =>
        mail([`Message-ID: <${at}@x>`, `In-Reply-To: <${at + 1}@x>`, 'Subject: [PATCH 1/2] x'], 'x'),
      ),
    ),
    'nested parts': many('Content-Type: multipart/mixed; boundary=x\n\n--x\n'),
  };
  // The slowest takes well under a second; a quadratic one would take minutes.
  for (const [name, text] of Object.entries(slow))
    it(`is read in time: ${name}`, { timeout: 20_000 }, () => void sound(readPatches(Buffer.from(text))));
});

/** Checks what every reading promises; `text`, if given, is what plain hunk lines must be found in. */
function sound(input: PatchInput, text?: string): boolean {
  const raw = text?.split('\n');
  let last = 0;
  for (const message of [...input.messages].sort((one, other) => one.rawLines.first - other.rawLines.first)) {
    assert.ok(message.rawLines.first > last && message.rawLines.last >= message.rawLines.first);
    last = message.rawLines.last;
    assert.ok(message.commitMessageEnd >= 0 && message.commitMessageEnd <= message.body.length);
    let before = message.rawLines.first;
    for (const line of message.body) {
      assert.ok(line.rawLine >= before && line.rawLine <= last);
      before = line.rawLine;
    }
    for (const { hunks } of message.files)
      for (const { lines } of hunks)
        for (const line of lines) {
          assert.equal(line.rawLine, message.body[line.bodyLine]!.rawLine);
          assert.ok(message.body[line.bodyLine]!.text.endsWith(line.text));
          if (raw && message.headers.every(({ name }) => !/^content-/i.test(name)))
            assert.ok(raw[line.rawLine - 1]!.includes(line.text.replace('\r', '')));
        }
  }
  return true;
}
