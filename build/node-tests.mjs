/**
 * Runs test files with node's own runner and leaves what came of them in
 * out/totals/, where `npm test` adds it up.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { withCompiled } from './compiled-tests.mjs';

const TOTALS = join('out', 'totals');

function totalsFile(name) {
  return join(TOTALS, `${name}.json`);
}

/** Every `*.test.ts` under `folder`, in a steady order. */
export function testFiles(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}

/** Runs the files; returns node's exit status. `concurrency` 1 for tests that share something. */
export function runTestFiles(name, files, { env = {}, concurrency } = {}) {
  forgetTotals(name);
  mkdirSync(TOTALS, { recursive: true });
  return withCompiled(files, (compiled) => {
    const { status } = spawnSync(
      process.execPath,
      [
        '--enable-source-maps',
        '--test',
        ...(concurrency ? [`--test-concurrency=${concurrency}`] : []),
        '--test-reporter=spec',
        '--test-reporter-destination=stdout',
        `--test-reporter=${new URL('./totals-reporter.mjs', import.meta.url).href}`,
        `--test-reporter-destination=${totalsFile(name)}`,
        ...compiled,
      ],
      { stdio: 'inherit', env: { ...process.env, ...env } },
    );
    return status ?? 1;
  });
}

export function forgetTotals(name) {
  rmSync(totalsFile(name), { force: true });
}

export function writeTotals(name, totals) {
  mkdirSync(TOTALS, { recursive: true });
  writeFileSync(totalsFile(name), JSON.stringify(totals));
}

/** What the last run left; nothing passed when it left nothing. */
export function readTotals(name) {
  const file = totalsFile(name);
  if (!existsSync(file)) return { passed: 0, failed: 0 };
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0 };
  }
}
