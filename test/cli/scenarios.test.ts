/** `simulate` on code that binds and unbinds: the table of scenarios, single ones, single runs, and what is refused. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Flow, Trace } from '../../server/src/findings/index.js';
import { review } from '../../server/src/review/index.js';
import { cli, TREE, workshop } from './bench.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const SAMPLE = readFileSync(new URL('../../samples/sva-domain-cache.patch', import.meta.url), 'utf8');
const QUEUE = readFileSync(
  new URL('../../samples/workspace/drivers/iommu/pad-queue.c', import.meta.url),
  'utf8',
);

/** A bind that leaves all to the driver. */
const ASKS_DRIVER = `
struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm)
{
	return dev->ops->sva_bind(dev, mm, NULL);
}

void toy_unbind(struct iommu_sva *handle)
{
	handle->dev->ops->sva_unbind(handle);
}
`;

/** One that hands out what it never takes back. */
const NEVER_BACK = `
struct iommu_domain *toy_get(struct device *dev, struct mm_struct *mm)
{
	return NULL;
}
`;

/** A process' name among the names of the code: \`m1\` stays what it is. */
const NAMED_M1 = SAMPLE.replace(/\bmm\b(?=[;,)-]| =)/g, 'm1');

const cwd = workshop({
  'share.patch': SAMPLE,
  'it is/share.patch': SAMPLE,
  'named.patch': NAMED_M1,
  'queue.c': QUEUE,
  'driver.c': ASKS_DRIVER,
  'never.c': NEVER_BACK,
});

const simulate = (...args: string[]) => cli(['simulate', ...args], { cwd });

interface Scenario {
  readonly id: string;
  readonly story: string;
  readonly functions: readonly string[];
  readonly verdict: string;
  readonly runs: number;
  readonly breaches: readonly {
    readonly monitor: string;
    readonly function: string;
    readonly file: string;
    readonly line: number;
    readonly confidence: string;
    readonly message: string;
    readonly trace: Trace | null;
  }[];
  readonly shownBy: string | null;
  readonly replay: Trace | null;
}

interface Answer {
  readonly functions: readonly unknown[];
  readonly flows: readonly Flow[];
  readonly scenarios: readonly Scenario[];
  readonly notModelled: readonly { readonly functions: readonly string[]; readonly why: string }[];
}

async function answer(...args: string[]): Promise<Answer> {
  return JSON.parse((await simulate('--format', 'json', ...args)).out);
}

const withoutTapes = (text: string) => text.replace(/~[\da-f]{4}\b/g, '~TAPE');

const STRICT = `iommu_share_get() and iommu_share_put() on a simulated IOMMU

✗ violated  two-devices-two-iommus/strict  1 run, completely

A process binds two devices behind two IOMMUs of one driver.
  drivers/iommu/iommu-share.c:76: domain of another instance (INC, error, certain): hands out for D3 the domain that was made for D1, behind another instance: nobody asked whether it fits
`;

test('after the functions alone comes what the scenarios say, and the first run that breaks a rule', async () => {
  const { status, out, err } = await simulate('share.patch');
  assert.deepEqual([status, err], [1, '']);
  assert.match(
    out,
    /^drivers\/iommu\/iommu-share\.c:21: share_create\(\): held, [^\n]*\n[\s\S]*\n\niommu_share_get\(\) and iommu_share_put\(\) on a simulated IOMMU\n\n✓ held {6}same-device-twice {25}1 run, completely\n {4}A process binds the same device twice/,
  );
  assert.match(
    out,
    /\n✗ violated {2}bind-bind {33}\d+ runs, to a bound\n {4}Two threads of a process [^\n]*\n {4}DUP: share_create\(\) at drivers\/iommu\/iommu-share\.c:41: `xa_store/,
  );
  assert.match(out, /\n\ntwo-devices-two-iommus\/strict\nA process binds /);
  assert.equal(out.match(/= replay: /g)?.length, 1);
  assert.match(
    out,
    /\n\nAnother one step by step: iommu-review simulate --scenario exit-before-unbind\/pasid-goes-with-users share\.patch\n\n4 functions: 4 held; \d+ runs\n22 scenarios: 10 violated, 12 held; \d+ runs\n$/,
  );
});

test('the story of several scenarios is told once', async () => {
  const { out } = await simulate('share.patch');
  assert.equal(out.match(/Three devices of a process are unbound in every order\./g)?.length, 1);
});

test('code that binds nothing has no such section', async () => {
  const { out } = await simulate('queue.c');
  assert.doesNotMatch(out, /scenario|IOMMU/);
});

test('--scenario shows one, step by step, and no function alone', async () => {
  const { status, out } = await simulate('--scenario', 'two-devices-two-iommus/strict', 'share.patch');
  assert.ok(out.startsWith(STRICT), out);
  assert.match(
    out,
    /\n {5}21 {2}caller {2}iommu-share\.c:76 {2}✗ hands out for D3 the domain that was made for D1/,
  );
  assert.match(
    withoutTapes(out),
    /\n {6}= replay: iommu-review simulate --scenario two-devices-two-iommus\/strict --tape -~TAPE share\.patch\n\n1 scenario: 1 violated; 1 run\n$/,
  );
  assert.equal(status, 1);
});

test('--scenario takes a row, and shows the runs of each that breaks a rule', async () => {
  const { out } = await simulate('--scenario', 'two-devices-two-iommus', 'share.patch');
  assert.equal(out.match(/= replay: /g)?.length, 5);
  assert.match(out, /\n5 scenarios: 5 violated; 5 runs\n$/);
  const held = await simulate('--scenario', 'two-devices-one-iommu', 'share.patch');
  assert.equal(held.status, 0);
  assert.match(
    held.out,
    /\n\n✓ held {2}two-devices-one-iommu {2}1 run, completely\n {4}A process .*\n\n1 scenario: 1 held; 1 run\n$/,
  );
});

test('JSON has the flows of a review, and what broke with its runs', async () => {
  const { flows, scenarios, functions, notModelled } = await answer('share.patch');
  const { flows: reviewed } = review(
    [{ path: 'share.patch', parts: [{ path: 'share.patch', content: SAMPLE }] }],
    { tree: null },
  );
  assert.deepEqual(flows, reviewed);
  assert.deepEqual([functions.length, notModelled.length], [4, 0]);
  for (const { id, verdict, breaches, functions: of } of scenarios) {
    assert.deepEqual(of, ['iommu_share_get', 'iommu_share_put']);
    assert.equal(verdict === 'violated', breaches.length > 0, id);
    for (const { trace } of breaches) {
      assert.equal(trace!.scenario, id);
      assert.ok(trace!.steps.at(-1)!.isViolation);
    }
  }
  const race = scenarios.find(({ id }) => id === 'bind-bind')!;
  const [{ monitor, function: name, file, line } = assert.fail()] = race.breaches;
  assert.deepEqual([monitor, name, file, line], ['DUP', 'share_create', 'drivers/iommu/iommu-share.c', 41]);
  const one = await answer('--scenario', 'bind-bind', 'share.patch');
  assert.deepEqual(one.functions, []);
  assert.deepEqual(
    one.flows.map((flow) => [flow.function, flow.scenarios.map(({ id }) => id)]),
    [
      ['iommu_share_put', ['bind-bind']],
      ['iommu_share_get', ['bind-bind']],
    ].reverse(),
  );
  assert.deepEqual(one.scenarios, [race]);
});

test('the tape of every trace repeats it, and others are runs of the same scenario', async () => {
  for (const { id, breaches } of (await answer('share.patch')).scenarios) {
    for (const { trace, monitor } of breaches) {
      const [again] = (await answer('--scenario', id, '--tape', trace!.tape, 'share.patch')).scenarios;
      assert.ok(
        again!.breaches.some((each) => each.monitor === monitor),
        id,
      );
      assert.equal(again!.verdict, 'violated');
      assert.equal(again!.replay!.tape, trace!.tape);
      assert.deepEqual(again!.replay!.steps.slice(0, trace!.steps.length - 1), trace!.steps.slice(0, -1), id);
    }
  }
  const plain = await simulate('--scenario', 'bind-bind', '--tape', '-', 'share.patch');
  assert.equal(plain.status, 0);
  assert.match(
    withoutTapes(plain.out),
    /\n\n✓ held {2}bind-bind {2}1 run, to a bound\n\nbind-bind, run -~TAPE\nTwo threads .*\nNo rule broke\.\n {6}1 /,
  );
});

test('names of the code under review stay what they are', async () => {
  const { scenarios } = await answer('--scenario', 'exit-before-unbind', 'named.patch');
  const said = scenarios.flatMap(({ breaches }) => breaches.map(({ message }) => message));
  assert.deepEqual(said, ['hands out for M2 the domain of m1']);
});

const UNUSABLE: readonly [args: string, complaint: string][] = [
  ['--scenario bind-bin share.patch', "share.patch: no scenario 'bind-bin'\nDid you mean 'bind-bind'?"],
  [
    '--scenario zzzzzz share.patch',
    "share.patch: no scenario 'zzzzzz'\nThere are same-device-twice, two-devices-one-iommu, two-devices-two-iommus, driver-gives, allocation-failures, unbind-any-order, exit-before-unbind, bind-bind, bind-last-put, two-processes, rebind.",
  ],
  [
    '--scenario group-of-two share.patch',
    "share.patch: scenario 'group-of-two' cannot be played on it: iommu_share_get() gives a domain and leaves attaching it to its caller\nThere are same-device-twice, two-devices-one-iommu, two-devices-two-iommus, driver-gives, allocation-failures, unbind-any-order, exit-before-unbind, bind-bind, bind-last-put, two-processes, rebind.",
  ],
  [
    '--scenario bind-bind queue.c',
    "queue.c: nothing in it for scenarios to call; looked for a function that takes a device and an mm and gives a handle (struct iommu_sva) or a domain, and one that takes that back\nWithout --scenario, 'iommu-review simulate INPUT' runs each function of INPUT alone.",
  ],
  [
    '--scenario two-devices-two-iommus --tape - share.patch',
    '--tape is a run of one scenario, and two-devices-two-iommus has 5\nGive one of them: --scenario two-devices-two-iommus/strict, two-devices-two-iommus/lazy, two-devices-two-iommus/shared, two-devices-two-iommus/caps, two-devices-two-iommus/foreign.',
  ],
  [
    '--scenario two-processes --tape 1 share.patch',
    "--tape 1: the tape was recorded on other code: two-processes leaves 0 questions open, the tape answers 1\n'iommu-review simulate --scenario two-processes share.patch' gives the tapes of this code.",
  ],
  [
    '--scenario two-processes --tape x share.patch',
    '--tape x: not a tape\nA trace gives its tape, as in --tape 0.1~ab12.',
  ],
  [
    '--function f --scenario bind-bind share.patch',
    "--function runs functions alone, and --scenario what binds and unbinds: give one of the two\nTry 'iommu-review --help'.",
  ],
];

for (const [args, complaint] of UNUSABLE)
  test(`iommu-review simulate ${args}: says why on standard error, nothing else, status 2`, async () => {
    const { status, out, err } = await simulate(...args.split(' '));
    assert.equal(err, `iommu-review: ${complaint}\n`);
    assert.deepEqual([status, out], [2, '']);
  });

test('a tape of other code is refused', async () => {
  const { status, err } = await simulate('--scenario', 'bind-bind', '--tape', '0.1~abcd', 'share.patch');
  assert.equal(status, 2);
  assert.match(
    err,
    /^iommu-review: --tape 0\.1~abcd: the tape was recorded on other code: bind-bind asks other/,
  );
});

test('code that binds and cannot be played says why, in every format', async () => {
  const why = 'not modelled, because toy_bind() only asks the driver to bind, by its sva_bind';
  for (const args of [['driver.c'], ['--scenario', 'bind-bind', 'driver.c']]) {
    const { status, out } = await simulate(...args);
    assert.ok(out.includes(`toy_bind() and toy_unbind() on a simulated IOMMU: ${why}`), out);
    assert.equal(status, 0);
  }
  const never = await simulate('never.c');
  assert.match(
    never.out,
    /\ntoy_get\(\) on a simulated IOMMU: not modelled, because nothing in the input takes back what toy_get\(\) gives\n/,
  );
  assert.deepEqual((await answer('never.c')).notModelled, [
    { functions: ['toy_get'], why: 'nothing in the input takes back what toy_get() gives' },
  ]);
  assert.match(
    (await simulate('--format', 'markdown', 'driver.c')).out,
    /^## toy\\_bind.*not modelled, because/m,
  );
});

test('--format svg draws the first scenario that breaks a rule, markdown has the table, the steps and the command', async () => {
  const picture = await simulate('--format', 'svg', 'share.patch');
  assert.match(
    picture.out,
    /class="title"[^>]*>iommu_share_get\(\): domain of another instance: hands out for D3/,
  );
  const { out } = await simulate('--format', 'markdown', '--scenario', 'bind-bind', 'it is');
  assert.match(
    out,
    /^\| bind-bind \| Two threads of .*\| ✗ violated \| \d+ runs, to a bound \| DUP: share\\_create\\\(\\\) at /m,
  );
  assert.match(
    withoutTapes(out),
    /^Replay: `iommu-review simulate --scenario bind-bind --tape [\d.]+~TAPE 'it is'`$/m,
  );
});

test('check gives the command of the scenario whose run proves a finding, and the command shows it', async () => {
  const checked = await cli(['check', '--tree', '.', 'share.patch'], {
    cwd: workshop({ ...TREE, 'share.patch': SAMPLE }),
    dependencies: { reviewer: async () => (inputs, options) => review(inputs, { ...options, tree: null }) },
  });
  assert.match(
    checked.out,
    /\n {6}= drivers\/iommu\/iommu-share\.c:76: a run of two-devices-two-iommus\/strict shows it: hands out for D3 the domain/,
  );
  const commands = [...checked.out.matchAll(/= replay: iommu-review simulate (.*)$/gm)].map(
    ([, each]) => each!,
  );
  assert.equal(commands.length, 4);
  for (const command of commands) {
    assert.match(command, /^--tree \. --scenario \S+ --tape \S+ share\.patch$/);
    const { status, out } = await simulate(...command.replace('--tree . ', '').split(' '));
    assert.equal(status, 1);
    assert.match(out, /✗ /);
  }
});

test('of a folder of patches the command names the folder: a scenario calls all of it', async () => {
  const { out } = await cli(['check', 'it is'], {
    cwd,
    dependencies: { reviewer: async () => review },
  });
  assert.match(out, /= replay: iommu-review simulate --scenario bind-bind --tape \S+ 'it is'\n/);
});

test('the example of the README is what is printed', async () => {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const [, words = '', shown = ''] =
    /\$ iommu-review (simulate --scenario .*)\n([\s\S]*?)```/.exec(readme) ?? [];
  assert.notEqual(words, '');
  assert.equal((await cli(words.split(' '), { cwd: root })).out, shown);
});
