/** What an editor is told of each finding, and when. */
import assert from 'node:assert/strict';
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { FULL, folderWith, MARK, QUIET, startEditor, uriOf } from './editor.js';

const KERNEL = '#include <linux/iommu.h>\n';
const URI = 'file:///nowhere/driver.c';

test('a finding becomes a diagnostic with rule, severity, source and message', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}int x; @bad\n`);
  const [diagnostic, ...others] = await editor.diagnostics(URI);
  assert.deepEqual(others, []);
  assert.deepEqual(diagnostic, {
    range: { start: { line: 1, character: 7 }, end: { line: 1, character: 11 } },
    severity: 2,
    code: 'bad',
    source: 'iommu-review',
    message: 'bad is wrong. It breaks. Do better.',
    data: { fixes: [] },
  });
});

test('assumptions are said, tags are drawn, a finding about the mail takes its line', async (t) => {
  const editor = await startEditor(t);
  editor.open('file:///nowhere/x.patch', 'Subject: @mail\n@tagged\n@possible\n', 'kernel-patch');
  const [mail, tagged, possible] = await editor.diagnostics('file:///nowhere/x.patch');
  assert.deepEqual(mail?.range, { start: { line: 0, character: 0 }, end: { line: 0, character: 14 } });
  assert.deepEqual(tagged?.tags, [1, 2]);
  assert.match(String(possible?.message), /\nAssumed: dev is not NULL\.$/);
});

test('related places are in the document or in the file of the tree', async (t) => {
  const tree = folderWith(t, { [MARK]: '\n', 'drivers/a.c': '', 'include/b.h': 'one\ntwo\n' });
  const editor = await startEditor(t);
  const uri = uriOf(tree, 'drivers/a.c');
  editor.open(uri, '@related(include/b.h)\n');
  const [diagnostic] = await editor.diagnostics(uri);
  assert.deepEqual(diagnostic?.relatedInformation, [
    { location: { uri, range: diagnostic?.range }, message: 'here' },
    {
      location: {
        uri: uriOf(realpathSync(join(tree, 'include/b.h'))),
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 3 } },
      },
      message: 'there',
    },
  ]);
});

test('a related place that leads out of the tree is said in words, without a link', async (t) => {
  const tree = folderWith(t, { [MARK]: '\n', 'drivers/a.c': '' });
  const editor = await startEditor(t);
  const uri = uriOf(tree, 'drivers/a.c');
  editor.open(uri, '@related(../../../etc/passwd)\n');
  const [diagnostic] = await editor.diagnostics(uri);
  const there = diagnostic?.relatedInformation?.[1];
  assert.equal(there?.location.uri, uri);
  assert.equal(there?.message, 'there (../../../etc/passwd:2)');
});

test('the code links to the page of the rule: that of the client, else the file beside the server', async (t) => {
  const pages = folderWith(t, { 'bad.md': '# bad\n' });
  const text = `${KERNEL}@bad @worse\n`;
  const beside = await startEditor(t, { rulePages: pages });
  beside.open(URI, text);
  const [bad, worse] = await beside.diagnostics(URI);
  assert.equal(bad?.codeDescription?.href, uriOf(pages, 'bad.md'));
  assert.equal(worse?.codeDescription, undefined, 'there is no page');
  const named = await startEditor(t, { initializationOptions: { rulePages: 'vscode-remote://x/rules/' } });
  named.open(URI, text);
  assert.equal((await named.diagnostics(URI))[0]?.codeDescription?.href, 'vscode-remote://x/rules/bad.md');
});

test('an editor that can do little gets what it understands', async (t) => {
  const editor = await startEditor(t, { capabilities: {}, initializationOptions: undefined });
  editor.open(URI, `${KERNEL}@tagged @related(x.h) @fix\n`);
  for (const diagnostic of await editor.diagnostics(URI)) {
    assert.deepEqual(Object.keys(diagnostic).sort(), ['code', 'message', 'range', 'severity', 'source']);
  }
});

test('notifications of our own go only to a client that knows them', async (t) => {
  const editor = await startEditor(t, { initializationOptions: {} });
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.diagnostics(URI);
  await editor.settled();
  assert.deepEqual(editor.statuses, []);
  assert.deepEqual(editor.other, []);
});

test('quick edits are reviewed once, at the last version', async (t) => {
  const editor = await startEditor(t, { quietMilliseconds: 10 * QUIET });
  editor.open(URI, KERNEL);
  await editor.diagnostics(URI, 1);
  for (let version = 2; version <= 20; version++)
    editor.change(URI, version, `${KERNEL}@bad ${'@worse '.repeat(version)}\n`);
  assert.equal((await editor.diagnostics(URI, 20)).length, 21);
  await editor.settled();
  assert.deepEqual(
    editor.published.map(({ version }) => version),
    [1, 20],
  );
  assert.equal(editor.calls.length, 2);
});

test('incremental edits are applied in UTF-16 columns', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}/* \u{1f427} */ int x;\n`);
  const at = { line: 1, character: 9 };
  editor.change(
    URI,
    2,
    { range: { start: at, end: at }, text: '@bad ' },
    { range: { start: at, end: at }, text: ' ' },
  );
  const [diagnostic] = await editor.diagnostics(URI, 2);
  assert.deepEqual(diagnostic?.range.start, { line: 1, character: 10 });
});

test('a document that changes while the editor is asked for its settings is reviewed as it is afterwards', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@bad\n`);
  editor.change(URI, 2, KERNEL);
  await editor.diagnostics(URI, 2);
  await editor.settled();
  assert.deepEqual(editor.rules(URI), []);
  for (const { version, diagnostics } of editor.published)
    assert.equal(diagnostics.length, version === 1 ? 1 : 0, 'each version has its own findings');
});

test('closing withdraws the diagnostics, and nothing comes after', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.diagnostics(URI, 1);
  editor.change(URI, 2, `${KERNEL}@bad @bad\n`);
  editor.close(URI);
  await editor.settled();
  assert.deepEqual(editor.rules(URI), []);
  assert.equal(editor.calls.length, 1);
});

test('a document opened again starts anew', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.diagnostics(URI, 1);
  editor.close(URI);
  editor.open(URI, `${KERNEL}@worse\n`, 'c', 1);
  await editor.until(() => editor.rules(URI)?.[0] === 'worse', 'the new findings');
});

test('the first review does not wait for quiet', async (t) => {
  const editor = await startEditor(t, { quietMilliseconds: 60_000 });
  editor.open(URI, `${KERNEL}@bad\n`);
  assert.equal((await editor.diagnostics(URI, 1)).length, 1);
  editor.change(URI, 2, KERNEL);
  await new Promise((resolve) => setTimeout(resolve, 4 * QUIET));
  assert.deepEqual(editor.rules(URI), ['bad'], 'the edit is waited out');
  await editor.hover(URI);
  assert.deepEqual(editor.rules(URI), [], 'but a question about it is answered for what is on screen');
});

test('status follows each review', async (t) => {
  const editor = await startEditor(t, { capabilities: FULL });
  editor.open(URI, `${KERNEL}@bad @worse\n`);
  editor.open('file:///nowhere/user.c', 'int main(void) { return 0; }\n');
  await editor.until(() => editor.statuses.length === 2, 'two statuses');
  const [mine, other] = [URI, 'file:///nowhere/user.c'].map((uri) =>
    editor.statuses.find((status) => status.uri === uri),
  );
  assert.deepEqual(
    { ...mine, milliseconds: 0 },
    {
      uri: URI,
      findings: 2,
      worst: 'warning',
      reviewed: true,
      reason: '',
      milliseconds: 0,
    },
  );
  assert.equal(other?.reviewed, false);
  assert.match(other?.reason ?? '', /Not kernel C/);
  assert.deepEqual(
    editor.other.filter(({ method }) => method === 'iommuReview/reviewing').map(({ params }) => params),
    [{ uri: URI }],
    'the client knows what is reviewed before it is',
  );
});
