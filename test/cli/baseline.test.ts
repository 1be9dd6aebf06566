/** A baseline forgives what it knows, through edits elsewhere, and nothing more. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { cli, mail, workshop } from './bench.js';

const LINES = ['int a;', 'int WARNING;', 'int b;', 'int ERROR;'];

async function withBaseline() {
  const cwd = workshop({ 'a.c': LINES.join('\n') });
  const written = await cli(['check', '--write-baseline', 'known.json', 'a.c'], { cwd });
  assert.equal(written.status, 1, 'writing forgives nothing yet');
  const check = async (text: string) => {
    writeFileSync(join(cwd, 'a.c'), text);
    return cli(['check', '--baseline', 'known.json', 'a.c'], { cwd });
  };
  return { cwd, check };
}

test('what the baseline knows is not reported, wherever it has moved', async () => {
  const { check } = await withBaseline();
  for (const text of [
    LINES.join('\n'),
    ['/* new */', '', ...LINES].join('\n'),
    LINES.join('\n\n').replace('int W', 'int\t W'),
  ]) {
    const { status, out } = await check(text);
    assert.equal(status, 0, text);
    assert.match(out, /^Nothing to object to in 1 C file .*; 2 known from the baseline\n$/);
  }
});

test('what is new is reported, also beside its like', async () => {
  const { check } = await withBaseline();
  const twice = await check([...LINES, 'int WARNING;'].join('\n'));
  assert.equal(twice.status, 1);
  assert.match(twice.out, /a\.c:5:5: warning/);
  assert.doesNotMatch(twice.out, /a\.c:2:5/);
  const other = await check(LINES.join('\n').replace('int WARNING', 'long WARNING'));
  assert.match(other.out, /a\.c:2:6: warning/);
});

test('a baseline reads well and does not depend on order', async () => {
  const { cwd } = await withBaseline();
  const known = JSON.parse(readFileSync(join(cwd, 'known.json'), 'utf8'));
  assert.equal(known.version, 1);
  assert.deepEqual(Object.keys(known.findings[0]), [
    'fingerprint',
    'count',
    'rule',
    'file',
    'function',
    'message',
  ]);
  assert.match(known.findings[0].fingerprint, /^[0-9a-f]{16}$/);
  writeFileSync(join(cwd, 'a.c'), [...LINES].reverse().join('\n'));
  await cli(['check', '--write-baseline', 'again.json', 'a.c'], { cwd });
  const prints = (name: string) =>
    JSON.parse(readFileSync(join(cwd, name), 'utf8')).findings.map(
      (entry: { fingerprint: string }) => entry.fingerprint,
    );
  assert.deepEqual(prints('again.json'), prints('known.json'));
});

test('a line has one fingerprint in the patch that adds it and in the file that has it', async () => {
  const cwd = workshop({
    'fix.mbox': mail('int WARNING;'),
    'drivers/iommu/iommu.c': 'int WARNING;\n',
    'include/linux/iommu.h': '',
  });
  await cli(['check', '--write-baseline', 'known.json', 'drivers/iommu/iommu.c'], { cwd });
  const { status } = await cli(['check', '--baseline', 'known.json', 'fix.mbox'], { cwd });
  assert.equal(status, 0);
});
