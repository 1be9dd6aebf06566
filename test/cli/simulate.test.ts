/** `simulate`: functions run from the command line, and one run repeated by its tape. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { ruleCatalogue } from '../../server/src/analysis/index.js';
import type { Trace } from '../../server/src/findings/index.js';
import { review } from '../../server/src/review/index.js';
import { cli, TREE, workshop } from './bench.js';

const SAMPLE = readFileSync(
  new URL('../../samples/workspace/drivers/iommu/pad-queue.c', import.meta.url),
  'utf8',
);
const FIXED = SAMPLE.replace(
  '\t\tmutex_unlock(&pad->lock);\n\t\treturn ret;',
  '\t\tmutex_unlock(&pad->lock);\n\t\tkfree(queue);\n\t\treturn ret;',
);
const GUESS = `
struct toy { int a, b, c; void *p; };
int toy_setup(struct toy *toy);
int toy_attach(struct toy *toy)
{
	void *p = kzalloc(8, GFP_KERNEL);
	if (!p)
		return -ENOMEM;
	if (toy->a == 3 && toy->b == 4 && toy->c == 5)
		return 0;
	toy->p = p;
	return 0;
}
`;

const cwd = workshop({
  'queue.c': SAMPLE,
  'fixed.c': FIXED,
  'guess.c': GUESS,
  'empty.c': 'int x;\n',
  "it's a dir/queue.c": SAMPLE,
  'two/a.c': 'int f(void)\n{\n\treturn 1;\n}\n',
  'two/b.c': 'int f(void)\n{\n\treturn 2;\n}\n',
});

const simulate = (...args: string[]) => cli(['simulate', ...args], { cwd });

interface Answer {
  readonly functions: readonly {
    readonly function: string;
    readonly file: string;
    readonly line: number;
    readonly verdict: string;
    readonly explored: string;
    readonly why: string;
    readonly runs: number;
    readonly breaches: readonly {
      readonly monitor: string;
      readonly confidence: string;
      readonly line: number;
      readonly assumptions: readonly string[];
      readonly trace: Trace;
    }[];
    readonly replay: Trace | null;
  }[];
  readonly flows: readonly unknown[];
}

async function answer(...args: string[]): Promise<Answer> {
  return JSON.parse((await simulate('--format', 'json', ...args)).out);
}

const SHOWN = `queue.c:22: pad_ring_init(): held, explored completely in 2 runs

queue.c:31: pad_queue_create(): violated, explored completely in 3 runs

  queue.c:36: memory leak (LEAK, error, certain): the pad_queue \`queue\` is never freed on this path
      = queue.c:36: it was allocated here
      1  pad_queue_create  queue.c:36  kzalloc(sizeof(*queue), GFP_KERNEL)   + queue
      2  pad_queue_create  queue.c:39  ~ queue->dev = pad->dev
      3  pad_queue_create  queue.c:41  takes \`pad->lock\`
      4  pad_queue_create  queue.c:42  calls pad_ring_init()
      5  pad_queue_create  queue.c:24    kcalloc() fails
      6  pad_queue_create  queue.c:24    ~ queue->ring = 0
      7  pad_queue_create  queue.c:42  pad_ring_init() returns -12
      8  pad_queue_create  queue.c:44  releases \`pad->lock\`
      9  pad_queue_create  queue.c:36  ✗ the pad_queue \`queue\` is never freed on this path
      = replay: iommu-review simulate --function pad_queue_create --tape 0.1~TAPE queue.c

queue.c:52: pad_queue_destroy(): held, explored completely in 1 run

3 functions: 1 violated, 2 held; 6 runs
`;

test('says of each function what came of running it, and shows the run that broke a rule', async () => {
  const { status, out, err } = await simulate('queue.c');
  assert.equal(out.replace(/(?<=0\.1~)[\da-f]{4}/, 'TAPE'), SHOWN);
  assert.equal(err, '');
  assert.equal(status, 1);
});

test('what is right is held, and says so', async () => {
  const { status, out } = await simulate('fixed.c');
  assert.match(out, /fixed\.c:31: pad_queue_create\(\): held, explored completely in 3 runs\n/);
  assert.match(out, /\n3 functions: 3 held; 6 runs\n$/);
  assert.equal(status, 0);
  const none = await simulate('empty.c');
  assert.equal(none.out, 'No function in it to run\n');
  assert.equal(none.status, 0);
});

test('what rests on guesses is shown, and no reason for status 1', async () => {
  const { status, out } = await simulate('guess.c');
  assert.match(out, /memory leak \(LEAK, error, possible\)/);
  assert.match(out, /= assuming `toy->c == 5` is true/);
  assert.equal(status, 0);
});

test('--function chooses by the exact name', async () => {
  const { functions } = await answer(
    '--function',
    'pad_ring_init',
    '--function',
    'pad_queue_destroy',
    'queue.c',
  );
  assert.deepEqual(
    functions.map((each) => each.function),
    ['pad_ring_init', 'pad_queue_destroy'],
  );
  const { status, out, err } = await simulate('--function', 'pad_ring_ini', 'queue.c');
  assert.equal(status, 2);
  assert.equal(out, '');
  assert.equal(
    err,
    "iommu-review: queue.c: no function 'pad_ring_ini' in it\nDid you mean 'pad_ring_init'?\n",
  );
});

test('JSON says it all, and has the flows of a review', async () => {
  const { functions, flows } = await answer('queue.c');
  const [, create] = functions;
  assert.deepEqual(
    { ...create, breaches: create!.breaches.length },
    {
      ...{
        function: 'pad_queue_create',
        file: 'queue.c',
        line: 31,
        verdict: 'violated',
        explored: 'completely',
      },
      ...{ why: '', runs: 3, breaches: 1, replay: null },
    },
  );
  const [breach] = create!.breaches;
  assert.deepEqual([breach!.monitor, breach!.confidence, breach!.line], ['LEAK', 'certain', 36]);
  assert.match(breach!.trace.tape, /^0\.1~[\da-f]{4}$/);
  const { flows: reviewed } = review([{ path: 'queue.c', parts: [{ path: 'queue.c', content: SAMPLE }] }], {
    tree: null,
  });
  assert.deepEqual(reviewed, flows);
  assert.deepEqual(reviewed[1], {
    ...{ function: 'pad_queue_create', file: 'queue.c', role: null },
    scenarios: [{ id: 'alone', verdict: 'violated', explored: 'completely', runs: 3, why: '' }],
  });
});

test('a tape repeats its run, whether or not it breaks a rule', async () => {
  const [, create] = (await answer('queue.c')).functions;
  const { trace } = create!.breaches[0]!;
  for (const tape of [trace.tape, '0.1', '0.1.0.0']) {
    const [again] = (await answer('--function', 'pad_queue_create', '--tape', tape, 'queue.c')).functions;
    assert.deepEqual(again!.replay, trace);
    assert.deepEqual(again!.breaches[0]!.trace, trace);
    assert.equal(again!.verdict, 'violated');
  }
  const plain = await simulate('--function', 'pad_queue_create', '--tape', '-', 'queue.c');
  assert.equal(plain.status, 0);
  assert.match(
    plain.out,
    /^queue\.c:31: pad_queue_create\(\), run -~[\da-f]{4}: held, explored to a bound: 1 run\n\n {6}1 /,
  );
  assert.equal((await simulate('--function', 'pad_queue_create', '--tape', '0.1', 'queue.c')).status, 1);
});

test('a tape of other code is refused, one of code that moved is not', async () => {
  const [, create] = (await answer('queue.c')).functions;
  const { trace } = create!.breaches[0]!;
  const replay = async (text: string, tape = trace.tape) => {
    writeFileSync(join(cwd, 'edited.c'), text);
    return simulate('--function', 'pad_queue_create', '--tape', tape, 'edited.c');
  };
  const moved = await replay(`/* new */\n\nint other(int x)\n{\n\treturn x ? 1 : 2;\n}\n${SAMPLE}`);
  assert.equal(moved.status, 1);
  assert.match(moved.out, /edited\.c:42 {2}kzalloc|edited\.c:4\d {2}kzalloc/);
  const mended = await replay(FIXED);
  assert.equal(mended.status, 0, 'the same questions, and now a better end');
  const asks = SAMPLE.replace('queue->dev = pad->dev;', 'if (pad->dev == other())\n\t\treturn 0;');
  const other = await replay(asks);
  assert.equal(other.status, 2);
  assert.equal(other.out, '');
  assert.match(
    other.err,
    /^iommu-review: --tape 0\.1~[\da-f]{4}: the tape was recorded on other code: pad_queue_create\(\) asks other questions now .*\n'iommu-review simulate --function pad_queue_create edited\.c' gives the tapes of this code\.\n$/,
  );
  assert.equal((await replay(asks, '0.1')).status, 1, 'without a fingerprint it is taken at its word');
  const fine = await answer('--function', 'pad_queue_create', '--tape', '-', 'queue.c');
  assert.equal((await replay(asks, fine.functions[0]!.replay!.tape)).status, 2);
});

const UNUSABLE: readonly [args: string, complaint: string][] = [
  ['', "simulate needs one INPUT\nTry 'iommu-review simulate --help'; '-' reads standard input."],
  [
    'queue.c fixed.c',
    "simulate needs one INPUT\nTry 'iommu-review simulate --help'; '-' reads standard input.",
  ],
  [
    '--source queue.c',
    "--source goes with --design NAME\nWithout --design, 'iommu-review simulate INPUT' runs the code of INPUT.",
  ],
  [
    '--tape 0.1 queue.c',
    "--tape is a run of one function or scenario, so it goes with one --function NAME or --scenario ID\nTry 'iommu-review --help'.",
  ],
  [
    '--format sarif queue.c',
    "--format must be one of text, json, markdown, svg, not 'sarif'\nTry 'iommu-review --help'.",
  ],
  ...['', '0..1', '1~', '0.1~xyz', 'a', '0.1~ab123', '~ab12'].map((tape): [string, string] => [
    `--function pad_ring_init --tape=${tape} queue.c`,
    `--tape ${tape}: not a tape\nA trace gives its tape, as in --tape 0.1~ab12.`,
  ]),
  [
    '--function pad_ring_init --tape 7 queue.c',
    "--tape 7: the tape was recorded on other code: question 1 of pad_ring_init() has 2 answers, the tape gives number 8\n'iommu-review simulate --function pad_ring_init queue.c' gives the tapes of this code.",
  ],
  [
    '--function pad_ring_init --tape 0.0.0.0.1 queue.c',
    "--tape 0.0.0.0.1: the tape was recorded on other code: pad_ring_init() leaves 1 questions open, the tape answers 5\n'iommu-review simulate --function pad_ring_init queue.c' gives the tapes of this code.",
  ],
  ['--function g --tape 0 queue.c', "queue.c: no function 'g' in it\nTry 'iommu-review --help'."],
  [
    '--function f --tape 0 two',
    'two: 2 files have a function f(): two/a.c, two/b.c\nGive the one that is meant as INPUT.',
  ],
];

for (const [args, complaint] of UNUSABLE)
  test(`iommu-review simulate ${args}: says why on standard error, nothing else, status 2`, async () => {
    const { status, out, err } = await simulate(...args.split(' ').filter(Boolean));
    assert.equal(err, `iommu-review: ${complaint}\n`);
    assert.equal(out, '');
    assert.equal(status, 2);
  });

test('an input that cannot be read is said, in every format, and is status 2', async () => {
  for (const format of ['text', 'json', 'markdown', 'svg']) {
    const { status, out, err } = await simulate('--format', format, 'none.c');
    assert.equal(status, 2);
    assert.equal(err, 'iommu-review: none.c: no such file or directory\n');
    if (format === 'json') assert.deepEqual(JSON.parse(out).inputs[0].status, 'failed');
  }
});

test('--format svg is the picture of the first breach, or of the run asked for', async () => {
  const { out, status } = await simulate('--format', 'svg', 'queue.c');
  assert.match(out, /^<svg [\s\S]*<\/svg>\n$/);
  assert.match(
    out,
    /class="title"[^>]*>pad_queue_create\(\): memory leak: the pad_queue `queue` is never freed/,
  );
  assert.equal(status, 1);
  const plain = await simulate('--format', 'svg', '--function', 'pad_ring_init', '--tape', '-', 'queue.c');
  assert.match(plain.out, /class="title"[^>]*>pad_ring_init\(\): no rule broken</);
  const none = await simulate('--format', 'svg', 'fixed.c');
  assert.deepEqual(
    [none.status, none.out, none.err],
    [0, '', 'iommu-review: nothing to draw: no rule broke\n'],
  );
});

test('--format markdown has the claims, the trace and the command', async () => {
  const { out, status } = await simulate('--format', 'markdown', "it's a dir");
  assert.equal(status, 1);
  assert.match(out, /^## pad\\_queue\\_create\\\(\\\): violated, explored completely in 3 runs$/m);
  assert.match(
    out,
    /^\*\*memory leak \\\(LEAK, error, certain\\\)\*\* at it's a dir\/queue\.c:36: the pad\\_queue \\`queue\\` is/m,
  );
  assert.match(out, /^\| 5 \| pad\\_queue\\_create \| queue\.c:24 \| kcalloc\\\(\\\) fails \| {2}\|$/m);
  assert.match(
    out,
    /^Replay: `iommu-review simulate --function pad_queue_create --tape 0\.1~[\da-f]{4} 'it'\\''s a dir'`$/m,
  );
});

const SPITEFUL = `
struct toy { void *p; };
int attach(struct toy *toy)
{
	toy->p = kzalloc(strlen("<script>x</script>|\`[a](command:b)\`\u001b[2J"), GFP_KERNEL);
	kfree(toy->p);
	kfree(toy->p);
	return 0;
}
`;

test('code under review is text in every format', async () => {
  writeFileSync(join(cwd, 'spite.c'), SPITEFUL);
  const { out: text } = await simulate('spite.c');
  assert.match(text, /invalid free/);
  assert.doesNotMatch(text, /\u001b/);
  const { out: markdown } = await simulate('--format', 'markdown', 'spite.c');
  assert.match(markdown, /\\<script\\>/);
  assert.doesNotMatch(markdown.replace(/\\[^A-Za-z\d\s]/g, ''), /[<>]|\[a|\]\(/);
  const { out: svg } = await simulate('--format', 'svg', 'spite.c');
  assert.match(svg, /&lt;script&gt;/);
  assert.doesNotMatch(svg, /<script|\u001b/);
});

/** C that rules of runs object to. */
const BROKEN = ruleCatalogue
  .filter(({ since }) => since !== '0.1.0')
  .flatMap(({ id, bad }) => bad.slice(0, 1).map(({ code }) => ({ name: `${id}.c`, code })));

test('the tape of every trace repeats the trace', async () => {
  let count = 0;
  for (const { name, code } of BROKEN) {
    writeFileSync(join(cwd, name), code);
    for (const { function: of, breaches } of (await answer(name)).functions) {
      for (const { trace, monitor } of breaches) {
        const [again] = (await answer('--function', of, '--tape', trace.tape, name)).functions;
        assert.deepEqual(again!.replay, trace, `${name} ${of} ${trace.tape}`);
        assert.ok(
          again!.breaches.some((each) => each.monitor === monitor),
          `${name} ${monitor}`,
        );
        assert.ok(
          trace.steps.some(({ isViolation }) => isViolation),
          `${name} ${monitor}`,
        );
        count++;
      }
    }
  }
  assert.ok(count >= 12, `${count} traces`);
});

test('any tape is a run or refused, and a run gives its own tape', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...BROKEN),
      fc.array(fc.nat(2), { maxLength: 6 }),
      async ({ name, code }, answers) => {
        writeFileSync(join(cwd, name), code);
        const [first] = (await answer(name)).functions.filter(({ breaches }) => breaches.length > 0);
        // What only scenarios break has no run of a function.
        if (!first) return;
        const once = (tape: string) =>
          simulate('--format', 'json', '--function', first.function, '--tape', tape, name);
        const { status, out, err } = await once(answers.join('.') || '-');
        if (status === 2) return assert.match(err, /recorded on other code|contradict each other/);
        const { replay } = (JSON.parse(out) as Answer).functions[0]!;
        assert.deepEqual((JSON.parse((await once(replay!.tape)).out) as Answer).functions[0]!.replay, replay);
      },
    ),
    { numRuns: 30 },
  );
});

test('check says under a finding how its run is repeated, and the command does', async () => {
  const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const MAIN = fileURLToPath(new URL('../../server/src/cli/main.ts', import.meta.url));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', LOADER, MAIN, ...args], { cwd, encoding: 'utf8' });
  const checked = run('check', "it's a dir/queue.c");
  const [, line = ''] = /^ {6}= replay: iommu-review (.*)$/m.exec(checked.stdout) ?? [];
  assert.match(
    line,
    /^simulate --function pad_queue_create --tape 0\.1~[\da-f]{4} 'it'\\''s a dir\/queue\.c'$/,
  );
  const replayed = spawnSync(
    'sh',
    ['-c', `"$0" --import "$1" "$2" ${line}`, process.execPath, LOADER, MAIN],
    { cwd, encoding: 'utf8' },
  );
  assert.equal(replayed.stderr, '');
  assert.match(replayed.stdout, /✗ the pad_queue `queue` is never freed/);
  assert.equal(replayed.status, 1);
  const json = JSON.parse(run('check', '--format', 'json', 'queue.c').stdout);
  assert.match(json.findings[0].trace.tape, /^0\.1~[\da-f]{4}$/);
  assert.equal(json.flows.length, 3);
});

test('the options that say where the code stands are in the command', async () => {
  const tree = workshop({ ...TREE });
  const { out } = await simulate('--tree', tree, '--as', 'drivers/iommu/pad-queue.c', 'queue.c');
  assert.ok(
    out.includes(`= replay: iommu-review simulate --tree ${tree} --as drivers/iommu/pad-queue.c --function `),
    out,
  );
});

/** A patch mail that takes `old` to `text`, with a hunk around every change and other line numbers than the tree has. */
function patchOf(lines: readonly string[], start: number): string {
  const old = lines.filter((line) => !line.startsWith('+')).length;
  const fresh = lines.filter((line) => !line.startsWith('-')).length;
  return `From: Somebody <somebody@example.org>
Subject: [PATCH] iommu: Leave out a free
Message-ID: <1@example.org>

Says why.
---
diff --git a/drivers/iommu/pad-queue.c b/drivers/iommu/pad-queue.c
--- a/drivers/iommu/pad-queue.c
+++ b/drivers/iommu/pad-queue.c
@@ -${start},${old} +${start},${fresh} @@ int pad_queue_create(struct pad *pad, unsigned int entries)
${lines.join('\n')}
--${' '}
2.40.0
`;
}

test('lines are those of the hunk headers, wherever the tree has the code', async () => {
  const at = FIXED.split('\n').findIndex((line) => line.includes('kfree(queue);'));
  const around = FIXED.split('\n').slice(at - 4, at + 4);
  const hunk = around.map((line) => (line.includes('kfree(queue);') ? `-${line}` : ` ${line}`));
  const tree = workshop({
    ...TREE,
    'drivers/iommu/pad-queue.c': FIXED,
    'p.patch': patchOf(hunk, at - 3 + 100),
  });
  const there = await cli(['simulate', '--format', 'json', 'p.patch'], { cwd: tree });
  const [create] = (JSON.parse(there.out) as Answer).functions;
  assert.equal(create!.function, 'pad_queue_create');
  assert.equal(create!.line, 131);
  assert.equal(create!.breaches[0]!.trace.steps[0]!.line, 136);
  assert.equal(create!.breaches[0]!.trace.steps[4]!.line, 124);
  assert.equal(there.status, 1);
  const bare = await cli(['simulate', 'p.patch'], { cwd: workshop({ 'p.patch': patchOf(hunk, 50) }) });
  assert.match(bare.out, /pad_queue_create\(\): not modelled, because the input does not show its /);
  assert.equal(bare.status, 0);
  const checked = await cli(['check', '--format', 'json', 'p.patch'], {
    cwd: tree,
    dependencies: { reviewer: async () => review },
  });
  const [leak] = JSON.parse(checked.out).findings;
  assert.deepEqual([leak.rule, leak.line], ['memory-leak', 144], 'said on a line that the patch shows');
});

test('of a function that a series changes twice, each version is run as it is there', async () => {
  const at = FIXED.split('\n').findIndex((line) => line.includes('kfree(queue);'));
  const hunk = (change: (line: string) => string[]) =>
    FIXED.split('\n')
      .slice(at - 4, at + 4)
      .flatMap((line) => (line.includes('kfree(queue);') ? change(line) : [` ${line}`]));
  const first = patchOf(
    hunk((line) => [`-${line}`]),
    at - 3,
  ).replace('[PATCH]', '[PATCH 1/2]');
  const second = patchOf(
    hunk((line) => [`+${line}`]),
    at - 3,
  )
    .replace('[PATCH]', '[PATCH 2/2]')
    .replace('<1@', '<2@');
  const from = 'From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001\n';
  const tree = workshop({
    ...TREE,
    'drivers/iommu/pad-queue.c': FIXED,
    's.mbox': `${from}${first}\n${from}${second}`,
  });
  const run = (...args: string[]) => cli(['simulate', '--format', 'json', ...args, 's.mbox'], { cwd: tree });
  const { functions } = JSON.parse((await run()).out) as Answer;
  assert.deepEqual(
    functions.map((each) => [each.function, each.verdict]),
    [
      ['pad_queue_create', 'violated'],
      ['pad_queue_create', 'held'],
    ],
  );
  const last = await run('--function', 'pad_queue_create', '--tape', functions[0]!.breaches[0]!.trace.tape);
  assert.equal((JSON.parse(last.out) as Answer).functions[0]!.verdict, 'violated', 'the version that breaks');
});

test('the example of the README is what is printed', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, words = '', shown] =
    /\$ cd samples\/workspace\n\$ iommu-review (.*)\n([\s\S]*?)```/.exec(readme) ?? [];
  const workspace = fileURLToPath(new URL('../../samples/workspace', import.meta.url));
  assert.equal((await cli(words.split(' '), { cwd: workspace })).out, shown);
});
