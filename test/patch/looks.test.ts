import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { looksLikePatch } from '../../server/src/patch/index.js';
import { DIFF, mail, mbox, patchMail } from './mails.js';

const YES: Record<string, string> = {
  'a git diff': DIFF,
  'a git diff after blank lines': `\n\n${DIFF}`,
  'a git diff cut after its first line': 'diff --git a/x.c b/x.c',
  'a plain diff': '--- a/x.c\n+++ b/x.c\n@@ -1 +1 @@\n',
  'a diff under an Index line': `Index: x.c\n${'='.repeat(67)}\n--- x.c\n+++ x.c\n@@ -1 +1 @@\n`,
  'a quilt patch': `Fix the flush.\n\nSigned-off-by: A\n---\n x.c | 2 +-\n\n${DIFF}`,
  'a mail': patchMail('[PATCH] x'),
  'a mail with CRLF': patchMail('[PATCH] x').replaceAll('\n', '\r\n'),
  'the head of a mail with long headers': `Return-Path: <a@b>\nReceived: from x\n\tby y\n`,
  'a cover letter': mail(['Subject: [PATCH 0/3] x'], 'Hello.'),
  'a box': mbox(mail([], 'x')),
  'git format-patch': `From ${'a'.repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\n`,
  'git show': `commit ${'a'.repeat(40)}\nAuthor: A <a@b>\n`,
};
const NO: Record<string, string> = {
  nothing: '',
  'a C file': '// SPDX-License-Identifier: GPL-2.0\n/*\n * Copyright\n */\n#include <linux/iommu.h>\n',
  'a C file that begins with a label': 'out: return 0;\n',
  'a header': '#ifndef X\n#define X\nint --x;\n#endif\n',
  'a reST page': 'IOMMU\n=====\n\n--- a dash\n\n+++ a plus\n',
  'a text about diffs': 'Type diff --git to see it.\ndiff --git shows changes\n',
  'a list of settings': 'name: x\nversion: 2\n',
};

describe('looksLikePatch', () => {
  for (const [name, text] of Object.entries(YES))
    it(`takes ${name}`, () => assert.equal(looksLikePatch(text), true));
  for (const [name, text] of Object.entries(NO))
    it(`leaves ${name}`, () => assert.equal(looksLikePatch(text), false));
});
