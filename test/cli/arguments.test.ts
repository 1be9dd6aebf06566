/** The words of the command line: what is understood, and what is said of the rest. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cli, TREE, workshop } from './bench.js';

const cwd = workshop({ ...TREE, 'a.c': 'int WARNING;\nint NOTE;\nint HINT;\n', 'quiet.c': 'int x;\n' });

/** Unusable words, with what standard error says of them. */
const UNUSABLE: readonly [args: string, complaint: string][] = [
  ['', "no command given\nTry 'iommu-review --help'."],
  ['chekc a.c', "unknown command 'chekc'\nDid you mean 'iommu-review check'?"],
  ['founding.mbox', "unknown command 'founding.mbox'\nTo review a file: 'iommu-review check founding.mbox'."],
  ['--colour', "unknown option '--colour'\nTry 'iommu-review --help'."],
  ['check', "check needs an INPUT\nTry 'iommu-review check --help'; '-' reads standard input."],
  ['check - -', "standard input ('-') can be read only once\nTry 'iommu-review --help'."],
  ['check --frobnicate a.c', "unknown option '--frobnicate'\nTry 'iommu-review check --help'."],
  ['check a.c --tree', "option '--tree <value>' argument missing\nTry 'iommu-review check --help'."],
  [
    'check --format xml a.c',
    "--format must be one of text, json, sarif, github, not 'xml'\nTry 'iommu-review --help'.",
  ],
  ['check --scope most a.c', "--scope must be one of changed, all, not 'most'\nTry 'iommu-review --help'."],
  [
    'check --min-severity fatal a.c',
    "--min-severity must be one of error, warning, info, hint, not 'fatal'\nTry 'iommu-review --help'.",
  ],
  [
    'check --severity loud-word a.c',
    "--severity wants RULE=SEVERITY, not 'loud-word'\nTry 'iommu-review --help'.",
  ],
  [
    'check --severity loud-word=loud a.c',
    "--severity loud-word must be one of error, warning, info, hint, off, not 'loud'\nTry 'iommu-review --help'.",
  ],
  ['check --severity loud-wrod=off a.c', "no rule 'loud-wrod'\nDid you mean 'loud-word'?"],
  [
    'check --tree . --as ../a.c a.c',
    '--as ../a.c: not a path in the tree\nAs in --as drivers/iommu/iommu.c.',
  ],
  [
    'check --as x.c a.c quiet.c',
    "--as says where one C file stands, so it goes with one INPUT\nTry 'iommu-review --help'.",
  ],
  [
    'check --as x.c include',
    "--as says where one C file stands, but include is a directory\nTry 'iommu-review --help'.",
  ],
  ['check --tree include a.c', '--tree include: not a kernel tree\nA tree has include/linux/iommu.h.'],
  [
    'check --baseline none.json a.c',
    '--baseline none.json: no such file or directory\n--write-baseline makes one.',
  ],
  ['check --baseline a.c a.c', '--baseline a.c: not a baseline file\n--write-baseline makes one.'],
  [
    'check --write-baseline no/such/dir a.c',
    "--write-baseline no/such/dir: no such file or directory\nTry 'iommu-review --help'.",
  ],
  ['rules a', "rules takes no argument\nTry 'iommu-review explain a'."],
  ['rules --format sarif', "--format must be one of text, json, not 'sarif'\nTry 'iommu-review --help'."],
  ['explain', "explain needs one RULE\n'iommu-review rules' lists them."],
  ['explain refcount', "no rule 'refcount'\nDid you mean 'buried-refcount'?"],
  ['explain zzz', "no rule 'zzz'\n'iommu-review rules' lists them all."],
];

for (const [args, complaint] of UNUSABLE)
  test(`iommu-review ${args}: says why on standard error, nothing else, status 2`, async () => {
    const { status, out, err } = await cli(args.split(' ').filter(Boolean), { cwd });
    assert.equal(err, `iommu-review: ${complaint}\n`);
    assert.equal(out, '');
    assert.equal(status, 2);
  });

test('--version and --help print on standard output', async () => {
  for (const word of ['--version', '-V'])
    assert.match((await cli([word])).out, /^iommu-review \d+\.\d+\.\d+\n$/);
  const help = await cli(['--help']);
  assert.equal(help.status, 0);
  assert.match(help.out, /check INPUT/);
  assert.match(help.out, /reply/);
  for (const topic of ['check', 'simulate', 'reply', 'rules', 'explain']) {
    const told = await cli([topic, '--help']);
    assert.match(told.out, new RegExp(`^Usage: iommu-review ${topic} `));
    assert.equal((await cli(['--help', topic])).out, told.out);
    assert.equal((await cli([topic, '-h'])).status, 0);
  }
});

test('help fits a terminal of a hundred columns', async () => {
  for (const args of [
    ['--help'],
    ['check', '--help'],
    ['simulate', '--help'],
    ['rules', '--help'],
    ['explain', '--help'],
  ])
    for (const line of (await cli(args)).out.split('\n')) assert.ok(line.length <= 100, line);
});

test('--help and --version load neither the review nor the rules', async () => {
  const refuse = async () => assert.fail('was loaded');
  for (const args of [['--help'], ['--version'], ['check', '--help']])
    assert.equal((await cli(args, { dependencies: { reviewer: refuse, rules: refuse } })).status, 0);
});

test('--scope, --tree and --severity reach the review', async () => {
  const { calls } = await cli(
    [
      'check',
      '--scope',
      'all',
      '--severity',
      'loud-word=info',
      '--severity=buried-refcount=off',
      '--tree',
      '.',
      'a.c',
    ],
    { cwd },
  );
  const { options } = calls[0]!;
  assert.equal(options.scope, 'all');
  assert.equal(options.tree?.root, cwd);
  assert.deepEqual(
    [...options.severities!],
    [
      ['loud-word', 'info'],
      ['buried-refcount', 'off'],
    ],
  );
  assert.equal('scope' in (await cli(['check', 'a.c'], { cwd })).calls[0]!.options, false);
});

test('the exit status follows the severities, not what is shown', async () => {
  const status = async (...args: string[]) => (await cli(['check', ...args], { cwd })).status;
  assert.equal(await status('a.c'), 1);
  assert.equal(await status('quiet.c'), 0);
  assert.equal(await status('--min-severity', 'error', 'a.c'), 1);
  assert.equal(await status('--severity', 'loud-word=info', 'a.c'), 0);
  assert.equal(await status('--severity', 'loud-word=error', 'a.c'), 1);
  assert.equal(await status('--severity', 'loud-word=off', 'a.c'), 0);
  assert.equal(await status('a.c', 'missing.c'), 2);
});

test('--min-severity leaves out what is milder, and says so', async () => {
  const { out } = await cli(['check', '--min-severity', 'warning', 'a.c'], { cwd });
  assert.match(out, /a\.c:1:5: warning/);
  assert.doesNotMatch(out, /: info:|: hint:/);
  assert.match(out, /\n1 warning in 1 C file \(1 file, 2 functions\); 2 milder not shown\n$/);
});

test('rules lists, explain explains', async () => {
  assert.equal(
    (await cli(['rules'])).out,
    `warning  loud-word
         A line shouts.
error    buried-refcount
         A reference count hangs off the object it does not count.
`,
  );
  assert.deepEqual(JSON.parse((await cli(['rules', '--format', 'json'])).out)[0], {
    id: 'loud-word',
    classes: ['misleading-name'],
    severity: 'warning',
    confidence: 'certain',
    since: '0.1.0',
    summary: 'A line shouts.',
  });
  assert.equal(
    (await cli(['explain', 'loud-word'])).out,
    `loud-word: warning, certain, since 0.1.0
misleading-name

A line shouts.

Why
  Readers take capitals for macros, and look for a definition that is not there.

Instead
  Write it in lower case.

Where the kernel says so
  Documentation/process/coding-style.rst

Objected to: a loud variable
  int WARNING;
  //  ^^^^^^^ loud-word: shouts

Fine: a quiet one
  int warning;
`,
  );
  assert.equal(
    JSON.parse((await cli(['explain', 'loud-word', '--format', 'json'])).out).remedy,
    'Write it in lower case.',
  );
});

test('a parser that does not load is no bug to report: one message names the remedy', async () => {
  const missing = Object.assign(
    new Error('No native build was found for platform=linux arch=x64 libc=musl\n at'),
    {},
  );
  const { status, err, out } = await cli(['check', 'a.c'], {
    cwd,
    dependencies: { rules: () => Promise.reject(missing) },
  });
  assert.equal(status, 2);
  assert.equal(out, '');
  assert.match(
    err,
    /^iommu-review: cannot load its C parser on .*libc=musl\nInstall .*npm run build-parser.*\n$/,
  );
  const bug = { rules: () => Promise.reject(new TypeError('x is not a function')) };
  await assert.rejects(cli(['check', 'a.c'], { cwd, dependencies: bug }), TypeError);
});
