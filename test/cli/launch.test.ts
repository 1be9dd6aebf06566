/** The built command line starts with what a build compiled beside it, and without that, or with rubbish there. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';

const FILES = ['cli.js', 'cli-program.js'];
const COMPILED = 'cli-program.compiled';
const missing = [...FILES, COMPILED].filter((name) => !existsSync(join('dist', name)));
const skip = missing.length > 0 ? `dist/${missing[0]} is not there: npm run build` : false;

/** Inside of the project, where the parser is found; `prepare` makes what lies beside the program. */
function startWith(prepare: (folder: string) => void): { status: number | null; stdout: string } {
  mkdirSync('out', { recursive: true });
  const folder = mkdtempSync(join('out', 'launch-'));
  try {
    for (const name of FILES) copyFileSync(join('dist', name), join(folder, name));
    prepare(folder);
    const command = [join(folder, 'cli.js'), 'rules', '--format', 'json'];
    return spawnSync(process.execPath, command, { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('what is compiled beside the program changes nothing that it says', { skip }, () => {
  const plain = startWith(() => undefined);
  assert.equal(plain.status, 0);
  assert.match(plain.stdout, /refcount-in-domain/);
  const compiled = startWith((folder) => copyFileSync(join('dist', COMPILED), join(folder, COMPILED)));
  assert.equal(compiled.stdout, plain.stdout);
  const rubbish = startWith((folder) => writeFileSync(join(folder, COMPILED), 'not of any engine'));
  assert.equal(rubbish.stdout, plain.stdout);
});

test('what it loads only when it needs it is found from compiled code, too', { skip }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'iommu-review-launch-'));
  try {
    const input = join(folder, 'a.patch.gz');
    writeFileSync(input, gzipSync(readFileSync('samples/sva-domain-cache.patch')));
    const command = ['dist/cli.js', 'check', '--format', 'json', input];
    const { stdout } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(stdout).inputs[0].problems, []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what was compiled before the program changed is left alone', { skip }, () => {
  const words = 'the program of today';
  const { stdout } = startWith((folder) => {
    // The lengths are all that V8 compares: this one is as long as the other.
    const { size } = statSync('dist/cli-program.js');
    const text = `console.log(${JSON.stringify(words)});`.padEnd(size, ' ');
    copyFileSync(join('dist', COMPILED), join(folder, COMPILED));
    writeFileSync(join(folder, 'cli-program.js'), text);
    utimesSync(join(folder, COMPILED), 0, 0);
  });
  assert.equal(stdout, `${words}\n`);
});
