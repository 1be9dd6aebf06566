/** An editor that knows nothing of us: Neovim, as it comes, with the built server. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { folderWith } from './editor.js';

const SERVER = resolve('dist/server.js');
const CODE = `#include <linux/iommu.h>

struct iommu_domain *toy_alloc(struct device *dev)
{
	return dev->bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);
}
`;

function whatIsMissing(): string | false {
  if (!existsSync(SERVER)) return 'dist/server.js is not there: npm run build';
  return spawnSync('nvim', ['--version']).status === 0 ? false : 'nvim is not installed';
}

test('Neovim shows a diagnostic and a hover', { skip: whatIsMissing() }, (t) => {
  const folder = folderWith(t, { 'toy.c': CODE });
  const { stdout, stderr } = spawnSync(
    'nvim',
    ['--headless', '-u', 'NONE', '-n', '-S', 'test/lsp/neovim.lua'],
    {
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        ...process.env,
        XDG_STATE_HOME: folder,
        XDG_CACHE_HOME: folder,
        IOMMU_REVIEW_NODE: process.execPath,
        IOMMU_REVIEW_SERVER: SERVER,
        IOMMU_REVIEW_FILE: join(folder, 'toy.c'),
        IOMMU_REVIEW_LINE: '2',
      },
    },
  );
  const seen = JSON.parse(stdout) as {
    diagnostics: { code: string; lnum: number; col: number }[];
    hover: unknown;
    messages: string;
  };
  assert.deepEqual(
    seen.diagnostics.map(({ code, lnum, col }) => [code, lnum, col]),
    [['bus-iommu-ops', 4, 8]],
    stderr,
  );
  assert.match(JSON.stringify(seen.hover), /toy_alloc/);
  assert.doesNotMatch(seen.messages, /error|unknown/i, 'nothing of ours is strange to it');
});
