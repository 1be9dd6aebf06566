/** Writes the C of the simulated world and the reference designs into a module, so that every bundle has them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const FOLDER = join('server', 'simulated');
export const TEXTS_MODULE = join('server', 'src', 'sim', 'worlds', 'texts.generated.ts');

/** The module's text, from what lies in server/simulated. */
export function textsModule(root = '.') {
  const folder = join(root, FOLDER);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.(?:c|h|patch)$/.test(path))
    .sort();
  const entries = paths.map(
    (path) => `  ${JSON.stringify(path)}: ${quoted(readFileSync(join(folder, path), 'utf8'))},`,
  );
  return [
    '/** Generated from server/simulated by `npm run docs`: change it there. */',
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

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(TEXTS_MODULE, textsModule());
