/** Generated documentation is as fresh as what it is generated from. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ruleCatalogue } from '../../server/src/analysis/index.js';
import { type RuleDoc, rulePage } from '../../server/src/findings/index.js';

interface Docs {
  rulePages(rules: readonly RuleDoc[], page: typeof rulePage): ReadonlyMap<string, string>;
  stale(pages: ReadonlyMap<string, string>): string[];
  roomTable(): string;
  withRoomTable(text: string): string;
}

const SCRIPT = new URL('../../build/docs.mjs', import.meta.url).href;
const docs: Promise<Docs> = import(SCRIPT);

test('docs/rules, the room table and the bundled texts are fresh (npm run docs)', async () => {
  const { rulePages, stale } = await docs;
  assert.deepEqual(stale(rulePages(ruleCatalogue, rulePage)), []);
});

test('every rule has a page, listed in the README of the pages', async () => {
  const { rulePages } = await docs;
  const pages = rulePages(ruleCatalogue, rulePage);
  assert.equal(pages.size, ruleCatalogue.length + 1);
  for (const { id, summary } of ruleCatalogue) {
    assert.ok(pages.get('docs/rules/README.md')!.includes(`[${id}](${id}.md)`), id);
    assert.ok(pages.get(`docs/rules/${id}.md`)!.startsWith(`# ${id}\n\n${summary}`), id);
  }
});

test('the page of a rule has each form of its fault, and the rule is as loud as the loudest', () => {
  const several = ruleCatalogue.filter(({ forms }) => forms !== undefined);
  assert.ok(several.length > 0);
  for (const rule of several) {
    const { id, forms = [], severity } = rule;
    assert.ok(forms.length > 1, `${id} has one form: it needs no list`);
    for (const form of forms)
      assert.ok(rulePage(rule).includes(`- **${form.of}** (${form.severity}, ${form.confidence})`), id);
    const isLoud = forms.some((form) => form.severity === 'warning');
    assert.equal(severity, isLoud ? 'warning' : 'info', id);
  }
});

test('the room table is put between its markers and nowhere else', async () => {
  const { roomTable, withRoomTable } = await docs;
  const around = (table: string) =>
    `before\n<!-- rooms: written by npm run docs -->\n${table}\n<!-- /rooms -->\nafter\n`;
  assert.equal(withRoomTable(around('old')), around(roomTable()));
  assert.equal(withRoomTable('no markers\n'), 'no markers\n');
});

test('the changelog speaks of the version of package.json', () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
  const { version } = JSON.parse(read('package.json'));
  assert.match(read('CHANGELOG.md'), new RegExp(`^## \\[?${version.replaceAll('.', '\\.')}\\b`, 'm'));
});
