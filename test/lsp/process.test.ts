/**
 * The server as a process: its arguments, its two channels, its exit codes.
 * From the sources always, and from the built dist/server.js when it is there.
 */
import assert from 'node:assert/strict';
import { type ChildProcessWithoutNullStreams, fork, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type TestContext, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { DEFAULT_SETTINGS, EXIT_PARSER_MISSING } from '../../server/src/protocol/index.js';
import { Editor, FULL } from './editor.js';

const BUILT = resolve('dist/server.js');
const NO_PARSER = resolve('test/lsp/no-parser.cjs');
const FOUNDING = '../shared/corpus/founding/rfc-v2-03.mbox';

interface Entry {
  readonly name: string;
  readonly module: string;
  readonly node: readonly string[];
}

const SOURCES: Entry = {
  name: 'sources',
  module: resolve('server/src/lsp/main.ts'),
  node: ['--import', 'tsx'],
};
const ENTRIES: Entry[] = [SOURCES];
if (existsSync(BUILT)) ENTRIES.push({ name: 'dist/server.js', module: BUILT, node: [] });
else test('the built server', { skip: 'dist/server.js is not there: npm run build' }, () => {});

function run(entry: Entry, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...entry.node, entry.module, ...args], {
    encoding: 'utf8',
    input: '',
  });
  return { status, stdout, stderr };
}

/** A server on standard input and output, and how it ends. */
function start(t: TestContext, entry: Entry, ...preload: string[]) {
  const child = spawn(process.execPath, [...entry.node, ...preload, entry.module, '--stdio']);
  const editor = speak(t, child, new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  return { editor, child, ended: endOf(child) };
}

function speak(
  t: TestContext,
  child: Pick<ChildProcessWithoutNullStreams, 'kill'>,
  reader: MessageReader,
  writer: MessageWriter,
): Editor {
  const connection = createProtocolConnection(reader, writer);
  const editor = new Editor(connection, [], {});
  connection.onError(() => undefined);
  connection.listen();
  t.after(() => {
    connection.dispose();
    child.kill();
  });
  return editor;
}

function endOf(child: { on(event: 'exit', listener: (code: number | null) => void): unknown }) {
  return new Promise<number | null>((done) => child.on('exit', done));
}

async function greet(editor: Editor, capabilities = FULL): Promise<void> {
  const params = {
    processId: process.pid,
    rootUri: null,
    capabilities,
    initializationOptions: { commands: [] },
  };
  await editor.ask('initialize', params);
  await editor.connection.sendNotification('initialized', {});
}

for (const entry of ENTRIES) {
  test(`${entry.name}: --version and --help answer and end`, () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    assert.deepEqual(run(entry, '--version'), { status: 0, stdout: `${version}\n`, stderr: '' });
    const help = run(entry, '--help');
    assert.equal(help.status, 0);
    assert.match(help.stdout, /Usage: iommu-review-lsp --stdio/);
    for (const setting of Object.keys(DEFAULT_SETTINGS))
      assert.match(help.stdout, new RegExp(`\\b${setting}\\b`));
  });

  test(`${entry.name}: without a channel it says how to give one, with exit code 2`, () => {
    const { status, stdout, stderr } = run(entry);
    assert.equal(status, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /for example --stdio/);
  });

  test(`${entry.name}: reviews over stdio, says goodbye with 0`, async (t) => {
    const { editor, ended } = start(t, entry);
    await greet(editor);
    const uri = 'file:///nowhere/driver.c';
    editor.open(uri, '#include <linux/iommu.h>\nint x;\n');
    assert.deepEqual(await editor.diagnostics(uri, 1), []);
    await editor.ask('shutdown', {});
    editor.tell('exit', {});
    assert.equal(await ended, 0);
  });

  test(`${entry.name}: the founding patch over stdio`, async (t) => {
    if (!existsSync(FOUNDING)) return t.skip(`${FOUNDING} is not there`);
    const { editor } = start(t, entry);
    await greet(editor);
    const uri = pathToFileURL(resolve(FOUNDING)).href;
    const text = readFileSync(FOUNDING, 'utf8');
    editor.open(uri, text, 'kernel-patch');
    const diagnostics = await editor.diagnostics(uri, 1);
    assert.ok(diagnostics.length >= 10, `${diagnostics.length} findings`);
    const lines = text.split('\n');
    for (const { range, code } of diagnostics) {
      const line = lines[range.start.line] ?? '';
      assert.match(line, /^[+-]/, `${code} stands on a line of the diff`);
      assert.ok(range.start.character > 0 && range.end.character <= line.length, `${code} within: ${line}`);
    }
    const outline = await editor.ask<unknown[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.ok(outline.length > 0);
  });

  test(`${entry.name}: leaves with 1 when the editor goes without a goodbye`, async (t) => {
    for (const leave of [
      ({ editor }: ReturnType<typeof start>) => editor.tell('exit', {}),
      ({ child }: ReturnType<typeof start>) => child.stdin.end(),
    ]) {
      const server = start(t, entry);
      await greet(server.editor, {});
      leave(server);
      assert.equal(await server.ended, 1);
    }
  });

  test(`${entry.name}: speaks over node's channel, and ends with it`, async (t) => {
    const child = fork(entry.module, ['--node-ipc'], { execArgv: [...entry.node], silent: true });
    const ended = endOf(child);
    const editor = speak(t, child, new IPCMessageReader(child), new IPCMessageWriter(child));
    await greet(editor);
    editor.open('file:///nowhere/user.c', 'int main(void);\n');
    assert.deepEqual(await editor.diagnostics('file:///nowhere/user.c', 1), []);
    child.disconnect();
    assert.equal(await ended, 1);
  });

  test(`${entry.name}: without its parser it names the remedy and ends with ${EXIT_PARSER_MISSING}`, async (t) => {
    const { editor, child, ended } = start(t, entry, '--require', NO_PARSER);
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    await editor.ask('initialize', { processId: null, rootUri: null, capabilities: {} });
    editor.tell('initialized', {});
    assert.equal(await ended, EXIT_PARSER_MISSING);
    assert.equal(editor.shown.length, 1);
    assert.match(editor.shown[0] ?? '', /Alpine.*npm run build-parser.*No native build was found/);
    assert.match(errors, /No native build was found/);
  });
}
