/** Runs every test/**\/*.test.ts with node's own test runner; arguments select files by a part of their path. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runTestFiles, testFiles } from './node-tests.mjs';
import { writeSimulatedTexts } from './simulated-texts.mjs';

writeSimulatedTexts();
const wanted = process.argv.slice(2);
const files = testFiles('test')
  .filter((file) => !file.startsWith(join('test', 'e2e')))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)));
if (files.length === 0) {
  console.error(`no test file has a path with ${wanted.join(' or ')}`);
  process.exitCode = 1;
} else {
  process.exitCode = await runTestFiles('unit', files, { concurrency: availableParallelism() });
}
