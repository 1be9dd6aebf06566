/** What goes wrong inside must neither end the server nor take away what was said before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parserMissingMessage, refuseToServe } from '../../server/src/lsp/index.js';
import { EXIT_PARSER_MISSING, type Report } from '../../server/src/protocol/index.js';
import { connected, Editor, startEditor } from './editor.js';
import { fakeReviewer } from './fake-reviewer.js';

const URI = 'file:///nowhere/driver.c';
const KERNEL = '#include <linux/iommu.h>\n';

test('a failing review keeps the earlier diagnostics, is reported once, and the server lives on', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.diagnostics(URI, 1);
  for (let version = 2; version < 6; version++) {
    editor.change(URI, version, `${KERNEL}@bad @crash ${version}\n`);
    await editor.until(() => editor.statuses.length === version, `status ${version}`);
  }
  assert.deepEqual(editor.rules(URI), ['bad']);
  assert.equal(editor.published.length, 1, 'nothing new was published');
  assert.deepEqual(editor.shown.length, 1);
  assert.match(editor.shown[0] ?? '', /could not review driver\.c/);
  assert.equal(editor.logged.filter((line) => line.includes('TypeError')).length, 1);
  const status = await editor.status(URI);
  assert.equal(status.reviewed, false);
  assert.equal(status.findings, 1, 'those that still stand');
  editor.open('file:///nowhere/other.c', `${KERNEL}@worse\n`);
  assert.equal((await editor.diagnostics('file:///nowhere/other.c')).length, 1);
  editor.change(URI, 6, `${KERNEL}@worse\n`);
  assert.equal((await editor.diagnostics(URI, 6))[0]?.code, 'worse');
});

test('questions about a document whose review failed are answered with nothing', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@crash\n`);
  assert.equal(await editor.hover(URI), null);
  assert.equal(editor.rules(URI), null);
});

test('the log tells the stack and no source text', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@crash\n`);
  await editor.until(() => editor.logged.some((line) => line.includes('TypeError')), 'the failure');
  const line = editor.logged.find((one) => one.includes('TypeError'))!;
  assert.match(
    line,
    /^reviewing driver\.c: TypeError: fell over the text\n\s+at .*fake-reviewer\.ts:\d+:\d+/,
  );
  assert.doesNotMatch(line, /secret_of_the_source|\/test\/lsp\//);
});

test('a feature that fails is answered with nothing and logged', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}hover-crash @bad\n`);
  assert.equal(await editor.hover(URI), null);
  assert.ok(editor.logged.some((line) => line.startsWith('hover: Error: hover fell over\n')));
  assert.equal((await editor.diagnostics(URI)).length, 1);
});

test('a finding that cannot be placed costs no more than its review', async (t) => {
  const { openDocument } = fakeReviewer();
  const editor = await startEditor(t, {
    openDocument: (part, options) => {
      const reviewed = openDocument(part, options);
      if (!String(part.content).includes('unplaced')) return reviewed;
      return {
        ...reviewed,
        rangeOf: () => {
          throw new RangeError('nowhere');
        },
      };
    },
  });
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.diagnostics(URI, 1);
  editor.change(URI, 2, `${KERNEL}@bad unplaced\n`);
  await editor.until(() => editor.statuses.length === 2, 'the second status');
  assert.deepEqual(editor.rules(URI), ['bad']);
  assert.equal(editor.statuses[1]?.findings, 1);
});

test('messages that make no sense are survived', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.diagnostics(URI, 1);
  const out = { line: 4_000_000, character: 9 };
  editor.change(URI, 2, { range: { start: out, end: { line: -1, character: -1 } }, text: 'x' });
  editor.tell('textDocument/didChange', { textDocument: { uri: URI }, contentChanges: [{ text: 'x' }] });
  editor.change('file:///nowhere/never-opened.c', 1, 'x');
  editor.close('file:///nowhere/never-opened.c');
  editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: 'file://host/%zz', type: 2 }] });
  editor.tell('workspace/didChangeWatchedFiles', {});
  editor.tell('workspace/didChangeConfiguration', {});
  editor.tell('iommuReview/decodedOpened', {});
  editor.tell('no/such/notification', {});
  await assert.rejects(editor.ask('no/such/request', {}));
  assert.equal(await editor.ask('textDocument/hover', {}), null);
  editor.open('not an address', `${KERNEL}@bad\n`);
  editor.open('file:///nowhere/%zz.c', `${KERNEL}@worse\n`);
  assert.equal((await editor.diagnostics('file:///nowhere/%zz.c')).length, 1);
});

test('the report has versions, counts and the log, and no source text', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@bad\n`);
  editor.open('file:///nowhere/other.c', `${KERNEL}@crash\n`);
  await editor.until(() => editor.statuses.length === 2, 'both reviews');
  const { markdown } = await editor.ask<Report>('iommuReview/report', {});
  for (const part of [
    /server 1\.2\.3/,
    /Node v\d+/,
    /Editor: test editor 7/,
    /Documents: 2 open, 1 of them reviewed/,
    /TypeError: fell over/,
  ])
    assert.match(markdown, part);
  assert.doesNotMatch(markdown, /secret_of_the_source|@bad/);
  const { markdown: bare } = await editor.connection.sendRequest<Report>('iommuReview/report');
  assert.match(bare, /server 1\.2\.3/, 'the request may come without parameters');
});

test('after shutdown nothing is reviewed and questions get nothing', async (t) => {
  const editor = await startEditor(t);
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.diagnostics(URI, 1);
  editor.change(URI, 2, `${KERNEL}@worse\n`);
  assert.equal(await editor.ask('shutdown', {}), null);
  assert.equal(await editor.hover(URI), null);
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.equal(editor.calls.length, 1);
});

test('without its parser the server says one message with a remedy and leaves', async (t) => {
  for (const [options, messages] of [
    [{}, 1],
    [{ commands: [] }, 0],
  ] as const) {
    const { server, client, end } = connected();
    t.after(end);
    const exit = new Promise<number>((leave) => refuseToServe(server, new Error('No native build'), leave));
    const editor = new Editor(client, [], null);
    client.listen();
    const params = { processId: null, rootUri: null, capabilities: {}, initializationOptions: options };
    assert.deepEqual(await editor.ask('initialize', params), { capabilities: { textDocumentSync: 0 } });
    editor.tell('initialized', {});
    assert.equal(await exit, EXIT_PARSER_MISSING);
    assert.equal(editor.shown.length, messages, 'our own client says it itself');
  }
  assert.match(
    parserMissingMessage(new Error('No native build')),
    /Alpine.*npm run build-parser.*No native build/,
  );
});
