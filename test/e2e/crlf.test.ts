/** Files whose lines end as in DOS: squiggles stand where they belong, and a fix leaves the ends as they are. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPECTED } from './expected.js';
import { placeOf } from './lines.js';
import { editorTests } from './session.js';

const { editor, test } = editorTests();
const { finding, title, leaves } = EXPECTED.fix;

for (const [what, { file, findings }] of [
  ['C file', EXPECTED.c],
  ['patch', EXPECTED.patch],
] as const) {
  test(`in a ${what}`, async () => {
    const dos = file.replace(/\/([^/]*)$/, '/dos-$1');
    const path = join(editor.session.workspace, dos);
    const text = readFileSync(join(editor.session.workspace, file), 'utf8');
    writeFileSync(path, text.replaceAll('\n', '\r\n'));
    await editor.open(dos);
    const lines = text.split('\n');
    const at = ({ on }: { readonly on: string }) => placeOf(lines, on);
    const has = (rows: readonly string[], rule: string, line: number) =>
      rows.some((row) => row.includes(rule) && row.includes(`Ln ${line},`));
    await editor.problems((rows) => findings.every((each) => has(rows, each.rule, at(each).line)));
    const { line, column } = at(finding);
    await editor.gotoLine(line);
    await editor.waitFor('its squiggle', async () =>
      (await editor.squiggles()).some((each) => each.line === line) ? true : null,
    );
    await editor.page.locator('.statusbar-item[id="status.editor.eol"]', { hasText: 'CRLF' }).waitFor();
    await editor.quickFixes(line, column + 6);
    await editor.applyQuickFix(title);
    await editor.problems((rows) => !rows.some((row) => row.includes(finding.rule)));
    await editor.screenshot(`crlf-${what.replace(' ', '-')}`);
    await editor.command('File: Save');
    const saved = await editor.waitFor('the saved file', async () => {
      const now = readFileSync(path, 'utf8');
      return now.includes(leaves) ? now : null;
    });
    // What is not saved would be there again in every window of the tests to come.
    await editor.page.locator('.tab.active:not(.dirty)').waitFor();
    assert.deepEqual(
      saved.split('\n').filter((each) => each !== '' && !each.endsWith('\r')),
      [],
    );
  });
}
