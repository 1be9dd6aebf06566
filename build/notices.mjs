/**
 * Writes THIRD-PARTY-NOTICES: every package that the lockfile installs for
 * users, with its licence as it ships. `--check` only says whether the file is
 * up to date.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'THIRD-PARTY-NOTICES';
const LICENCE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-][\w.-]*)?$/i;

const HEAD = `Third-party notices

IOMMU Review contains or installs the packages below. Each comes under the
licence printed with it. Made from package-lock.json by "node build/notices.mjs".
`;

function notices() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const byName = new Map();
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '' || entry.dev || entry.devOptional || entry.link) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    // The same version in two places is one package.
    byName.set(`${name} ${entry.version}`, { name, path, ...entry });
  }
  const ordered = [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
  return [HEAD, ...ordered.map(([, entry]) => notice(entry))].join(`\n${'-'.repeat(78)}\n\n`);
}

function notice({ name, version, license, path }) {
  const texts = existsSync(path)
    ? readdirSync(path)
        .filter((file) => LICENCE_FILE.test(file))
        .sort()
        .map((file) =>
          readFileSync(join(path, file), 'utf8')
            .replaceAll('\r\n', '\n')
            .replace(/[ \t]+$/gm, '')
            .trim(),
        )
    : [];
  if (texts.length === 0) throw new Error(`${path}: no licence text; run "npm ci" first`);
  return `${name} ${version} (${license})\n\n${texts.join('\n\n')}\n`;
}

try {
  const wanted = notices();
  if (!process.argv.includes('--check')) {
    writeFileSync(FILE, wanted);
  } else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== wanted) {
    console.error(`${FILE} is not what package-lock.json installs: run "node build/notices.mjs"`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(`notices: ${error.message}`);
  process.exitCode = 1;
}
