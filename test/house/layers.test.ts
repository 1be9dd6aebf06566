/**
 * The order of the house: who may use whom, by which door, and what every
 * file owes its reader. build/rooms.mjs is the one table behind it.
 */
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, posix, sep } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
let MAY_USE: Readonly<Record<string, readonly string[]>> = {};

before(async () => {
  const { ROOMS } = await import(new URL('../../build/rooms.mjs', import.meta.url).href);
  MAY_USE = ROOMS;
});

/** Imports, exports from, and dynamic imports of files. */
const IMPORT = /(?:\bfrom|\bimport)\s*\(?\s*'(\.[^']*)'/g;
/** Rooms that may know Node; `syntax` for the parser's own types. */
const MAY_KNOW_NODE = ['syntax', 'disk', 'git', 'lsp', 'cli'];

function layerOf(path: string): string | null {
  return Object.keys(MAY_USE).find((room) => path.startsWith(`${room}/`)) ?? null;
}

/** Complaints about one source file, given by its path under server/src. */
function forbiddenImports(path: string, source: string): string[] {
  const home = layerOf(path);
  if (!home) return [`${path}: lies in no layer`];
  const complaints: string[] = [];
  for (const [, target] of source.matchAll(IMPORT)) {
    const resolved = posix.join(posix.dirname(path), target!);
    const layer = layerOf(resolved);
    if (layer === home) continue;
    if (!layer || !MAY_USE[home]!.includes(layer))
      complaints.push(`${path}: ${home} may not use ${layer ?? resolved}`);
    else if (resolved !== `${layer}/index.js`)
      complaints.push(`${path}: enter ${layer} by its index, not ${resolved}`);
  }
  return complaints;
}

/** Paths below `directory` with `/`, sorted. */
function sourcesBelow(directory: string): string[] {
  if (!existsSync(join(ROOT, directory))) return [];
  return readdirSync(join(ROOT, directory), { recursive: true, encoding: 'utf8' })
    .map((path) => path.split(sep).join('/'))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .sort();
}

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const sources = sourcesBelow('server/src');

test('no room uses one that it may not, and all enter by the index', () => {
  assert.ok(sources.length > 20, 'the sources were found');
  assert.deepEqual(
    sources.flatMap((path) => forbiddenImports(path, read(`server/src/${path}`))),
    [],
  );
});

test('the complaint names the file and what it did', () => {
  const complaints = (path: string, source: string) => forbiddenImports(path, source);
  assert.deepEqual(complaints('patch/a.ts', "import { x } from '../base/index.js';"), []);
  assert.deepEqual(complaints('patch/a.ts', "export { x } from './b.js';"), []);
  assert.deepEqual(complaints('patch/a.ts', "import type { x } from '../cli/index.js';"), [
    'patch/a.ts: patch may not use cli',
  ]);
  assert.deepEqual(complaints('cli/a/b.ts', "await import('../../review/types.js')"), [
    'cli/a/b.ts: enter review by its index, not review/types.js',
  ]);
  assert.deepEqual(complaints('cli/a.ts', "import { x } from '../../../client/src/x.js';"), [
    'cli/a.ts: cli may not use ../../client/src/x.js',
  ]);
  assert.deepEqual(complaints('attic/a.ts', ''), ['attic/a.ts: lies in no layer']);
});

test('the table lists each room after all that it uses', () => {
  const rooms = Object.keys(MAY_USE);
  for (const [room, uses] of Object.entries(MAY_USE))
    for (const used of uses) assert.ok(rooms.indexOf(used) < rooms.indexOf(room), `${room} before ${used}`);
});

test('each room is a TypeScript project that refers to what the table allows, and knows Node only where it may', () => {
  const folders = readdirSync(join(ROOT, 'server/src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => basename(path) === 'tsconfig.json')
    .map((path) => posix.dirname(path.split(sep).join('/')));
  assert.deepEqual(folders.sort(), Object.keys(MAY_USE).sort());
  for (const [room, uses] of Object.entries(MAY_USE)) {
    const project = JSON.parse(read(`server/src/${room}/tsconfig.json`));
    assert.deepEqual(
      project.references.map(({ path }: { path: string }) => path),
      uses.map((used) => posix.relative(room, used)),
      room,
    );
    if (!MAY_KNOW_NODE.includes(room)) assert.equal(project.compilerOptions.types, undefined, room);
  }
  const { references } = JSON.parse(read('tsconfig.json'));
  const projects = references.map(({ path }: { path: string }) => path);
  for (const room of Object.keys(MAY_USE)) assert.ok(projects.includes(`server/src/${room}`), room);
});

test('the client uses nothing of the server but its protocol', () => {
  const files = ['client/src', 'client/panel'].flatMap((folder) =>
    sourcesBelow(folder).map((path) => `${folder}/${path}`),
  );
  const complaints = files.flatMap((path) =>
    [...read(path).matchAll(IMPORT)]
      .map(([, target]) => posix.join(posix.dirname(path), target!))
      .filter(
        (resolved) =>
          !/^client\/(?:src|panel)\//.test(resolved) && resolved !== 'server/src/protocol/index.js',
      )
      .map((resolved) => `${path}: may not use ${resolved}`),
  );
  assert.deepEqual(complaints, []);
});

test('every source file says what it knows before anything else, or is the door of a room', () => {
  const silent = [
    ...sources.map((path) => `server/src/${path}`),
    ...sourcesBelow('client/src').map((path) => `client/src/${path}`),
    ...sourcesBelow('client/panel').map((path) => `client/panel/${path}`),
  ].filter((path) => basename(path) !== 'index.ts' && !/^(?:#!.*\n)?\/\*\*[\s\S]{20,}?\*\//.test(read(path)));
  assert.deepEqual(silent, []);
});

test('imports come first, and nothing is kept from looking unused', () => {
  const untidy = [...sources.map((path) => `server/src/${path}`)].filter((path) => {
    const text = read(path);
    const body = /^(?:export )?(?:const|function|class|interface) /m.exec(text)?.index ?? text.length;
    return /^import /m.test(text.slice(body)) || /^ *void \w+;$/m.test(text);
  });
  assert.deepEqual(untidy, []);
});

test('index.ts is the door of a room and nothing else', () => {
  assert.deepEqual(
    sources.filter((path) => basename(path) === 'index.ts' && !(posix.dirname(path) in MAY_USE)),
    [],
  );
});

test('no file is named after not knowing what it is', () => {
  const files = [...sources, ...sourcesBelow('client/src'), ...sourcesBelow('test')];
  assert.deepEqual(
    files.filter((path) => /(?:^|[-.])(?:utils?|helpers?|misc|common|manager)\b/i.test(basename(path))),
    [],
  );
});

test('rules/index lists every rule, each named as its file', () => {
  const rules = sources
    .filter((path) => path.startsWith('rules/'))
    .filter((path) => /\bdefineRule\(\{/.test(read(`server/src/${path}`)));
  const index = read('server/src/rules/index.ts');
  for (const path of rules) {
    const id = basename(path, '.ts');
    assert.match(read(`server/src/${path}`), new RegExp(`\\bid: '${id}'`), `${path}: its id is not its name`);
    assert.ok(
      index.includes(`'./${path.slice('rules/'.length, -'.ts'.length)}.js'`),
      `rules/index.ts does not list ${path}`,
    );
  }
});
