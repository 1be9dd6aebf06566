/**
 * Writes what can be derived: a page for each rule and their list under
 * docs/rules/, and the table of rooms in ARCHITECTURE.md. A test says when they
 * are stale; `npm run docs` makes them fresh.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ROOMS } from './rooms.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGES = 'docs/rules';
const ARCHITECTURE = 'ARCHITECTURE.md';

/** What each room knows; what it may use stands in rooms.mjs. */
const KNOWS = {
  base: 'places and lines in a text, and what to do when the impossible happens',
  findings: 'what is said: findings, traces of runs, rule pages, fingerprints, words on lines',
  protocol: "the project's own LSP messages and settings, and what both ends must tell alike",
  patch: 'mails, mailboxes, diffs and series: text in, messages, files, hunks and line maps out',
  syntax: 'kernel C to a tree; the only room that sees tree-sitter',
  tree: 'the kernel source around the code, and patches applied to it in memory',
  ir: 'one function at a time as a flat list of typed instructions, and what could not be lowered',
  'sim/model': 'values, objects and cells, locks, containers of the simulated kernel; knows no C',
  'sim/kernel': 'what functions of the kernel do that are not run: one table, by effect, failure and context',
  'sim/engine': 'runs IR on the model: the tape of choices, monitors, exploring, recording, replaying',
  'sim/code': 'which IR a name means in which file: the bridge from declarations to the engine',
  'sim/scenarios': 'what is run beside what, how far, and what the runs say together',
  'sim/worlds':
    'the reference designs, and the devices, drivers and stories that they are run with; what came of each',
  iommu: 'what a struct or function is in the IOMMU world, and the facts of its design',
  project: 'what a project says of its own code in .iommu-review.json, and what is wrong with that file',
  rules: 'one fault a file; sees roles and facts, never raw text',
  analysis: 'the façade over all that: texts in, findings out',
  compare: 'findings of two versions of a series: which are gone, new, and still there',
  review: 'patches and files in, findings and runs on the lines in question out; text, JSON, SARIF, pictures',
  reply: 'comments on the lines of a mail, to the mail that answers it and back',
  disk: 'files below a root, for paths that nobody vouches for, and which folders are kernel trees',
  git: 'ranges, history and committed files of a repository; git is run to read, and nothing else is',
  lsp: 'the only room that knows the language server protocol',
  cli: 'arguments, files, exit statuses',
};

const BEGIN = '<!-- rooms: written by npm run docs -->';
const END = '<!-- /rooms -->';

/** The table of rooms in Markdown. */
export function roomTable() {
  const rows = Object.entries(ROOMS).map(([room, uses]) => {
    if (!KNOWS[room]) throw new Error(`build/docs.mjs does not say what the room ${room} knows`);
    return `| \`${room}/\` | ${KNOWS[room]} | ${uses.join(', ') || '–'} |`;
  });
  return ['| room | knows | uses |', '|---|---|---|', ...rows].join('\n');
}

/** ARCHITECTURE.md with a fresh table between its markers; unchanged when it has none. */
export function withRoomTable(text) {
  const begin = text.indexOf(BEGIN);
  const end = text.indexOf(END);
  if (begin < 0 || end < begin) return text;
  return `${text.slice(0, begin + BEGIN.length)}\n${roomTable()}\n${text.slice(end)}`;
}

/** Text by path of every page under docs/rules/. */
export function rulePages(rules, rulePage) {
  const sorted = [...rules].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = sorted.map(
    ({ id, severity, summary }) => `| [${id}](${id}.md) | ${severity} | ${cell(summary)} |`,
  );
  const list = `# Rules

Written by \`npm run docs\` from the rules themselves; each page has C that its rule objects to and C that it does not.
The same on a terminal: \`iommu-review explain RULE\`.

| rule | severity | what is wrong |
|---|---|---|
${rows.join('\n')}
`;
  const pages = sorted.map((rule) => [`${PAGES}/${rule.id}.md`, rulePage(rule)]);
  return new Map([[`${PAGES}/README.md`, list], ...pages]);
}

/** What is not as it would be written now, by path. */
export function stale(pages) {
  const there = existsSync(join(ROOT, PAGES)) ? readdirSync(join(ROOT, PAGES)) : [];
  const surplus = there.map((name) => `${PAGES}/${name}`).filter((path) => !pages.has(path));
  const old = [...pages].filter(([path, text]) => readOr(path, null) !== text).map(([path]) => path);
  const architecture = readOr(ARCHITECTURE, '');
  return [...surplus, ...old, ...(withRoomTable(architecture) === architecture ? [] : [ARCHITECTURE])];
}

function write(pages) {
  rmSync(join(ROOT, PAGES), { recursive: true, force: true });
  mkdirSync(join(ROOT, PAGES), { recursive: true });
  for (const [path, text] of pages) writeFileSync(join(ROOT, path), text);
  const architecture = readOr(ARCHITECTURE, null);
  if (architecture !== null) writeFileSync(join(ROOT, ARCHITECTURE), withRoomTable(architecture));
}

function readOr(path, otherwise) {
  return existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path), 'utf8') : otherwise;
}

/** A bar would end the cell of a Markdown table. */
function cell(text) {
  return text.replace(/\|/g, '\\|').replace(/\s+/g, ' ');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { tsImport } = await import('tsx/esm/api');
  const { ruleCatalogue } = await tsImport('../server/src/analysis/index.ts', import.meta.url);
  const { rulePage } = await tsImport('../server/src/findings/index.ts', import.meta.url);
  const pages = rulePages(ruleCatalogue, rulePage);
  const before = stale(pages);
  write(pages);
  console.log(before.length > 0 ? before.map((path) => `wrote ${path}`).join('\n') : 'docs are fresh');
}
