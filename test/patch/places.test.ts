/** The way from any numbering to any other, and the decoded document. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  bodyLineAtRawLine,
  decodedDocument,
  hunkLineAtBodyLine,
  hunkLineAtNewLine,
  hunkLineAtOldLine,
  messageAtRawLine,
  readPatches,
} from '../../server/src/patch/index.js';
import { DIFF, mail, mbox, only, patchMail } from './mails.js';

describe('places', () => {
  it('lead from a raw line to the hunk line and back', () => {
    const input = readPatches(mbox(mail(['Subject: x'], 'text'), patchMail('[PATCH] a')));
    const message = input.messages[1]!;
    for (const file of message.files)
      for (const hunk of file.hunks)
        for (const line of hunk.lines) {
          assert.equal(messageAtRawLine(input, line.rawLine), message);
          assert.equal(bodyLineAtRawLine(message, line.rawLine), line.bodyLine);
          assert.deepEqual(hunkLineAtBodyLine(message, line.bodyLine), { file, hunk, line });
          if (line.newLine !== null) assert.equal(hunkLineAtNewLine(file, line.newLine)?.line, line);
          if (line.oldLine !== null) assert.equal(hunkLineAtOldLine(file, line.oldLine)?.line, line);
        }
  });

  it('outside the hunks are null', () => {
    const message = only(patchMail('[PATCH] a'));
    assert.equal(bodyLineAtRawLine(message, 1), null);
    assert.equal(bodyLineAtRawLine(message, 999), null);
    assert.equal(hunkLineAtBodyLine(message, 0), null);
    assert.equal(hunkLineAtBodyLine(message, 999), null);
    assert.equal(hunkLineAtNewLine(message.files[0]!, 9), null);
    assert.equal(hunkLineAtOldLine(message.files[0]!, 99), null);
    assert.equal(messageAtRawLine({ messages: [message], problems: [] }, 999), null);
  });

  it('in a soft-broken line are those of the line it began', () => {
    const message = only(
      mail(['Content-Transfer-Encoding: quoted-printable'], 'one\ntwo=\n and=\n more\nthree'),
    );
    assert.deepEqual(
      [3, 4, 5, 6, 7, 8].map((line) => bodyLineAtRawLine(message, line)),
      [null, 0, 1, 1, 1, 2],
    );
  });

  it('in base64 are those of the first line', () => {
    const encoded = Buffer.from('one\ntwo\nthree and a long one\n')
      .toString('base64')
      .replace(/(.{16})/g, '$1\n');
    const message = only(mail(['Content-Transfer-Encoding: base64'], encoded));
    assert.equal(bodyLineAtRawLine(message, 4), 0);
    assert.equal(bodyLineAtRawLine(message, 3), null);
  });
});

describe('the decoded document', () => {
  it('has a few headers, the body, and knows its lines', () => {
    const encoded = Buffer.from(`Wärme\n${DIFF}`).toString('base64');
    const headers = [
      'Received: from x',
      'Date: today',
      'Subject: =?utf-8?q?=C3=A4?=',
      'Content-Transfer-Encoding: base64',
    ];
    const input = readPatches(mbox(mail(headers, encoded), patchMail('[PATCH] b', ['Message-ID: <2@x>'])));
    const document = decodedDocument(input);
    const lines = document.text.split('\n');
    assert.deepEqual(lines.slice(0, 6), [
      'From: A. Writer <writer@example.org>',
      'Date: today',
      'Subject: ä',
      '',
      'Wärme',
      DIFF.split('\n')[0],
    ]);
    for (const message of input.messages)
      message.body.forEach(({ text }, at) => {
        assert.equal(lines[document.lineOf(message, at) - 1], text);
      });
    assert.ok(lines.includes('Message-ID: <2@x>'));
  });

  it('of a bare diff is the diff', () => {
    const input = readPatches(DIFF);
    assert.equal(decodedDocument(input).text, DIFF);
    assert.equal(decodedDocument(input).lineOf(input.messages[0]!, 3), 4);
  });

  it('holds lines that a lone CR would break', () => {
    assert.equal(decodedDocument(readPatches('a\rb\n')).text, 'a b\n');
  });

  it('keeps to its lines for whatever it is asked', () => {
    const input = readPatches(DIFF);
    const document = decodedDocument(input);
    assert.equal(document.lineOf(input.messages[0]!, 999), input.messages[0]!.body.length);
    assert.equal(document.lineOf(input.messages[0]!, -1), 1);
    assert.equal(document.lineOf(only(DIFF), 3), 1);
  });
});
