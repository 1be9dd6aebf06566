/** The process around the commands: its streams, written to their end or closed by somebody, and its exit status. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { TOOL } from '../../server/src/findings/index.js';
import { workshop } from './bench.js';

const MAIN = fileURLToPath(new URL('./fake-main.ts', import.meta.url));
const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

const many = 20_000;
const cwd = workshop({
  'a.c': 'int WARNING;\n',
  'quiet.c': 'int x;\n',
  'many.c': 'int WARNING;\n'.repeat(many),
});

function start(...args: string[]) {
  return spawn(process.execPath, ['--import', LOADER, MAIN, ...args], { cwd, stdio: 'pipe' });
}

async function finished(child: ReturnType<typeof start>) {
  const err: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const status = await new Promise<number | null>((done) => child.on('close', done));
  return { status, err: Buffer.concat(err).toString() };
}

test('the exit status is that of the review', async () => {
  for (const [input, expected] of [
    ['quiet.c', 0],
    ['a.c', 1],
    ['none.c', 2],
  ] as const) {
    const child = start('check', input);
    child.stdout.resume();
    assert.equal((await finished(child)).status, expected, input);
  }
});

test('megabytes reach a reader that takes its time', async () => {
  const child = start('check', '--format', 'json', 'many.c');
  const end = finished(child);
  const chunks: Buffer[] = [];
  await setTimeout(200);
  for await (const chunk of child.stdout) {
    chunks.push(chunk as Buffer);
    if (chunks.length % 16 === 0) await setTimeout(5);
  }
  const answer = JSON.parse(Buffer.concat(chunks).toString());
  assert.equal(answer.findings.length, many);
  assert.deepEqual(await end, { status: 1, err: '' });
});

test('a reader that leaves early is no error', async () => {
  const child = start('check', 'many.c');
  const end = finished(child);
  child.stdout.once('data', () => child.stdout.destroy());
  assert.deepEqual(await end, { status: 1, err: '' });
});

test('standard input is read to its end', async () => {
  const child = start('check', '-');
  const end = finished(child);
  child.stdout.resume();
  child.stdin.write('int x;\n');
  await setTimeout(50);
  child.stdin.end('int WARNING;\n');
  assert.equal((await end).status, 1);
});

test('a FIFO is read as the file that it stands for', async () => {
  const child = spawn(
    'bash',
    ['-c', 'exec "$0" --import "$1" "$2" check <(cat a.c)', process.execPath, LOADER, MAIN],
    { cwd, stdio: 'pipe' },
  );
  child.stdout.resume();
  assert.equal((await finished(child)).status, 1);
});

test('the version is the one of package.json', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  assert.deepEqual(TOOL, { name: manifest.name, version: manifest.version });
});
