/** Two versions of a series held against each other, in every format. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli, mail, workshop } from './bench.js';
import { sarifSchema } from './sarif-schema.js';

/** Numbers in messages and lines are others in each of the two. */
const cwd = workshop({
  'v8.mbox': mail('\tint WARNING = 0;\n+\tint ERROR = 0;'),
  'v9.mbox': mail('\tint more;\n+\tint WARNING = 0;\n+\tint NOTE = 0;', { headers: 'X-Longer: yes\n' }),
  'clean.mbox': mail('\tint quiet = 0;'),
  'half.mbox': mail('\tBROKEN HUNK;'),
});

test('text says what is new, what is still there and what is gone', async () => {
  const { out, status } = await cli(['check', '--against', 'v8.mbox', 'v9.mbox'], { cwd });
  assert.equal(
    out,
    `New since v8.mbox: 1

v9.mbox: [PATCH] iommu: Add a line

drivers/iommu/iommu.c:14:6: info: \`NOTE\` shouts at whoever reads line 17; write it in lower case [loud-word]
      --> v9.mbox:17
   14 | +        int NOTE = 0;
      |              ^^^^
      = drivers/iommu/iommu.c:1: declared here
      = assuming nobody is deaf
      = fix: Write it in lower case

Still there since v8.mbox: 1

v9.mbox: [PATCH] iommu: Add a line

drivers/iommu/iommu.c:13:6: warning: \`WARNING\` shouts at whoever reads line 16; write it in lower case [loud-word]
      --> v9.mbox:16
   13 | +        int WARNING = 0;
      |              ^^^^^^^
      = drivers/iommu/iommu.c:1: declared here
      = assuming nobody is deaf
      = fix: Write it in lower case

Gone since v8.mbox: 1

v8.mbox: [PATCH] iommu: Add a line

drivers/iommu/iommu.c:13:6: error: \`ERROR\` shouts at whoever reads line 15; write it in lower case [loud-word]
      --> v8.mbox:15
   13 | +        int ERROR = 0;
      |              ^^^^^

1 warning, 1 note in 1 patch (1 file, 2 functions); since v8.mbox: 1 new, 1 still there, 1 gone
`,
  );
  assert.equal(status, 1, 'what is still there is as bad as it was');
});

test('JSON keeps its findings, each with where it stands, and has those that are gone beside them', async () => {
  const { out } = await cli(['check', '--format', 'json', '--against', 'v8.mbox', 'v9.mbox'], { cwd });
  const answer = JSON.parse(out);
  const plain = JSON.parse((await cli(['check', '--format', 'json', 'v9.mbox'], { cwd })).out);
  assert.deepEqual(
    answer.findings.map(({ standing, message }: { standing: string; message: string }) => [
      standing,
      message.slice(0, 9),
    ]),
    [
      ['still', '`WARNING`'],
      ['new', '`NOTE` sh'],
    ],
  );
  assert.deepEqual(
    answer.findings.map(({ standing: _, ...finding }: { standing: string }) => finding),
    plain.findings,
  );
  assert.equal('against' in plain || 'standing' in plain.findings[0], false);
  assert.deepEqual(answer.against.inputs, [{ path: 'v8.mbox', kind: 'patch', status: 'ok', problems: [] }]);
  assert.equal(answer.against.gone.length, 1);
  assert.equal(answer.against.gone[0].source.path, 'v8.mbox');
  assert.match(answer.against.gone[0].message, /ERROR/);
});

test('SARIF has a word of its own for each', async () => {
  const { out } = await cli(['check', '--format', 'sarif', '--against', 'v8.mbox', 'v9.mbox'], { cwd });
  const log: unknown = JSON.parse(out);
  const validate = sarifSchema();
  assert.ok(validate(log), JSON.stringify(validate.errors));
  assert.deepEqual(
    JSON.parse(out).runs[0].results.map(({ baselineState }: { baselineState: string }) => baselineState),
    ['unchanged', 'new', 'absent'],
  );
  const plain = await cli(['check', '--format', 'sarif', 'v9.mbox'], { cwd });
  assert.doesNotMatch(plain.out, /baselineState/);
});

test('GitHub annotates what is there, and is told the counts', async () => {
  const { out } = await cli(['check', '--format', 'github', '--against', 'v8.mbox', 'v9.mbox'], { cwd });
  assert.match(
    out,
    /^::warning [^\n]*\n::notice [^\n]*\n::notice::since v8\.mbox: 1 new, 1 still there, 1 gone\n$/,
  );
});

test('a version that has all it needs leaves nothing, and against it all is new', async () => {
  const mended = await cli(['check', '--against', 'v8.mbox', 'clean.mbox'], { cwd });
  assert.match(mended.out, /^Gone since v8\.mbox: 2\n/);
  assert.equal(mended.status, 0);
  const worse = await cli(['check', '--against', 'clean.mbox', 'v9.mbox'], { cwd });
  assert.match(worse.out, /^New since clean\.mbox: 2\n[\s\S]*2 new, 0 still there, 0 gone\n$/);
});

test('a milder finding is left out of all three', async () => {
  const mild = ['check', '--min-severity', 'warning', '--against'];
  const { out } = await cli([...mild, 'v8.mbox', 'v9.mbox'], { cwd });
  assert.match(out, /0 new, 1 still there, 1 gone\n$/);
});

test('an earlier version that cannot be read, or not all of it, is said so', async () => {
  const { err, status } = await cli(['check', '--against', 'v7.mbox', 'v9.mbox'], { cwd });
  assert.equal(err, 'iommu-review: v7.mbox: no such file or directory\n');
  assert.equal(status, 2);
  const half = await cli(['check', '--against', 'half.mbox', 'v9.mbox'], { cwd });
  assert.match(half.out, /^note: half\.mbox:7: hunk 1 of drivers\/iommu\/iommu\.c does not apply\n/);
});

test('standard input is one of the two, and not both', async () => {
  const piped = await cli(['check', '--against', '-', 'v9.mbox'], { cwd, stdin: mail('\tint WARNING = 0;') });
  assert.match(piped.out, /since -: 1 new, 1 still there, 0 gone\n$/);
  const { err, status } = await cli(['check', '--against', '-', '-'], { cwd });
  assert.match(err, /standard input \('-'\) can be read only once/);
  assert.equal(status, 2);
});
