/**
 * Bundles the extension, the language server and the command line into dist/.
 * esbuild does not look at types; `npm run types` does.
 */
import { chmodSync, existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { dropCompiledCode, writeCompiledCode } from './compiled-code.mjs';
import { writeSimulatedTexts } from './simulated-texts.mjs';

/** The parser is native: it stays in node_modules and is loaded from there. */
const NATIVE = ['tree-sitter', 'tree-sitter-c'];
const EXECUTABLE = { js: '#!/usr/bin/env node' };

/** What `dist/cli.js` starts. */
const CLI_PROGRAM = 'dist/cli-program.js';

const BUNDLES = [
  { entry: 'client/src/extension.ts', outfile: 'dist/extension.js', external: ['vscode'] },
  { entry: 'client/panel/main.ts', outfile: 'dist/panel.js', platform: 'browser' },
  { entry: 'client/panel/panel.css', outfile: 'dist/panel.css', platform: 'browser' },
  { entry: 'server/src/lsp/main.ts', outfile: 'dist/server.js', external: NATIVE, banner: EXECUTABLE },
  { entry: 'server/src/lsp/simulator-process.ts', outfile: 'dist/simulator-process.js', external: NATIVE },
  { entry: 'server/src/cli/launch.ts', outfile: 'dist/cli.js', banner: EXECUTABLE },
  { entry: 'server/src/cli/main.ts', outfile: CLI_PROGRAM, external: NATIVE },
];

/** Writes dist/; false when something does not bundle, which esbuild then has said. */
export async function bundle() {
  writeSimulatedTexts();
  const missing = BUNDLES.filter(({ entry }) => !existsSync(entry));
  for (const { entry } of missing) console.error(`build: ${entry} is missing`);
  const present = BUNDLES.filter((each) => !missing.includes(each));
  dropCompiledCode(CLI_PROGRAM);
  const done = await Promise.allSettled(present.map(bundleOne));
  const isDone = missing.length === 0 && done.every(({ status }) => status === 'fulfilled');
  if (isDone) writeCompiledCode(CLI_PROGRAM);
  return isDone;
}

async function bundleOne({ entry, outfile, external = [], banner, platform = 'node' }) {
  await build({
    entryPoints: [entry],
    outfile,
    external,
    ...(banner && { banner }),
    bundle: true,
    platform,
    ...(platform === 'node' ? { format: 'cjs', target: 'node20' } : { format: 'iife', target: 'es2022' }),
    // A program that is started from compiled code (launch.ts) has nobody to import for it.
    supported: { 'dynamic-import': false },
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
  });
  if (banner) chmodSync(outfile, 0o755);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = (await bundle()) ? 0 : 1;
}
