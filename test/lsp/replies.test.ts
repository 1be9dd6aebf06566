/** The comments of an editor come back as the mails that answer the patches. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodedDocument, readPatches } from '../../server/src/patch/index.js';
import type { Replies } from '../../server/src/protocol/index.js';
import { DIFF, mbox, patchMail } from '../patch/mails.js';
import { startEditor } from './editor.js';

const URI = 'file:///nowhere/series.mbox';

test('comments on two patches make two mails', async (t) => {
  const text = mbox(
    patchMail('[PATCH 2/2] second', ['Message-ID: <2@x>']),
    patchMail('[PATCH 1/2] first', ['Message-ID: <1@x>']),
  );
  const editor = await startEditor(t);
  editor.open(URI, text, 'kernel-patch');
  const lines = text.split('\n');
  const comments = [lines.indexOf('+\tWARN_ON(ret);'), lines.lastIndexOf('+\tWARN_ON(ret);')].map(
    (line, index) => ({
      line,
      text: `comment ${index}`,
    }),
  );
  const replies = await editor.ask<Replies>('iommuReview/replies', {
    uri: URI,
    isDecoded: false,
    comments,
    from: 'Me <me@x.org>',
  });
  assert.equal(replies.mails.length, 2);
  assert.match(
    replies.mails[0]!,
    /^From: Me <me@x\.org>\n[\s\S]*In-Reply-To: <1@x>[\s\S]*\n> \+\tWARN_ON\(ret\);\n\ncomment 1\n$/,
  );
  assert.match(replies.mails[1]!, /In-Reply-To: <2@x>[\s\S]*comment 0\n$/);
  assert.deepEqual(replies.remarks, []);
});

test('comments on a decoded document answer its mail', async (t) => {
  const text = patchMail('[PATCH] x', ['Message-ID: <1@x>', 'Content-Transfer-Encoding: base64']).replace(
    /\n\n[\s\S]*$/,
    `\n\n${Buffer.from(`Why.\n\n---\n${DIFF}`).toString('base64').replace(/.{76}/g, '$&\n')}\n`,
  );
  const editor = await startEditor(t);
  editor.open(URI, text, 'kernel-patch');
  const decoded = decodedDocument(readPatches(text));
  const line = decoded.text.split('\n').indexOf('-\tfoo_write(dom, 1);');
  const replies = await editor.ask<Replies>('iommuReview/replies', {
    uri: URI,
    isDecoded: true,
    comments: [
      { line, text: 'Here.' },
      { line: 0, text: 'All of it.' },
    ],
    from: '',
  });
  assert.match(replies.mails[0]!, /\n\nAll of it\.\n\n[\s\S]*\n> -\tfoo_write\(dom, 1\);\n\nHere\.\n$/);
});

test('what cannot be placed or sent is said', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${mbox(patchMail('[PATCH] x'))}`, 'kernel-patch');
  const replies = await editor.ask<Replies>('iommuReview/replies', {
    uri: URI,
    isDecoded: false,
    comments: [{ line: 4000, text: 'lost' }],
    from: 'nobody',
  });
  assert.deepEqual(replies.mails, []);
  assert.equal(replies.remarks.length, 2);
  assert.equal(
    await editor.ask('iommuReview/replies', {
      uri: 'file:///closed',
      isDecoded: false,
      comments: [],
      from: '',
    }),
    null,
  );
});
