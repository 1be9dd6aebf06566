/** Boxes: where messages begin, and their order. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openMailbox, readPatches } from '../../server/src/patch/index.js';
import { DIFF, mail, mbox, only, patchMail, SIGNATURE } from './mails.js';

const SHA = 'f'.repeat(40);
const subjects = (content: string) => readPatches(content).messages.map(({ subject }) => subject?.title);

describe('a box', () => {
  it('is cut at its From lines; every raw line belongs to one mail', () => {
    const content = mbox(patchMail('[PATCH] a'), patchMail('[PATCH] b'));
    const { messages } = readPatches(content);
    assert.deepEqual(
      messages.map(({ subject }) => subject!.title),
      ['a', 'b'],
    );
    assert.deepEqual(
      messages.map(({ rawLines }) => rawLines),
      [
        { first: 1, last: 24 },
        { first: 25, last: 47 },
      ],
    );
    assert.equal(content.split('\n').length - 1, 47);
  });

  it('undoes the escaping of From at a line start', () => {
    const [message] = readPatches(
      mbox(mail(['Subject: x'], '>From here\n>>From there\n> From a reply')),
    ).messages;
    assert.deepEqual(
      message!.body.slice(0, 3).map(({ text }) => text),
      ['From here', '>From there', '> From a reply'],
    );
  });

  it('is not cut at a sentence that begins with From', () => {
    assert.equal(readPatches(mbox(mail([], 'x\n\nFrom here on\nnote: it works'))).messages.length, 1);
    assert.equal(
      readPatches(mbox(mail([], 'x\n\nFrom here on\nto: nobody'))).messages.length,
      2,
      'known: looks like an old box',
    );
  });

  it('is cut without the blank line when the date leaves no doubt', () => {
    const one = `From a@b Mon Jul 20 10:00:00 2020\n${mail(['Subject: a'], 'x')}`;
    assert.deepEqual(subjects(`${one}\n${one}`), ['a', 'a']);
  });

  it('may be the output of git format-patch', () => {
    const patch = (title: string) => `From ${SHA} Mon Sep 17 00:00:00 2001\n${patchMail(title)}\n`;
    const content = patch('[PATCH 1/2] a') + patch('[PATCH 2/2] b');
    assert.deepEqual(subjects(content), ['a', 'b']);
    assert.deepEqual(
      readPatches(content).messages.flatMap(({ problems }) => problems),
      [],
    );
  });

  it('may be the output of git log', () => {
    const commit = `commit ${SHA} (HEAD)\nAuthor: A <a@b>\nDate:   today\n\n    Title\n\n${DIFF}\n`;
    const { messages } = readPatches(commit + commit);
    assert.deepEqual(
      messages.map(({ files }) => files.length),
      [1, 1],
    );
    assert.equal(messages[0]!.subject, null);
  });

  it('may begin with a diff and go on with mails', () => {
    const { messages } = readPatches(`${DIFF}\n${mbox(patchMail('[PATCH] a'))}`);
    assert.deepEqual(
      messages.map(({ files, subject }) => `${files.length} ${subject?.title}`),
      ['1 undefined', '1 a'],
    );
  });

  it('that is empty says so', () => {
    for (const content of ['', '\n\n', new Uint8Array()])
      assert.deepEqual(readPatches(content), {
        messages: [],
        problems: [{ line: 1, message: 'the input is empty' }],
        messageCount: 0,
      });
  });

  it('with CRLF is cut as well', () => {
    const content = mbox(patchMail('[PATCH] a'), patchMail('[PATCH] b')).replaceAll('\n', '\r\n');
    assert.deepEqual(subjects(content), ['a', 'b']);
  });

  it('skips blank lines before the first mail, but counts them', () => {
    const message = only(`\n\n${patchMail('[PATCH] a')}`);
    assert.equal(message.rawLines.first, 3);
    assert.equal(message.headers[0]!.rawLine, 3);
  });

  it('reads what it is asked for', () => {
    const box = openMailbox(mbox(patchMail('[PATCH 2/2] b'), patchMail('[PATCH 1/2] a')));
    assert.equal(box.messageCount, 2);
    assert.equal(box.summaryAt(0).subject!.index, 2);
    assert.equal(box.messageAt(0).subject!.index, 2);
    assert.deepEqual(box.inSeriesOrder(), [1, 0]);
    assert.equal(box.messageAt(7).body.length, 0);
  });

  it('has the same headers in summary and message', () => {
    const box = openMailbox(mbox(patchMail('[PATCH] =?utf-8?q?=C3=A4?=', ['Message-ID: <1@x>'])));
    const { headers, subject, messageId, rawLines } = box.messageAt(0);
    assert.deepEqual(box.summaryAt(0), { headers, subject, messageId, rawLines });
  });
});

describe('the commit message', () => {
  it('ends at the three dashes', () => {
    const message = only(patchMail('[PATCH] a'));
    assert.equal(message.body[message.commitMessageEnd]!.text, '---');
  });

  it('ends at the diff without them', () => {
    const message = only(mail([], `Why.\n\n${DIFF}`));
    assert.equal(message.commitMessageEnd, 2);
  });

  it('ends above the Index line of an older diff', () => {
    const plain = `Index: x.c\n${'='.repeat(67)}\n--- x.c\n+++ x.c\n@@ -1 +1 @@\n-a\n+b\n`;
    assert.equal(only(mail([], `Why.\n${plain}`)).commitMessageEnd, 1);
  });

  it('is all of a mail without a diff', () => {
    const message = only(mail(['Subject: [PATCH 0/3] x'], 'a\n---\nb\n'));
    assert.equal(message.commitMessageEnd, 3);
  });
});

describe('series order', () => {
  const numbered = (prefix: string, title: string, more: readonly string[] = []) =>
    mail([`Subject: [PATCH${prefix}] ${title}`, ...more], 'x');
  const order = (...mails: readonly string[]) =>
    readPatches(mbox(...mails)).messages.map(
      ({ subject }) =>
        `${subject!.isReply ? 'Re ' : ''}${subject!.version}:${subject!.index} ${subject!.title}`,
    );
  const id = (name: string) => `Message-ID: <${name}@x>`;
  const to = (name: string) => `In-Reply-To: <${name}@x>`;

  it('is by number, cover letter first', () => {
    assert.deepEqual(order(numbered(' 2/2', 'b'), numbered(' 0/2', 'c'), numbered(' 1/2', 'a')), [
      '1:0 c',
      '1:1 a',
      '1:2 b',
    ]);
  });

  it('leaves unnumbered mails where they stand', () => {
    assert.deepEqual(order(numbered('', 'b'), numbered('', 'a'), numbered(' v2', 'a')), [
      '1:null b',
      '1:null a',
      '2:null a',
    ]);
  });

  it('keeps threads apart', () => {
    const [a0, b0] = [numbered(' 0/1', 'a', [id('a')]), numbered(' 0/1', 'b', [id('b')])];
    const [a1, b1] = [numbered(' 1/1', 'a one', [to('a')]), numbered(' 1/1', 'b one', [to('b')])];
    assert.deepEqual(order(a1, b0, b1, a0), ['1:0 a', '1:1 a one', '1:0 b', '1:1 b one']);
  });

  it('keeps threads apart whose first mail is elsewhere', () => {
    const [a1, a2] = [numbered(' 1/2', 'a', [to('a')]), numbered(' 2/2', 'aa', [to('a')])];
    const b1 = numbered(' 1/2', 'b', [to('b')]);
    assert.deepEqual(order(a2, b1, a1), ['1:1 a', '1:2 aa', '1:1 b']);
  });

  it('begins another series at a second 1/2 when nothing is threaded', () => {
    assert.deepEqual(
      order(numbered(' 1/2', 'a'), numbered(' 2/2', 'b'), numbered(' 2/2', 'd'), numbered(' 1/2', 'c')),
      ['1:1 a', '1:2 b', '1:1 c', '1:2 d'],
    );
  });

  it('puts versions of one series one after the other', () => {
    const mails = [
      numbered(' v2 0/1', 'a'),
      numbered(' v2 1/1', 'b'),
      numbered('', 'x'),
      numbered(' 1/1', 'b'),
      numbered(' 0/1', 'old'),
    ];
    assert.deepEqual(order(...mails), ['1:0 old', '1:1 b', '2:0 a', '2:1 b', '1:null x']);
  });

  it('puts a reply behind the mail it answers', () => {
    const reply = mail(['Subject: Re: [PATCH 1/2] a', to('a')], '> x');
    assert.deepEqual(
      order(reply, numbered(' 1/2', 'a', [id('a'), to('0')]), numbered(' 2/2', 'b', [to('0')])),
      ['1:1 a', 'Re 1:1 a', '1:2 b'],
    );
  });

  it('survives mails that answer each other', () => {
    const ring = [numbered(' 1/2', 'a', [id('a'), to('b')]), numbered(' 2/2', 'b', [id('b'), to('a')])];
    assert.equal(order(...ring).length, 2);
  });

  it('puts a resend after the first sending', () => {
    assert.deepEqual(order(numbered(' RESEND 1/1', 'a', [to('r')]), numbered(' 1/1', 'a', [to('f')])), [
      '1:1 a',
      '1:1 a',
    ]);
    const { messages } = readPatches(
      mbox(numbered(' RESEND 1/1', 'a', [to('r')]), numbered(' 1/1', 'a', [to('f')])),
    );
    assert.deepEqual(
      messages.map(({ subject }) => subject!.tags.length),
      [1, 2],
    );
  });
});

describe('a reply', () => {
  it('never gives its quoted diff as a patch', () => {
    const quoted = DIFF.replace(/^/gm, '> ');
    assert.deepEqual(only(mail(['Subject: Re: [PATCH] x'], quoted)).files, []);
    assert.deepEqual(only(mail(['Subject: Re: [PATCH] x'], quoted.replaceAll('> ', '>'))).files, []);
    assert.deepEqual(only(mail([], DIFF.replace(/^/gm, '    '))).files, []);
  });

  it('gives a diff that is not quoted', () => {
    const message = only(
      mail(['Subject: Re: [PATCH] x'], `> quoted\nHow about\n\n${DIFF}\nThanks\n${SIGNATURE}`),
    );
    assert.equal(message.files.length, 1);
    assert.deepEqual(message.problems, []);
    assert.equal(message.commitMessageEnd, 3);
  });
});
