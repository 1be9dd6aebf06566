import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withoutSource } from '../../client/src/journal.js';

const HOMES = [
  ['/home/ada/.vscode/extensions/iommu', '<extension>'],
  ['/home/ada', '~'],
] as const;

test('of standard error only names of errors and stack frames are kept', () => {
  assert.equal(
    withoutSource('TypeError: int secret_function(void) is odd', HOMES),
    'TypeError (message left out)',
  );
  assert.equal(withoutSource('Error: at line "int x;"', HOMES), 'Error (message left out)');
  assert.equal(withoutSource('	struct secret *s;', HOMES), null);
  assert.equal(withoutSource('      throw new Error("int x")', HOMES), null);
});

test('frames lose the folders of the user', () => {
  assert.equal(
    withoutSource('    at check (/home/ada/.vscode/extensions/iommu/dist/server.js:1:2)', HOMES),
    '    at check (<extension>/dist/server.js:1:2)',
  );
});
