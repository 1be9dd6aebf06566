/** The server with the reviewer it ships with: that what it says arrives in the editor, in the right place. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { CodeAction, DocumentSymbol } from 'vscode-languageserver/node';
import { type DecodedPatch, decodedUriOf } from '../../server/src/protocol/index.js';
import { openDocument } from '../../server/src/review/index.js';
import { startEditor } from './editor.js';

const URI = 'file:///nowhere/toy.c';
const BUS = `#include <linux/iommu.h>

struct iommu_domain *toy_alloc(struct device *dev)
{
	return dev->bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);
}
`;
const FIXED = BUS.replace('dev->bus->iommu_ops', 'dev_iommu_ops(dev)');
const FOUNDING = '../shared/corpus/founding/rfc-v2-03.mbox';

/** A mail with a patch, its body encoded as quoted-printable. */
function quotedPrintable(body: string): string {
  const head = [
    'From 0123456789012345678901234567890123456789 Mon Sep 17 00:00:00 2001',
    'From: A Writer <writer@example.org>',
    'Subject: [PATCH] toy: add a domain',
    'Message-ID: <1@example.org>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: quoted-printable',
    '',
  ].join('\n');
  const lines = body.split('\n').map((line) => line.replaceAll('=', '=3D').replaceAll('\t', '=09'));
  return `${head}\n${lines.join('\n')}`;
}

function asPatch(code: string): string {
  const lines = code.trimEnd().split('\n');
  return [
    'Toys need domains.',
    '',
    'Signed-off-by: A Writer <writer@example.org>',
    '---',
    ' drivers/iommu/toy.c | 6 ++++++',
    '',
    'diff --git a/drivers/iommu/toy.c b/drivers/iommu/toy.c',
    'new file mode 100644',
    '--- /dev/null',
    '+++ b/drivers/iommu/toy.c',
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '-- ',
    '2.39.0',
    '',
  ].join('\n');
}

test('a fault in C is underlined, explained, fixed by its quick fix, and then gone', async (t) => {
  const editor = await startEditor(t, { openDocument, initializationOptions: {} });
  editor.open(URI, BUS);
  const [diagnostic, ...others] = await editor.diagnostics(URI, 1);
  assert.deepEqual(others, []);
  assert.equal(diagnostic?.code, 'bus-iommu-ops');
  assert.deepEqual(diagnostic?.range, { start: { line: 4, character: 8 }, end: { line: 4, character: 27 } });
  const [fix] =
    (await editor.ask<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri: URI },
      range: diagnostic.range,
      context: { diagnostics: [diagnostic] },
    })) ?? [];
  const edit = fix?.edit?.documentChanges?.[0];
  assert.ok(edit && 'edits' in edit && edit.edits[0] && 'newText' in edit.edits[0]);
  editor.change(URI, 2, { range: edit.edits[0].range, text: edit.edits[0].newText });
  assert.deepEqual(await editor.diagnostics(URI, 2), []);
});

test('a finding can be allowed by a comment, whose reason is then asked for', async (t) => {
  const editor = await startEditor(t, { openDocument, initializationOptions: {} });
  const patch = asPatch(BUS);
  const documents = [
    { uri: URI, text: BUS, languageId: 'c', line: '\t/* iommu-review: allow bus-iommu-ops -- */\n' },
    {
      uri: 'file:///nowhere/a.patch',
      text: patch,
      languageId: 'kernel-patch',
      line: ' /* iommu-review: allow bus-iommu-ops -- */',
    },
  ];
  for (const { uri, text, languageId, line } of documents) {
    editor.open(uri, text, languageId);
    const [diagnostic] = await editor.diagnostics(uri, 1);
    assert.equal(diagnostic?.code, 'bus-iommu-ops');
    const actions =
      (await editor.ask<CodeAction[] | null>('textDocument/codeAction', {
        textDocument: { uri },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic] },
      })) ?? [];
    const action = actions.find(({ title }) => title === 'Allow bus-iommu-ops here with a comment');
    const edit = action?.edit?.documentChanges?.[0];
    assert.ok(edit && 'edits' in edit && edit.edits[0] && 'newText' in edit.edits[0]);
    assert.equal(edit.edits[0].newText, line);
    editor.change(uri, 2, { range: edit.edits[0].range, text: edit.edits[0].newText });
    const [asked, ...others] = await editor.diagnostics(uri, 2);
    assert.deepEqual([asked?.code, others], ['bad-allowance', []]);
    const reason =
      text === BUS
        ? BUS.replace('\treturn', '\t/* iommu-review: allow bus-iommu-ops -- so */\n\treturn')
        : '';
    if (reason) {
      editor.change(uri, 3, reason);
      assert.deepEqual(await editor.diagnostics(uri, 3), []);
    }
  }
});

test('no comment is offered where it would break the code', () => {
  const offered = (content: string, path = 'a.c') => {
    const document = openDocument({ path, content }, { tree: null });
    return document.review.findings.map((finding) => document.allowanceFor(finding) !== null);
  };
  assert.deepEqual(offered(BUS), [true]);
  const within = BUS.replace('return dev', 'return (0) || \\\n\t\tdev');
  assert.deepEqual(offered(within), [false]);
  assert.deepEqual(offered(quotedPrintable(asPatch(BUS)), 'a.mbox'), [false]);
});

test('the sample patch has a scaffold on its finding, which no finding is made in', async (t) => {
  const commands = ['iommuReview.openScaffold'];
  const editor = await startEditor(t, { openDocument, initializationOptions: { commands } });
  const uri = 'file:///nowhere/sample.patch';
  editor.open(uri, readFileSync('samples/sva-domain-cache.patch', 'utf8'), 'kernel-patch');
  const found = (await editor.diagnostics(uri, 1)).filter(({ code }) =>
    ['refcount-in-domain', 'domain-reused-unchecked'].includes(String(code)),
  );
  assert.equal(found.length, 2);
  for (const diagnostic of found) {
    const [action] =
      (await editor.ask<CodeAction[] | null>('textDocument/codeAction', {
        textDocument: { uri },
        range: diagnostic.range,
        context: { diagnostics: [diagnostic] },
      })) ?? [];
    assert.deepEqual(action?.diagnostics, [diagnostic]);
    const code: unknown = action?.command?.arguments?.[0];
    assert.ok(typeof code === 'string' && code.includes('iommu_share_get('));
    editor.open(URI, code);
    const warnings = (await editor.diagnostics(URI, 1)).filter(({ severity = 1 }) => severity <= 2);
    assert.deepEqual(warnings, []);
    editor.tell('textDocument/didClose', { textDocument: { uri: URI } });
  }
});

test('a half-typed document keeps its other diagnostics', async (t) => {
  const editor = await startEditor(t, { openDocument });
  editor.open(URI, BUS);
  await editor.diagnostics(URI, 1);
  const typed =
    'static int toy_attach(struct iommu_domain *domain, struct device *dev)\n{\n\tif (domain->ops && (dev->';
  for (let length = 1, version = 2; length <= typed.length; length += 7, version++) {
    editor.change(URI, version, BUS + typed.slice(0, length));
    const rules = (await editor.diagnostics(URI, version)).map(({ code }) => code);
    assert.ok(rules.includes('bus-iommu-ops'), `after ${JSON.stringify(typed.slice(0, length))}`);
  }
});

test('hover and outline name what stands there', async (t) => {
  const editor = await startEditor(t, { openDocument });
  editor.open(URI, FIXED);
  const ask = { textDocument: { uri: URI } };
  const names = (await editor.ask<DocumentSymbol[]>('textDocument/documentSymbol', ask)).map(
    ({ name }) => name,
  );
  assert.deepEqual(names, ['toy_alloc']);
  const hover = await editor.ask<{ contents: { value: string } } | null>('textDocument/hover', {
    ...ask,
    position: { line: 2, character: 25 },
  });
  assert.match(hover?.contents.value ?? '', /toy_alloc/);
});

test('the severity of a rule reaches the reviewer', async (t) => {
  const editor = await startEditor(t, { openDocument, settings: { severity: { 'bus-iommu-ops': 'error' } } });
  editor.open(URI, BUS);
  assert.equal((await editor.diagnostics(URI, 1))[0]?.severity, 1);
});

test('in an encoded mail the finding stands on its raw line, and on the code of the decoded one', async (t) => {
  const editor = await startEditor(t, { openDocument });
  const uri = 'file:///nowhere/1.eml';
  const text = quotedPrintable(asPatch(BUS));
  editor.open(uri, text, 'kernel-patch');
  const [raw] = await editor.diagnostics(uri, 1);
  assert.equal(raw?.code, 'bus-iommu-ops');
  assert.match(text.split('\n')[raw.range.start.line]!, /^\+=09return dev->bus->iommu_ops/);
  const decoded = await editor.ask<DecodedPatch>('iommuReview/decodedPatch', { uri });
  editor.tell('iommuReview/decodedOpened', { uri, decodedUri: decodedUriOf(uri) });
  const [shown] = await editor.diagnostics(decodedUriOf(uri));
  const line = decoded.text.split('\n')[shown!.range.start.line]!;
  assert.equal(line.slice(shown!.range.start.character, shown!.range.end.character), 'dev->bus->iommu_ops');
});

test('the same mail, plain: the finding stands on the code of its own line', async (t) => {
  const editor = await startEditor(t, { openDocument });
  const uri = 'file:///nowhere/1.patch';
  const text = asPatch(BUS);
  editor.open(uri, text, 'kernel-patch');
  const [diagnostic] = await editor.diagnostics(uri, 1);
  const { start, end } = diagnostic!.range;
  assert.equal(text.split('\n')[start.line]!.slice(start.character, end.character), 'dev->bus->iommu_ops');
});

test('a patch of other things and a mail without one get nothing', async (t) => {
  const editor = await startEditor(t, { openDocument });
  const readme = asPatch(BUS).replaceAll('drivers/iommu/toy.c', 'README.md');
  for (const [name, text] of [
    ['readme.patch', readme],
    ['letter.eml', 'From: A <a@example.org>\nSubject: hello\n\nNo patch here.\n'],
    ['empty.patch', ''],
  ] as const) {
    const uri = `file:///nowhere/${name}`;
    editor.open(uri, text, 'kernel-patch');
    assert.deepEqual(await editor.diagnostics(uri, 1), []);
    assert.equal((await editor.status(uri)).reviewed, false);
  }
});

test('every prefix of the founding patch is survived', {
  skip: existsSync(FOUNDING) ? false : `${FOUNDING} is not there`,
}, async (t) => {
  const editor = await startEditor(t, { openDocument });
  const text = readFileSync(FOUNDING, 'utf8');
  const uri = 'file:///nowhere/founding.mbox';
  editor.open(uri, text, 'kernel-patch');
  assert.ok((await editor.diagnostics(uri, 1)).length >= 10);
  for (let length = 0, version = 2; length < text.length; length += 997, version++) {
    editor.change(uri, version, text.slice(0, length));
    await editor.hover(uri, Math.floor(length / 100));
  }
  assert.deepEqual(editor.shown, []);
  assert.deepEqual(editor.logged, []);
});
