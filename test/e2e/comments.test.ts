/** From a finding to the mail: comments on the lines of a patch, kept over a restart, and written as a reply. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXPECTED } from './expected.js';
import { editorTests } from './session.js';

const { editor, test } = editorTests();

const { file, findings } = EXPECTED.patch;
const [finding] = findings;
const OWN = { on: 'Subject: ', text: 'Is this for stable?' };

function lineOf(part: string): { line: number; text: string } {
  const lines = readFileSync(join(editor.session.workspace, file), 'utf8').split('\n');
  const index = lines.findIndex((line) => line.includes(part));
  assert.ok(index >= 0, `no line has "${part}"`);
  return { line: index + 1, text: lines[index]! };
}

test('a finding becomes a comment on its line', async () => {
  await editor.open(file);
  await editor.waitFor('a squiggle', async () => (await editor.squiggles())[0] ?? null);
  const { line, text } = lineOf(finding.on);
  const titles = await editor.quickFixes(line, text.indexOf(finding.on) + 2);
  const title = titles.find((each) => each.startsWith('Comment: '));
  assert.ok(title, titles.join(' | '));
  await editor.applyQuickFix(title);
  const box = editor.page.locator('.review-widget', { hasText: finding.says });
  await box.waitFor();
  await editor.screenshot('comment-on-finding');
});

test('a comment of one’s own is typed under any line', async () => {
  await editor.gotoLine(lineOf(OWN.on).line);
  await editor.command('Comments: Add Comment on Current Selection');
  const box = editor.page.locator('.review-widget').last();
  await box.locator('.monaco-editor').first().waitFor();
  await editor.page.keyboard.type(OWN.text);
  await box.getByRole('button', { name: 'Add Comment' }).click();
  await editor.page.locator('.review-widget .comment-body', { hasText: OWN.text }).first().waitFor();
  const button = editor.page.locator('.editor-actions [aria-label^="Compose Review Reply"]');
  await button.waitFor();
  await editor.screenshot('comment-written');
});

test('comments are there after a restart, and become the mail that answers the patch', async () => {
  await editor.open(file);
  const marks = editor.page.locator(
    '.comment-range-glyph.comment-thread, .comment-range-glyph.comment-thread-unresolved',
  );
  await editor.waitFor('the marks of two comments', async () => ((await marks.count()) >= 1 ? true : null));
  await editor.command('IOMMU Review: Compose Review Reply');
  await editor.page.locator('.tab.active', { hasText: 'Untitled' }).waitFor();
  await editor.screenshot('reply-mail');
  const mail = (await editor.documentText()).join('\n');
  assert.match(mail, /^To: /m);
  assert.match(mail, /^Subject: Re: /m);
  assert.match(mail, /^In-Reply-To: </m);
  assert.ok(mail.includes(`\n${OWN.text}\n`), mail);
  const { text } = lineOf(finding.on);
  const quote = mail.indexOf(`> ${text}\n\n`);
  assert.ok(quote > 0, mail);
  assert.ok(mail.slice(quote).replace(/\s+/g, ' ').includes(finding.says), mail);
  // What is not saved would be there again in every window of the tests to come.
  await editor.command('View: Revert and Close Editor');
});
