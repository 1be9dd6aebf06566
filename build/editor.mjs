/**
 * `npm run editor`: VS Code with the extension, on a copy of the sample
 * workspace and the sample patches, or on the folder given as an argument.
 * Desktop VS Code when `code` is there; otherwise code-server, which is VS Code
 * in a browser. The profile is one of its own, so that nothing of the user's
 * changes.
 */
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  cacheFolder,
  editorAddress,
  installCodeServer,
  prepareProfile,
  startCodeServer,
} from './code-server.mjs';
import { packExtension } from './package.mjs';

const wanted = process.argv[2];
const workspace = wanted ? resolve(wanted) : copySamples();
const inWindows = process.platform === 'win32';

try {
  console.log('packing the extension …');
  const vsix = resolve(await packExtension());
  if (hasDesktop()) openDesktop(vsix);
  else await openInBrowser(vsix);
} catch (error) {
  console.error(`editor: ${error.message}`);
  process.exitCode = 1;
}

/** The miniature tree of samples/workspace with the sample patches in it, in the cache: whoever tries things changes no file of ours. */
function copySamples() {
  const copy = join(cacheFolder(), 'samples');
  rmSync(copy, { recursive: true, force: true });
  mkdirSync(copy, { recursive: true });
  cpSync(join('samples', 'workspace'), copy, { recursive: true });
  for (const name of patchesIn('samples')) cpSync(join('samples', name), join(copy, name));
  return copy;
}

function patchesIn(folder) {
  return readdirSync(folder)
    .filter((name) => /\.(?:patch|mbox|mbx|eml)$/.test(name))
    .sort();
}

function hasDesktop() {
  return spawnSync('code', ['--version'], { stdio: 'ignore', shell: inWindows }).status === 0;
}

function openDesktop(vsix) {
  const profile = join(cacheFolder(), 'desktop');
  mkdirSync(profile, { recursive: true });
  const own = ['--user-data-dir', join(profile, 'ud'), '--extensions-dir', join(profile, 'ext')];
  const options = { stdio: 'inherit', shell: inWindows };
  const installed = spawnSync('code', [...own, '--install-extension', vsix, '--force'], options);
  if (installed.status !== 0) throw new Error('VS Code does not install the extension');
  spawnSync('code', [...own, '--new-window', workspace, ...firstFiles()], options);
  console.log(`VS Code is open on ${workspace}, with a profile of its own in ${profile}.`);
}

async function openInBrowser(vsix) {
  const entry = installCodeServer();
  const profile = mkdtempSync(join(tmpdir(), 'iommu-review-editor-'));
  prepareProfile({ entry, profile, vsix });
  const server = await startCodeServer({
    entry,
    profile,
    workspace,
    port: Number(process.env.PORT) || undefined,
  });
  const address = editorAddress({ ...server, folder: workspace, files: firstFiles() });
  console.log(`VS Code runs with the extension on ${workspace}:\n\n  ${address}\n\nCtrl+C ends it.`);
  openBrowser(address);
  const end = () => {
    server.child.kill();
    rmSync(profile, { recursive: true, force: true });
    process.exit(0);
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  server.child.on('exit', end);
}

/** Of the sample workspace, its patch, which is what is to be seen. */
function firstFiles() {
  if (wanted) return [];
  return patchesIn(workspace)
    .slice(0, 1)
    .map((name) => join(workspace, name));
}

/** Tries to show the address; without a desktop the printed line has to do. */
function openBrowser(address) {
  const openers = { darwin: 'open', win32: 'explorer' };
  const child = spawn(openers[process.platform] ?? 'xdg-open', [address], {
    stdio: 'ignore',
    detached: true,
  });
  child.on('error', () => {});
  child.unref();
}
