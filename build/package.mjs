/**
 * Packs the extension into `iommu-review-<version>.vsix`: the bundles, the
 * grammars, the pages of the rules, and the native parser with its prebuilds
 * for all systems. `.vscodeignore` lists what goes in.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { bundle } from './bundle.mjs';

/** What the package is useless without; a slip in `.vscodeignore` or a missing step would leave it out quietly. */
const REQUIRED = [
  'dist/extension.js',
  'dist/panel.js',
  'dist/panel.css',
  'dist/server.js',
  'dist/simulator-process.js',
  'dist/cli.js',
  'dist/cli-program.js',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'THIRD-PARTY-NOTICES',
  'media/icon.png',
  'media/series.svg',
  'docs/rules',
];

/** Builds, packs, and returns the path of the package; throws when something is missing. */
export async function packExtension() {
  if (!(await bundle())) throw new Error('the bundles could not be made');
  const absent = REQUIRED.filter((path) => !existsSync(path));
  if (absent.length > 0) throw new Error(`not there to be packed: ${absent.join(', ')}`);
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const packagePath = `${name}-${version}.vsix`;
  // No repository is named, so links in the README stay as they are written.
  await createVSIX({ packagePath, allowMissingRepository: true, rewriteRelativeLinks: false });
  return packagePath;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    const path = await packExtension();
    console.log(`${path} (${(statSync(path).size / 1e6).toFixed(1)} MB)`);
  } catch (error) {
    console.error(`package: ${error.message}`);
    process.exitCode = 1;
  }
}
