/** The built server in an editor that knows nothing of ours: Neovim, headless, over stdio. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { EXPECTED } from './expected.js';

/** Prints `line rule` for each diagnostic, lines from 1, and ends; ends with 1 when none comes. */
const SCRIPT = `
local server, file, filetype = ...
vim.cmd('edit ' .. vim.fn.fnameescape(file))
vim.bo.filetype = filetype
local client = vim.lsp.start_client({ name = 'iommu-review', cmd = { 'node', server, '--stdio' }, root_dir = vim.fn.getcwd() })
vim.lsp.buf_attach_client(0, client)
local function found() return #vim.diagnostic.get(0) >= EXPECTED end
vim.wait(20000, found, 50)
for _, each in ipairs(vim.diagnostic.get(0)) do
  io.stdout:write(('%d %s\\n'):format(each.lnum + 1, each.code or ''))
end
vim.cmd(found() and 'qall!' or 'cquit!')
`;

const workspace = resolve('test/e2e/workspace');

for (const [what, filetype] of [
  ['c', 'c'],
  ['patch', 'mail'],
] as const) {
  test(`Neovim shows the findings of a ${what} document`, () => {
    const { file, findings } = EXPECTED[what];
    const path = join(workspace, file);
    const lines = readFileSync(path, 'utf8').split('\n');
    const scratch = mkdtempSync(join(tmpdir(), 'iommu-review-nvim-'));
    try {
      const script = join(scratch, 'check.lua');
      writeFileSync(script, SCRIPT.replace('EXPECTED', String(findings.length)));
      const argument = [resolve('dist/server.js'), path, filetype]
        .map((text) => JSON.stringify(text))
        .join(', ');
      const { status, stdout, stderr } = spawnSync(
        'nvim',
        ['--headless', '--clean', '-n', '-c', `lua loadfile(${JSON.stringify(script)})(${argument})`],
        { encoding: 'utf8', cwd: workspace, timeout: 40_000 },
      );
      const shown = stdout.split('\n');
      for (const { rule, on } of findings) {
        const line = lines.findIndex((text) => text.includes(on)) + 1;
        assert.ok(shown.includes(`${line} ${rule}`), `${rule} on line ${line} in:\n${stdout}\n${stderr}`);
      }
      assert.equal(status, 0, stderr);
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  });
}
