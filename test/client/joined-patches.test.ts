/** Files of patches as one series, and the ids of mails that people paste. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinedPatches, messageIdIn } from '../../client/src/joined-patches.js';
import { readPatches } from '../../server/src/patch/index.js';
import { DIFF, mbox, patchMail, SIGNATURE } from '../patch/mails.js';

test('mails, format-patch files and boxes become one mailbox, whatever they end with', () => {
  const formatPatch = `From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001\n${patchMail('[PATCH 1/4] a')}`;
  const quoting = patchMail('[PATCH 2/4] b').replace(
    'Why it is done.',
    'Why it is done.\n\nFrom here on it works.',
  );
  const texts = [
    formatPatch.trimEnd(),
    quoting,
    mbox(patchMail('[PATCH 3/4] c'), patchMail('[PATCH 4/4] d')),
  ];
  const { messages } = readPatches(joinedPatches(texts));
  assert.deepEqual(
    messages.map(({ subject, files }) => `${subject?.index} ${subject?.title} ${files.length}`),
    ['1 a 1', '2 b 1', '3 c 1', '4 d 1'],
  );
  assert.ok(messages[1]!.body.some(({ text }) => text === 'From here on it works.'));
});

test('a bare diff is a mail without headers', () => {
  assert.equal(readPatches(joinedPatches([DIFF, patchMail('[PATCH] x') + SIGNATURE])).messages.length, 2);
});

test('an id is found in what people paste, and in nothing else', () => {
  for (const text of [
    'a.b-1@x.org',
    ' <a.b-1@x.org> ',
    'https://lore.kernel.org/linux-iommu/a.b-1@x.org/',
    'https://lore.kernel.org/all/a.b-1@x.org/T/#u',
    'https://lore.kernel.org/r/a.b-1%40x.org',
    'https://lore.kernel.org/all/a.b-1@x.org/raw',
  ])
    assert.equal(messageIdIn(text), 'a.b-1@x.org', text);
  for (const text of ['', 'x.org', 'https://lore.kernel.org/', '-o@', '--config=x@y', 'a b@c', '%'])
    assert.equal(messageIdIn(text), null, text);
});
