/** Encoded mails: squiggles on the raw line, and on the decoded document while it is on screen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type DecodedPatch, decodedUriOf } from '../../server/src/protocol/index.js';
import { startEditor } from './editor.js';

const URI = 'file:///nowhere/mail%20one.mbox';
const DECODED = decodedUriOf(URI);
const TEXT = 'Subject: x\n\n+int =40bad;\n+x =40related(b.h)\nbody: =40mail\n';
const BOTH = { uri: URI, decodedUri: DECODED };

test('the decoded text is handed out for an encoded mail, and for no other', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, TEXT, 'kernel-patch');
  assert.deepEqual(await editor.ask<DecodedPatch>('iommuReview/decodedPatch', { uri: URI }), {
    text: TEXT.replaceAll('=40', '@'),
    uri: DECODED,
  });
  editor.open('file:///nowhere/plain.patch', '+@bad\n', 'kernel-patch');
  assert.equal(await editor.ask('iommuReview/decodedPatch', { uri: 'file:///nowhere/plain.patch' }), null);
  assert.equal(await editor.ask('iommuReview/decodedPatch', { uri: 'file:///nowhere/closed.patch' }), null);
});

test('its findings stand on the decoded lines, columns past the marker of the diff', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, TEXT, 'kernel-patch');
  await editor.diagnostics(URI);
  assert.equal(editor.rules(DECODED), null, 'nobody looks at it yet');
  editor.tell('iommuReview/decodedOpened', BOTH);
  const [bad, related, mail] = await editor.diagnostics(DECODED);
  assert.equal(bad?.code, 'bad');
  // Region column 6 (from 1) as the fake counts: one further for the marker.
  assert.deepEqual(bad?.range, { start: { line: 2, character: 6 }, end: { line: 2, character: 10 } });
  assert.deepEqual(related?.relatedInformation?.[0]?.location.uri, DECODED);
  assert.deepEqual(related?.relatedInformation?.[0]?.location.range.start, { line: 3, character: 4 });
  assert.deepEqual(mail?.range, { start: { line: 4, character: 0 }, end: { line: 4, character: 11 } });
});

test('an edit of the mail is told to the client and republished', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, TEXT, 'kernel-patch');
  editor.tell('iommuReview/decodedOpened', BOTH);
  await editor.diagnostics(DECODED);
  editor.change(URI, 2, TEXT.replace('=40bad', '=40bad =40worse'));
  await editor.until(() => editor.rules(DECODED)?.includes('worse') ?? false, 'the new finding');
  const changes = () => editor.other.filter(({ method }) => method === 'iommuReview/decodedChanged');
  assert.deepEqual(changes(), [{ method: 'iommuReview/decodedChanged', params: { uri: URI } }]);
  editor.tell('workspace/didChangeConfiguration', { settings: {} });
  await editor.settled();
  assert.equal(changes().length, 1, 'a review of the same text is no change');
});

test('closing the view withdraws its diagnostics and leaves those of the mail', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, TEXT, 'kernel-patch');
  editor.tell('iommuReview/decodedOpened', BOTH);
  await editor.diagnostics(DECODED);
  editor.tell('iommuReview/decodedClosed', BOTH);
  await editor.until(() => editor.rules(DECODED)?.length === 0, 'the view is cleared');
  assert.equal(editor.rules(URI)?.length, 3);
  editor.change(URI, 2, `${TEXT}=40worse`);
  await editor.diagnostics(URI, 2);
  await editor.settled();
  assert.deepEqual(editor.rules(DECODED), []);
});

test('closing the mail leaves the view, which nobody can edit, as it is', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, TEXT, 'kernel-patch');
  editor.tell('iommuReview/decodedOpened', BOTH);
  await editor.diagnostics(DECODED);
  editor.close(URI);
  await editor.until(() => editor.rules(URI)?.length === 0, 'the mail is cleared');
  assert.equal(editor.rules(DECODED)?.length, 3);
});

test('a mail that ceases to be encoded or to be ours takes them off the view', async (t) => {
  const editor = await startEditor(t);
  for (const [version, text] of [
    [2, '+@bad\n'],
    [4, 'NONE =40bad'],
  ] as const) {
    if (version === 2) editor.open(URI, TEXT, 'kernel-patch');
    else editor.change(URI, 3, TEXT);
    editor.tell('iommuReview/decodedOpened', BOTH);
    await editor.until(() => editor.rules(DECODED)?.length === 3, 'the view is filled');
    editor.change(URI, version, text);
    await editor.until(() => editor.rules(DECODED)?.length === 0, 'the view is cleared');
  }
});

test('a view under an address that is not the mail’s own is ignored', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, TEXT, 'kernel-patch');
  editor.tell('iommuReview/decodedOpened', { uri: URI, decodedUri: 'file:///etc/passwd' });
  editor.tell('iommuReview/decodedOpened', { uri: URI, decodedUri: decodedUriOf('file:///other') });
  await editor.settled();
  assert.deepEqual([...new Set(editor.published.map(({ uri }) => uri))], [URI]);
});

test('a view that was restored before its mail is filled when the mail is opened', async (t) => {
  const editor = await startEditor(t);
  editor.tell('iommuReview/decodedOpened', BOTH);
  editor.open(URI, TEXT, 'kernel-patch');
  assert.equal((await editor.diagnostics(DECODED)).length, 3);
});
