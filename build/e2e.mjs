/**
 * Tests in real editors: the packed extension in VS Code (code-server) driven
 * by a browser, and the language server in Neovim and Emacs. What is not installed is
 * passed over with one line, unless CI is set, where it must be there.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join, resolve } from 'node:path';
import { findCodeServer, prepareProfile, startCodeServer } from './code-server.mjs';
import { forgetTotals, readTotals, runTestFiles, testFiles, writeTotals } from './node-tests.mjs';
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
/** What a test file needs, by a word of its name; all others need VS Code in a browser. */
const NEEDS = {
  neovim: [['Neovim', runs('nvim', '--version')]],
  // With its client for language servers, which Emacs 28 does not bring along.
  emacs: [['Emacs with eglot', runs('emacs', '--batch', '-q', '--eval', "(require 'eglot)")]],
  vscode: [
    ['chromium', chromium !== undefined],
    ['code-server (node build/code-server.mjs)', codeServer !== null],
  ],
};
const missing = Object.values(NEEDS)
  .flat()
  .flatMap(([name, isThere]) => (isThere ? [] : [name]));
const wanted = process.argv.slice(2);

forgetTotals('e2e');
if (missing.length > 0)
  console.log(`e2e: tests are passed over, because these are not installed: ${missing.join(', ')}`);
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

function runs(...command) {
  return spawnSync(command[0], command.slice(1), { stdio: 'ignore' }).status === 0;
}

function needsOf(file) {
  return NEEDS[Object.keys(NEEDS).find((word) => file.includes(word)) ?? 'vscode'];
}

async function run() {
  const files = testFiles(join('test', 'e2e'))
    .filter((file) => needsOf(file).every(([, isThere]) => isThere))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
  if (files.length === 0) return 0;
  const vsix = resolve(await packExtension());
  const scratch = mkdtempSync(join(tmpdir(), 'iommu-review-e2e-'));
  rmSync(SCREENSHOTS, { recursive: true, force: true });
  const installed = join(scratch, 'installed');
  const totals = { passed: 0, failed: 0 };
  let status = 0;
  try {
    if (files.some((file) => needsOf(file) === NEEDS.vscode))
      prepareProfile({
        entry: codeServer,
        profile: installed,
        vsix,
        settings: { 'editor.fontFamily': 'DejaVu Sans Mono' },
      });
    for (const file of files) {
      const name = basename(file, '.test.ts');
      status = Math.max(status, await runFile(file, { vsix, installed, folder: join(scratch, name) }));
      const { passed, failed } = readTotals(`e2e-${name}`);
      totals.passed += passed;
      totals.failed += failed;
    }
  } finally {
    writeTotals('e2e', totals);
    if (!process.env.IOMMU_REVIEW_KEEP) rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
  return status;
}

/**
 * One file, with an editor, a profile and a workspace of its own: what a person leaves behind is there in the next
 * window. `installed`: a profile in which the extension was just installed, of which this one is a copy.
 */
async function runFile(file, { vsix, installed, folder }) {
  const workspace = join(folder, 'workspace');
  const profile = join(folder, 'profile');
  const ran = join(folder, 'ran');
  cpSync(join('test', 'e2e', 'workspace'), workspace, { recursive: true });
  let server = null;
  try {
    if (needsOf(file) === NEEDS.vscode) {
      cpSync(installed, profile, { recursive: true });
      const path = file.includes('untrusted')
        ? [noteRuns(folder, ran), process.env.PATH].join(delimiter)
        : null;
      server = await startCodeServer({ entry: codeServer, profile, workspace, path });
    }
    const session = {
      ...{ chromium, workspace, profile, vsix, ran, screenshots: resolve(SCREENSHOTS) },
      ...{ url: server?.url, port: server?.port },
    };
    return await runTestFiles(`e2e-${basename(file, '.test.ts')}`, [file], {
      env: { IOMMU_REVIEW_E2E: JSON.stringify(session) },
      concurrency: 1,
    });
  } finally {
    server?.child.kill();
  }
}

/** A folder with a `git` and a `b4` that only note that they were run, and fail. */
function noteRuns(scratch, ran) {
  const bin = join(scratch, 'bin');
  mkdirSync(bin);
  for (const name of ['git', 'b4'])
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> '${ran}'\nexit 1\n`, { mode: 0o755 });
  return bin;
}
