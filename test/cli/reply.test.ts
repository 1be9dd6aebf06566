/** `reply`: the mail on standard output, and what is said of comments that have no place. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli, mail, workshop } from './bench.js';

const FILES = { 'fix.patch': mail('int WARNING;'), 'quiet.patch': mail('int quiet;') };

test('findings stand under the lines that they are about', async () => {
  const { status, out, err } = await cli(['reply', '--from', 'Ann <ann@x.org>', 'fix.patch'], {
    cwd: workshop(FILES),
  });
  assert.equal(status, 1);
  assert.match(out, /^From: Ann <ann@x\.org>\nTo: Somebody <somebody@example\.org>\n/);
  assert.match(out, /\nSubject: Re: \[PATCH\] iommu: Add a line\nIn-Reply-To: <1@example\.org>\n/);
  assert.match(
    out,
    /\n> @@ -10,3 .*\n(?:>.*\n)+> \+int WARNING;\n\n`WARNING` shouts .*\n\nThis assumes: nobody is deaf\n$/,
  );
  assert.equal(err, '');
});

test('nothing to say is nothing written', async () => {
  const { status, out } = await cli(['reply', 'quiet.patch'], { cwd: workshop(FILES) });
  assert.deepEqual([status, out], [0, '']);
});

test('answers to several mails are a mailbox', async () => {
  const two = { 'a.patch': FILES['fix.patch'], 'b.patch': mail('int ERROR;', { title: 'Another' }) };
  const { out } = await cli(['reply', 'a.patch', 'b.patch'], { cwd: workshop(two) });
  assert.equal(out.match(/^From mboxrd@z /gm)?.length, 2);
});

const given = async (comments: unknown) =>
  cli(['reply', '--comments', 'said.json', 'fix.patch'], {
    cwd: workshop({
      ...FILES,
      'said.json': typeof comments === 'string' ? comments : JSON.stringify(comments),
    }),
  });

test('comments that are given are said instead', async () => {
  const { status, out } = await given([
    { text: 'Why here?', file: 'drivers/iommu/iommu.c', line: 12 },
    { text: 'Why at all?', source: { line: 6 } },
    { text: 'Thanks.' },
  ]);
  assert.equal(status, 1);
  assert.match(out, /\n\nThanks\.\n\n(?:On .*, )?Somebody wrote:\n> Says why\.\n\nWhy at all\?\n\n> diff /);
  assert.match(out, /\n> \+int WARNING;\n\nWhy here\?\n$/);
});

test('a comment without its place is complained of, and the others are said', async () => {
  const { status, out, err } = await given([
    { text: 'lost', file: 'drivers/iommu/iommu.c', line: 900 },
    { text: 'Here.', file: 'drivers/iommu/iommu.c', line: 12 },
  ]);
  assert.equal(status, 2);
  assert.match(out, /Here\./);
  assert.equal(err, 'iommu-review: comment 1: drivers/iommu/iommu.c:900 is in no hunk of the patch\n');
});

for (const [comments, complaint] of [
  ['{', 'not JSON'],
  [{}, 'not a list of comments'],
  [[3], 'comment 1 is not an object'],
  [[{ file: 'a.c', line: 1 }], 'comment 1 has no "text"'],
  [[{ text: 'x', file: 'a.c' }], 'comment 1 needs both "file" and "line"'],
  [[{ text: 'x', file: 'a.c', line: 1, side: 'left' }], 'comment 1: "side" is "new" or "old", not "left"'],
] as const)
  test(`comments that cannot be read say why: ${complaint}`, async () => {
    const { status, out, err } = await given(comments);
    assert.deepEqual([status, out], [2, '']);
    assert.ok(err.includes(`--comments said.json: ${complaint}`), err);
  });

test('an address that is none is refused', async () => {
  const { status, err } = await cli(['reply', '--from', 'nobody', 'fix.patch'], { cwd: workshop(FILES) });
  assert.equal(status, 2);
  assert.match(err, /--from wants one address, not 'nobody'/);
});
