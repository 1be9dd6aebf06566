/**
 * Writes the C of the simulated world and the reference designs into a module,
 * so that every bundle has them. The module is not kept: `npm ci`, the build
 * and the unit tests write it anew.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = join('server', 'simulated');
const TEXTS_MODULE = join('server', 'src', 'sim', 'worlds', 'texts.generated.ts');

/** Brings the module up to date with server/simulated. */
export function writeSimulatedTexts() {
  const text = textsModule();
  if (existsSync(TEXTS_MODULE) && readFileSync(TEXTS_MODULE, 'utf8') === text) return;
  writeFileSync(TEXTS_MODULE, text);
}

function textsModule() {
  const paths = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:c|h|patch)$/.test(path))
    .sort();
  const entries = paths.map(
    (path) => `  ${JSON.stringify(path)}: ${quoted(readFileSync(join(FOLDER, path), 'utf8'))},`,
  );
  return [
    '/** Generated from server/simulated: change it there. */',
    '',
    '/** The files of server/simulated, by path. */',
    `export const TEXTS: Readonly<Record<string, string>> = {\n${entries.join('\n')}\n};`,
    '',
  ].join('\n');
}

/** One line of source for each line of text, so that a change shows as one. */
function quoted(text) {
  const lines = text.split(/(?<=\n)/).map((line) => JSON.stringify(line));
  return lines.length === 0 ? "''" : `\n    ${lines.join(' +\n    ')}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) writeSimulatedTexts();
