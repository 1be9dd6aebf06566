/** The configurations of other editors name what is there. The tests in real editors run two of them; Helix is only read. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSettings } from '../../server/src/lsp/features/configuration.js';
import { DEFAULT_SETTINGS } from '../../server/src/protocol/index.js';
import { RULES } from '../../server/src/rules/index.js';

interface HelixConfig {
  readonly 'language-server': Readonly<
    Record<
      string,
      {
        readonly command: string;
        readonly args: readonly string[];
        readonly config: { readonly iommuReview: object };
      }
    >
  >;
  readonly language: readonly {
    readonly name: string;
    readonly 'file-types'?: readonly string[];
    readonly 'language-servers': readonly string[];
  }[];
}

const FOLDER = 'docs/editors';
const { bin, contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  bin: Record<string, string>;
  contributes: { languages: { extensions?: string[] }[] };
};
const endings = contributes.languages[0]!.extensions!.map((each) => each.slice(1));

function read(name: string): string {
  return readFileSync(`${FOLDER}/${name}`, 'utf8');
}

test('each starts the server by the name that the package gives it', () => {
  assert.ok(bin['iommu-review-lsp']);
  for (const name of ['emacs.el', 'neovim.lua', 'helix-languages.toml'])
    assert.match(read(name), /iommu-review-lsp['"],?[\s\S]{0,20}--stdio/, name);
});

const READ_TOML = 'import json, sys, tomllib; print(json.dumps(tomllib.load(sys.stdin.buffer)))';
const parsed = spawnSync('python3', ['-c', READ_TOML], {
  input: read('helix-languages.toml'),
  encoding: 'utf8',
});
const noParser =
  parsed.error || /No module named/.test(parsed.stderr) ? 'there is no Python with tomllib' : false;

test('that of Helix can be read, names its server, and knows every kind of patch', { skip: noParser }, () => {
  assert.equal(parsed.status, 0, parsed.stderr);
  const { 'language-server': servers, language } = JSON.parse(parsed.stdout) as HelixConfig;
  const [[name, server] = ['', null]] = Object.entries(servers);
  assert.deepEqual([server?.command, ...(server?.args ?? [])], ['iommu-review-lsp', '--stdio']);
  for (const each of language) assert.ok(each['language-servers'].includes(name), each.name);
  assert.deepEqual(
    language.map((each) => each.name),
    ['c', 'diff'],
  );
  const types = language[1]!['file-types'] ?? [];
  for (const ending of endings) assert.ok(types.includes(ending), ending);
  const ids = new Set(RULES.map(({ id }) => id));
  assert.deepEqual(readSettings(server?.config.iommuReview, DEFAULT_SETTINGS, ids).complaints, []);
});
