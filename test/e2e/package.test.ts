/** What is in the package, and that it runs from where VS Code has put it, with its own parser. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { EXPECTED } from './expected.js';
import { readSession } from './session.js';

const extensions = join(readSession().profile, 'ext');
const home = join(
  extensions,
  readdirSync(extensions).find((name) => name.startsWith('iommu-review.')) ?? 'absent',
);

test('the package has what it needs and nothing of the workshop', () => {
  const files = readdirSync(home, { recursive: true, encoding: 'utf8' });
  for (const wanted of [
    'dist/extension.js',
    'dist/server.js',
    'dist/simulator-process.js',
    'dist/cli.js',
    'dist/cli-program.js',
    'syntaxes/kernel-patch.tmLanguage.json',
    'media/icon.png',
    'THIRD-PARTY-NOTICES',
    'node_modules/tree-sitter/binding.gyp',
    'node_modules/tree-sitter-c/src/parser.c',
  ]) {
    assert.ok(files.includes(wanted), wanted);
  }
  for (const system of ['linux', 'darwin', 'win32'].flatMap((name) => [`${name}-x64`, `${name}-arm64`])) {
    for (const parser of ['tree-sitter', 'tree-sitter-c']) {
      assert.ok(
        files.includes(`node_modules/${parser}/prebuilds/${system}/${parser}.node`),
        `${parser} for ${system}`,
      );
    }
  }
  const unwanted = files.filter((file) =>
    /\.map$|^(?:test|build|client|server|out|\.ci)\b|vscode-languageclient/.test(file),
  );
  assert.deepEqual(unwanted, []);
});

test('every rule that the package knows has its page in it', () => {
  const { stdout } = spawnSync(process.execPath, [join(home, 'dist/cli.js'), 'rules', '--format', 'json'], {
    encoding: 'utf8',
  });
  const rules = JSON.parse(stdout) as { id: string }[];
  assert.ok(rules.length > 0);
  for (const { id } of rules) assert.ok(existsSync(join(home, 'docs/rules', `${id}.md`)), id);
});

test('its command line parses C with the parser that it brought along', () => {
  const file = resolve('test/e2e/workspace', EXPECTED.c.file);
  const command = [join(home, 'dist/cli.js'), 'check', '--format', 'json', file];
  // From elsewhere, so that the parser of this project is not found.
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', cwd: home });
  assert.equal(status, 1, stderr);
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; line: number }[] };
  const lines = readFileSync(file, 'utf8').split('\n');
  for (const { rule, on } of EXPECTED.c.findings) {
    const line = lines.findIndex((text) => text.includes(on)) + 1;
    assert.ok(
      findings.some((each) => each.rule === rule && each.line === line),
      `${rule} on line ${line}`,
    );
  }
});
