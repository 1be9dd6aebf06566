/**
 * VS Code without a desktop: code-server, installed from the npm registry into
 * a cache folder outside the project, because it is far too large to be a
 * dependency. Knows how to find, install and start it, and nothing of what is
 * then done with it. `node build/code-server.mjs` installs and prints the place.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The newest one for Node 20 (VS Code 1.100), and the one to use from Node 22.15 on (VS Code 1.139). */
const VERSIONS = { old: '4.100.3', new: '4.139.1' };

/** What code-server asks for at start but never uses with `--auth none`; its own needs a compiler. */
const ARGON2_STUB = `const absent = async () => { throw new Error('argon2 is not installed'); };
module.exports = { hash: absent, verify: absent };
`;

function version() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 15) ? VERSIONS.new : VERSIONS.old;
}

export function cacheFolder() {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'iommu-review');
}

function folder() {
  return join(cacheFolder(), `code-server-${version()}`);
}

/** The script that starts an installed code-server, or null. */
export function findCodeServer() {
  const entry = join(folder(), 'node_modules/code-server/out/node/entry.js');
  return existsSync(join(folder(), 'installed')) && existsSync(entry) ? entry : null;
}

/** Installs code-server unless it is there; returns its entry. Throws when npm fails. */
export function installCodeServer(say = console.log) {
  const present = findCodeServer();
  if (present) return present;
  const target = folder();
  say(`installing code-server ${version()} (about 300 to 600 MB) into ${target}`);
  // A folder of its own until it is whole, so that an interrupted installation is never taken for a good one.
  const draft = `${target}.${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true });
  writeFileSync(join(draft, 'package.json'), '{ "private": true }\n');
  npm(['install', '--ignore-scripts', `code-server@${version()}`], draft);
  const vscode = join(draft, 'node_modules/code-server/lib/vscode');
  for (const place of [vscode, join(vscode, 'extensions')])
    npm(['install', '--ignore-scripts', '--omit=dev'], place);
  for (const place of [draft, vscode]) stubArgon2(place);
  writeFileSync(join(draft, 'installed'), `${version()}\n`);
  rmSync(target, { recursive: true, force: true });
  renameSync(draft, target);
  return findCodeServer();
}

function npm(args, cwd) {
  const common = ['--no-audit', '--no-fund', '--loglevel=error'];
  const { status, error, stderr } = spawnSync('npm', [...args, ...common], {
    cwd,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`npm ${args.join(' ')} in ${cwd} failed:\n${stderr}`);
}

function stubArgon2(place) {
  const argon2 = join(place, 'node_modules/argon2');
  if (!existsSync(argon2)) return;
  writeFileSync(
    join(argon2, 'package.json'),
    '{ "name": "argon2", "version": "0.0.0", "main": "index.js" }\n',
  );
  writeFileSync(join(argon2, 'index.js'), ARGON2_STUB);
}

/** What a fresh profile must say to be quiet: nothing asks, nothing updates, nothing saves on its own. */
export const QUIET_SETTINGS = {
  'telemetry.telemetryLevel': 'off',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'security.workspace.trust.enabled': false,
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'editor.minimap.enabled': false,
  'editor.folding': false,
  'git.enabled': false,
  'files.autoSave': 'off',
  'window.autoDetectColorScheme': false,
};

/** Arguments and environment that keep everything code-server writes inside `profile`. */
function isolation(profile) {
  return {
    args: ['--user-data-dir', join(profile, 'ud'), '--extensions-dir', join(profile, 'ext')],
    env: {
      ...process.env,
      XDG_CONFIG_HOME: profile,
      XDG_DATA_HOME: profile,
      PASSWORD: '',
      HASHED_PASSWORD: '',
    },
  };
}

/** Writes the profile's settings and installs a `.vsix` into it. */
export function prepareProfile({ entry, profile, vsix, settings = {} }) {
  const { args, env } = isolation(profile);
  const user = join(profile, 'ud/User');
  mkdirSync(user, { recursive: true });
  writeFileSync(join(user, 'settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }, null, 2));
  const config = join(profile, 'config.yaml');
  writeFileSync(config, 'auth: none\n');
  if (!vsix) return;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [entry, '--config', config, ...args, '--install-extension', vsix],
    { env, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`code-server does not install ${vsix}:\n${stdout}${stderr}`);
}

/** Starts code-server on a workspace and waits until it answers. `path`: where it finds programs, when not as a shell of the user's does. */
export async function startCodeServer({ entry, profile, workspace, port, path }) {
  const { args, env } = isolation(profile);
  const chosen = port ?? (await freePort());
  const quiet = [
    '--auth',
    'none',
    '--disable-telemetry',
    '--disable-update-check',
    '--disable-getting-started-override',
  ];
  const child = spawn(
    process.execPath,
    [
      entry,
      '--config',
      join(profile, 'config.yaml'),
      '--bind-addr',
      `127.0.0.1:${chosen}`,
      ...quiet,
      ...args,
      workspace,
    ],
    // Unless it is told that a terminal started it, it asks a login shell for the environment.
    { env: path ? { ...env, PATH: path, VSCODE_CLI: '1' } : env, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let log = '';
  child.stdout.on('data', (chunk) => {
    log += chunk;
  });
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  const url = `http://127.0.0.1:${chosen}`;
  for (let attempt = 0; attempt < 120; attempt++) {
    if (child.exitCode !== null) throw new Error(`code-server ended with ${child.exitCode}:\n${log}`);
    if (await answers(`${url}/healthz`)) return { url, port: chosen, child, log: () => log };
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  child.kill();
  throw new Error(`code-server does not answer on ${url}:\n${log}`);
}

async function answers(url) {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** The address that opens `folder` and, in it, `files`, each by its absolute path. */
export function editorAddress({ url, port, folder: root, files = [] }) {
  const payload = files.map((file) => ['openFile', `vscode-remote://127.0.0.1:${port}${encodeURI(file)}`]);
  const query = new URLSearchParams({ folder: root });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${url}/?${query}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(installCodeServer());
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
