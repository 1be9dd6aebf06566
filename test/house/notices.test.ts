import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('THIRD-PARTY-NOTICES names what the lockfile installs', () => {
  const { status, stderr } = spawnSync(process.execPath, ['build/notices.mjs', '--check'], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});
