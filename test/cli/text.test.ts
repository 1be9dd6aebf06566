/** What people read: the text format, to the character. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli, mail, workshop } from './bench.js';

const SHOWN = `fix.mbox: [PATCH] iommu: Add a line

drivers/iommu/iommu.c:12:6: warning: \`WARNING\` shouts at whoever reads line 14; write it in lower case [loud-word]
      --> fix.mbox:14
   12 | +        int WARNING = 0;
      |              ^^^^^^^
      = drivers/iommu/iommu.c:1: declared here
      = assuming nobody is deaf
      = fix: Write it in lower case

1 warning in 1 patch (1 file, 2 functions)
`;

test('a finding of a patch shows the mail, the place, the line and what explains it', async () => {
  const cwd = workshop({ 'fix.mbox': mail('\tint WARNING = 0;') });
  const { out, err, status } = await cli(['check', 'fix.mbox'], { cwd });
  assert.equal(out, SHOWN);
  assert.equal(err, '');
  assert.equal(status, 1);
});

test('a finding of a C file begins with the path as it was given', async () => {
  const cwd = workshop({ 'a.c': 'int ok;\nint NOTE;\n' });
  const { out, status } = await cli(['check', './a.c'], { cwd });
  assert.equal(
    out,
    `./a.c:2:5: info: \`NOTE\` shouts at whoever reads line 2; write it in lower case [loud-word]
    2 | int NOTE;
      |     ^^^^
      = a.c:1: declared here
      = assuming nobody is deaf
      = fix: Write it in lower case

1 note in 1 C file (1 file, 2 functions)
`.replace('= a.c:1', '= ./a.c:1'),
  );
  assert.equal(status, 0);
});

test('a finding about the mail itself stands at its header', async () => {
  const cwd = workshop({ 'fix.mbox': mail('\tint ret;', { title: 'iommu: WARNING about it' }) });
  const { out } = await cli(['check', 'fix.mbox'], { cwd });
  assert.match(
    out,
    /^fix\.mbox: \[PATCH\] iommu: WARNING about it\n\nfix\.mbox:3: warning: .*\[loud-word\]\n {4}3 \| Subject: /,
  );
  assert.doesNotMatch(out, /\^/);
});

test('a terminal gets wrapped lines, and colours unless they are refused', async () => {
  const cwd = workshop({ 'a.c': 'int WARNING;\n' });
  const narrow = await cli(['check', 'a.c'], { cwd, columns: 50, env: { NO_COLOR: '1' } });
  assert.ok(
    narrow.out.split('\n').every((line) => line.length <= 50),
    narrow.out,
  );
  assert.match(narrow.out, /line 1; write it in lower case\n? .*\[loud-word\]/s);
  const coloured = await cli(['check', 'a.c'], { cwd, columns: 50 });
  assert.match(coloured.out, /\u001b\[1;33mwarning\u001b\[0m/);
  assert.equal(coloured.out.replace(/\u001b\[[\d;]*m/g, ''), narrow.out);
  const forced = await cli(['check', 'a.c'], { cwd, env: { FORCE_COLOR: '1' } });
  assert.match(forced.out, /\u001b\[/);
  const dumb = await cli(['check', 'a.c'], { cwd, columns: 50, env: { TERM: 'dumb' } });
  assert.doesNotMatch(dumb.out, /\u001b\[/);
});

test('text from a patch cannot steer the terminal', async () => {
  const cwd = workshop({
    'fix.mbox': mail('\tint WARNING; /* \u001b[2J\u202e */', { title: 'iommu: \u001b]0;owned\u0007' }),
  });
  const { out } = await cli(['check', 'fix.mbox'], { cwd });
  assert.doesNotMatch(out, /[\u001b\u0007\u202e]/);
  assert.match(out, /WARNING; \/\* ·\[2J· \*\//);
});

test('carets stand under the part that is meant, however far to the right', async () => {
  const cwd = workshop({ 'a.c': `int x; ${'/* filler */ '.repeat(400)}int WARNING;\n` });
  const { out } = await cli(['check', 'a.c'], { cwd });
  const [, code = '', carets = ''] = out.split('\n');
  assert.ok(code.length < 300);
  assert.equal(code.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), 'WARNING');
});

test('an encoded mail is shown without an excerpt that says nothing', async () => {
  const cwd = workshop({
    'fix.mbox': mail('=09int WARNING =3D 0;', { headers: 'Content-Transfer-Encoding: quoted-printable\n' }),
  });
  const { out } = await cli(['check', 'fix.mbox'], { cwd });
  assert.match(out, /--> fix\.mbox:15\n {6}= drivers/);
});

test('what was looked at is said when there is nothing to object to', async () => {
  const cwd = workshop({ 'a.c': 'int x;\n', 'b.c': 'int y;\n', 'fix.mbox': mail('\tint z;') });
  const { out, status } = await cli(['check', 'a.c', 'b.c', 'fix.mbox'], { cwd });
  assert.equal(out, 'Nothing to object to in 2 C files and 1 patch (3 files, 2 functions)\n');
  assert.equal(status, 0);
});

test('what could not be read of an input is noted before its findings', async () => {
  const cwd = workshop({ 'fix.mbox': mail('\tBROKEN HUNK;') });
  const { out, status } = await cli(['check', 'fix.mbox'], { cwd });
  assert.match(out, /^note: fix\.mbox:7: hunk 1 of drivers\/iommu\/iommu\.c does not apply\n\nNothing/);
  assert.equal(status, 0);
});
