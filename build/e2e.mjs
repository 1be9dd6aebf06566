/**
 * Tests in real editors: the packed extension in VS Code (code-server) driven
 * by a browser, and the language server in Neovim. What is not installed is
 * passed over with one line, unless CI is set, where it must be there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { findCodeServer, prepareProfile, startCodeServer } from './code-server.mjs';
import { forgetTotals, runTestFiles, testFiles } from './node-tests.mjs';
import { packExtension } from './package.mjs';

const BROWSERS = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
];
const SCREENSHOTS = join('out', 'screenshots');

const chromium = BROWSERS.find((path) => path && existsSync(path));
const codeServer = findCodeServer();
const missing = [...(chromium ? [] : ['chromium']), ...(codeServer ? [] : ['code-server'])];
const hasNeovim = spawnSync('nvim', ['--version'], { stdio: 'ignore' }).status === 0;
const wanted = process.argv.slice(2);

forgetTotals('e2e');
if (missing.length > 0) {
  const where = 'chromium from the system, code-server by "node build/code-server.mjs"';
  console.log(`e2e: no tests in VS Code, because of missing ${missing.join(' and ')} (${where})`);
}
if (missing.length > 0 && process.env.CI) {
  process.exitCode = 1;
} else {
  try {
    process.exitCode = await run();
  } catch (error) {
    console.error(`e2e: ${error.stack}`);
    process.exitCode = 1;
  }
}

async function run() {
  const files = testFiles(join('test', 'e2e'))
    .filter((file) => (file.includes('neovim') ? hasNeovim : missing.length === 0))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
  if (files.length === 0) return 0;
  const vsix = resolve(await packExtension());
  const scratch = mkdtempSync(join(tmpdir(), 'iommu-review-e2e-'));
  const workspace = join(scratch, 'workspace');
  const profile = join(scratch, 'profile');
  cpSync(join('test', 'e2e', 'workspace'), workspace, { recursive: true });
  rmSync(SCREENSHOTS, { recursive: true, force: true });
  let server = null;
  try {
    if (missing.length === 0) {
      prepareProfile({
        entry: codeServer,
        profile,
        vsix,
        settings: { 'editor.fontFamily': 'DejaVu Sans Mono' },
      });
      server = await startCodeServer({ entry: codeServer, profile, workspace });
    }
    const session = {
      chromium,
      workspace,
      profile,
      vsix,
      screenshots: resolve(SCREENSHOTS),
      url: server?.url,
      port: server?.port,
    };
    return runTestFiles('e2e', files, { env: { IOMMU_REVIEW_E2E: JSON.stringify(session) }, concurrency: 1 });
  } finally {
    server?.child.kill();
    if (!process.env.IOMMU_REVIEW_KEEP) rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
}
