/** Hover, outline and code actions: what an editor asks and is answered. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type CodeAction,
  type DocumentSymbol,
  LSPErrorCodes,
  type SymbolInformation,
} from 'vscode-languageserver/node';
import { type Editor, FULL, startEditor } from './editor.js';

const URI = 'file:///nowhere/driver.c';
const PATCH = 'file:///nowhere/x.patch';
const KERNEL = '#include <linux/iommu.h>\n';
const COMMANDS = { commands: ['iommuReview.explainRule', 'iommuReview.openDecodedPatch'] };

function actionsAt(
  editor: Editor,
  uri: string,
  line: number,
  context: object = {},
): Promise<CodeAction[] | null> {
  const at = { line, character: 1 };
  return editor.ask('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: at, end: at },
    context: { diagnostics: [], ...context },
  });
}

test('the server says what it can', async (t) => {
  const { hello } = await startEditor(t);
  assert.deepEqual(hello, {
    serverInfo: { name: 'iommu-review', version: '1.2.3' },
    capabilities: {
      textDocumentSync: { openClose: true, change: 2, save: { includeText: false } },
      hoverProvider: true,
      codeLensProvider: {},
      inlayHintProvider: true,
      documentSymbolProvider: true,
      codeActionProvider: { codeActionKinds: ['quickfix'] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
  });
});

test('hover answers in Markdown where the editor shows it', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, KERNEL);
  assert.deepEqual((await editor.hover(URI, 3))?.contents, { kind: 'markdown', value: '**line 3**' });
  const plain = await startEditor(t, { capabilities: {} });
  plain.open(URI, KERNEL);
  assert.equal((await plain.hover(URI))?.contents.kind, 'plaintext');
});

test('a question about a document that is not ours, or not open, is answered with nothing', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, 'int main(void);\n');
  for (const uri of [URI, 'file:///nowhere/other.c']) {
    assert.equal(await editor.hover(uri), null);
    assert.equal(await editor.ask('textDocument/documentSymbol', { textDocument: { uri } }), null);
    assert.equal(await actionsAt(editor, uri, 0), null);
  }
});

test('a question is answered for the text on screen, not for the last one reviewed', async (t) => {
  const editor = await startEditor(t, { quietMilliseconds: 60_000, initializationOptions: { commands: [] } });
  editor.open(URI, `${KERNEL}@fix\n`);
  await editor.diagnostics(URI, 1);
  editor.change(URI, 2, `${KERNEL}\n\n@fix\n`);
  const [fix] = (await actionsAt(editor, URI, 3)) ?? [];
  assert.deepEqual(fix?.edit?.documentChanges, [
    {
      textDocument: { uri: URI, version: 2 },
      edits: [{ range: { start: { line: 3, character: 0 }, end: { line: 3, character: 4 } }, newText: '' }],
    },
  ]);
});

test('the outline is a tree, or a list where the editor knows no trees, and no symbol spoils it', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, KERNEL);
  const ask = { textDocument: { uri: URI } };
  const [symbol] = await editor.ask<DocumentSymbol[]>('textDocument/documentSymbol', ask);
  assert.equal(symbol?.name, '(unnamed)');
  assert.deepEqual(symbol?.selectionRange, symbol?.range, 'a selection outside the range is not passed on');
  assert.equal(symbol?.children?.[0]?.name, 'users');
  const plain = await startEditor(t, { capabilities: {} });
  plain.open(URI, KERNEL);
  const list = await plain.ask<SymbolInformation[]>('textDocument/documentSymbol', ask);
  assert.deepEqual(
    list.map(({ name, containerName }) => [name, containerName]),
    [
      ['(unnamed)', ''],
      ['users', '(unnamed)'],
    ],
  );
});

test('a fix is offered on its finding, tied to the diagnostic, and on no other line', async (t) => {
  const editor = await startEditor(t, { initializationOptions: { commands: [] } });
  editor.open(URI, `${KERNEL}@fix\n@bad\n`);
  const diagnostics = await editor.diagnostics(URI);
  const [fix, ...others] = (await actionsAt(editor, URI, 1, { diagnostics })) ?? [];
  assert.deepEqual(others, []);
  assert.equal(fix?.title, 'Remove it');
  assert.equal(fix?.kind, 'quickfix');
  assert.deepEqual(
    fix?.diagnostics?.map(({ code }) => code),
    ['fix'],
  );
  assert.deepEqual(diagnostics[0]?.data, {
    fixes: [{ title: 'Remove it', edits: [{ range: diagnostics[0]?.range, newText: '' }] }],
  });
  assert.deepEqual(await actionsAt(editor, URI, 2), []);
});

test('an editor without versioned edits gets plain ones, one without literals none', async (t) => {
  const workspace = { ...FULL.workspace, workspaceEdit: {} };
  const plain = await startEditor(t, { capabilities: { ...FULL, workspace }, initializationOptions: {} });
  plain.open(URI, `${KERNEL}@fix\n`);
  assert.deepEqual(Object.keys((await actionsAt(plain, URI, 1))?.[0]?.edit?.changes ?? {}), [URI]);
  const old = await startEditor(t, { capabilities: {} });
  old.open(URI, `${KERNEL}@fix\n`);
  assert.deepEqual(await actionsAt(old, URI, 1), []);
});

test('only what was asked for is offered', async (t) => {
  const editor = await startEditor(t, { initializationOptions: {} });
  editor.open(URI, `${KERNEL}@fix\n`);
  assert.equal((await actionsAt(editor, URI, 1, { only: ['quickfix'] }))?.length, 1);
  assert.equal((await actionsAt(editor, URI, 1, { only: ['source.organizeImports'] }))?.length, 0);
});

test('a fix that leaves the document, or would make a hunk header lie, is not offered', async (t) => {
  const editor = await startEditor(t, { initializationOptions: {} });
  editor.open(URI, `${KERNEL}@fix-lines\n@fix-elsewhere\n`);
  assert.equal((await actionsAt(editor, URI, 1))?.length, 1, 'C may gain lines');
  assert.equal((await actionsAt(editor, URI, 2))?.length, 0);
  editor.open(PATCH, '@fix\n@fix-lines\n', 'kernel-patch');
  assert.equal((await actionsAt(editor, PATCH, 0))?.length, 1);
  assert.equal((await actionsAt(editor, PATCH, 1))?.length, 0);
});

test('a client that runs our commands is offered the page of each rule and the decoded mail', async (t) => {
  const editor = await startEditor(t, { initializationOptions: COMMANDS });
  editor.open(PATCH, '+=40bad =40bad =40fix\n', 'kernel-patch');
  const actions = (await actionsAt(editor, PATCH, 0)) ?? [];
  assert.deepEqual(
    actions.map(({ title, command }) => [title, command?.command, command?.arguments]),
    [
      ['Open decoded patch', 'iommuReview.openDecodedPatch', [PATCH]],
      ['Explain bad', 'iommuReview.explainRule', ['bad']],
    ],
    'and no fix: no column of the raw line is one of the code',
  );
});

test('a scaffold is opened by a client that can, and created beside the document by another', async (t) => {
  const commands = { commands: ['iommuReview.openScaffold'] };
  const ours = await startEditor(t, { initializationOptions: commands });
  ours.open(PATCH, '+@scaffold @scaffold\n', 'kernel-patch');
  const [action, ...others] = (await actionsAt(ours, PATCH, 0)) ?? [];
  assert.deepEqual(others, [], 'once a line');
  assert.equal(action?.title, 'Scaffold an object of the mm around its domains');
  assert.deepEqual(action?.command?.arguments, ['struct toy_space;\n']);
  const other = await startEditor(t, { initializationOptions: {} });
  other.open(PATCH, '+@scaffold\n', 'kernel-patch');
  const uri = 'file:///nowhere/toy-space.c';
  const start = { line: 0, character: 0 };
  assert.deepEqual((await actionsAt(other, PATCH, 0))?.[0]?.edit?.documentChanges, [
    { kind: 'create', uri },
    {
      textDocument: { uri, version: null },
      edits: [{ range: { start, end: start }, newText: 'struct toy_space;\n' }],
    },
  ]);
});

test('why there is no scaffold is said where an editor shows it, and nothing is offered elsewhere', async (t) => {
  const editor = await startEditor(t, { initializationOptions: {} });
  editor.open(PATCH, '+@no-scaffold\n', 'kernel-patch');
  const [action] = (await actionsAt(editor, PATCH, 0)) ?? [];
  assert.deepEqual(action?.disabled, { reason: 'No scaffold: nobody binds.' });
  assert.equal(action?.command ?? action?.edit, undefined);
  const textDocument = {
    ...FULL.textDocument,
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } },
  };
  const workspace = { ...FULL.workspace, workspaceEdit: { documentChanges: true } };
  const plain = await startEditor(t, {
    capabilities: { workspace, textDocument },
    initializationOptions: {},
  });
  plain.open(PATCH, '+@no-scaffold\n+@scaffold\n', 'kernel-patch');
  assert.deepEqual(await actionsAt(plain, PATCH, 0), []);
  assert.deepEqual(await actionsAt(plain, PATCH, 1), []);
});

test('a question that is withdrawn is not worked on', async (t) => {
  const editor = await startEditor(t, { quietMilliseconds: 60_000 });
  editor.open(URI, KERNEL);
  await editor.diagnostics(URI, 1);
  editor.change(URI, 2, `${KERNEL}@bad\n`);
  const { CancellationTokenSource } = await import('vscode-languageserver/node');
  const source = new CancellationTokenSource();
  const params = { textDocument: { uri: URI }, position: { line: 0, character: 0 } };
  const answer = editor.connection.sendRequest('textDocument/hover', params, source.token);
  source.cancel();
  await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
  assert.equal(editor.calls.length, 1, 'no review was made for it');
  assert.equal((await editor.hover(URI))?.contents.value, '**line 0**', 'the next one is answered');
});
