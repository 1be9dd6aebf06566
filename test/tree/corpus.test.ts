/**
 * Hunks of real mails of the iommu list, each as C on its own. Skipped where
 * the corpus is not beside the checkout.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openMailbox, type PatchFile } from '../../server/src/patch/index.js';
import { CFile } from '../../server/src/syntax/index.js';
import { hunksImage } from '../../server/src/tree/index.js';

const archive = fileURLToPath(new URL('../../../shared/corpus/mails/sample-1500.mbox.xz', import.meta.url));
const skip = !existsSync(archive)
  ? `no corpus at ${archive}`
  : spawnSync('xz', ['--version']).status !== 0
    ? 'xz is not installed'
    : false;

/**
 * What is reached; more errors are a step back. Of the ten, seven are errors of
 * the patches themselves (a parenthesis or semicolon forgotten, a name that
 * begins with a digit), two begin on the last line of a macro, one amid the
 * parameters of a pointer to a function that the section cuts off.
 */
const EXPECTED = { hunks: 5912, withErrors: 10 };

function* cFiles(): Generator<PatchFile & { newPath: string }> {
  const box = openMailbox(execFileSync('xz', ['-dc', archive], { maxBuffer: 1 << 28 }));
  for (let index = 0; index < box.messageCount; index++)
    for (const file of box.messageAt(index).files)
      if (file.newPath && /\.[ch]$/.test(file.newPath)) yield { ...file, newPath: file.newPath };
}

describe('the hunks of real mails', { skip }, () => {
  it('parse without an error', (t) => {
    let hunks = 0;
    const withErrors: string[] = [];
    for (const file of cFiles())
      for (const hunk of file.hunks) {
        hunks++;
        const { text, lines, standIns } = hunksImage({ ...file, hunks: [hunk] }, file.newPath);
        if (new CFile(text, standIns).errors.length > 0)
          withErrors.push(`line ${hunk.rawLine}: ${file.newPath}`);
        const shown = lines.flatMap(({ rawLine }) => rawLine ?? []);
        assert.deepEqual(
          shown,
          hunk.lines.filter(({ kind }) => kind !== 'removed').map(({ rawLine }) => rawLine),
        );
      }
    t.diagnostic(`${hunks} hunks, ${withErrors.length} with a parse error`);
    for (const each of withErrors) t.diagnostic(each);
    assert.equal(hunks, EXPECTED.hunks);
    assert.ok(withErrors.length <= EXPECTED.withErrors, withErrors.join('\n'));
  });
});
