/** `simulate --scenario two-instances`: attach operations of drivers, all or one, as text, JSON and Markdown; and what `check` says of them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { review } from '../../server/src/review/index.js';
import { TOY_DRIVER } from '../../server/src/rules/toy-driver.js';
import { cli, workshop } from './bench.js';

const CHECK = `	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}
	if`;
const FOREIGN = TOY_DRIVER.replace(CHECK, '	if').replace(
  '	toy->iommu = iommu;\n',
  '	if (!toy->iommu)\n		toy->iommu = iommu;\n',
);

const cwd = workshop({
  'good.c': TOY_DRIVER,
  'foreign.c': FOREIGN,
  'none.c': 'int f(void)\n{\n\treturn 0;\n}\n',
});

const simulate = (...args: string[]) => cli(['simulate', ...args], { cwd });
const withoutTapes = (text: string) => text.replace(/~[\da-f]{4}\b/g, '~TAPE');

test('an operation that keeps its contract: the table, then the run on two instances', async () => {
  const { status, out, err } = await simulate('--scenario', 'two-instances', 'good.c');
  assert.deepEqual([status, err], [0, '']);
  assert.match(
    out,
    /^good\.c:20: toy_attach_dev\(\) \(attach_dev\) on two hardware instances: checked \(EINVAL\)\n {6}= it refuses a domain of another hardware instance: a device of another instance is refused, one of the same is not\n\n {2}✓ held {10}foreign /,
  );
  assert.match(out, /\n {2}✓ held {10}after-refusal {7}[^\n]*: the second device is attached\n/);
  assert.match(out, /\n {2}✓ held {10}retry {15}[^\n]*: nothing is left behind, in 1 failures\n/);
  assert.match(out, /two-instances\.c:\d+ +toy_attach_dev\(\) returns -22\n/);
  assert.match(
    withoutTapes(out),
    /= replay: iommu-review simulate --scenario two-instances\/foreign --function toy_attach_dev --tape -~TAPE good\.c\n\n1 operation of a driver: 1 checked; \d+ runs\n$/,
  );
});

test('one that does not: what it is objected to, and the run up to there', async () => {
  const { status, out } = await simulate('--scenario', 'two-instances', 'foreign.c');
  assert.equal(status, 1);
  assert.match(
    out,
    /\n {2}foreign\.c:20: domain of another instance \(INC, error, certain\): accepts a domain of another instance: for a device of the second instance `iommu1->base` is written, in toy_attach_dev\(\)\n/,
  );
  assert.match(out, /\n {5}\d+ {2}core {2}two-instances\.c:\d+ +✗ toy_attach_dev\(\) returns 0\n/);
});

test('the functions alone come first where no scenario was asked for', async () => {
  const { out } = await simulate('--function', 'toy_attach_dev', 'foreign.c');
  assert.match(
    out,
    /^foreign\.c:20: toy_attach_dev\(\): [\s\S]*\(attach_dev\) on two hardware instances: accepted although foreign\n/,
  );
});

test('JSON has the verdict, the programmes and the traces, and each tape repeats its run', async () => {
  const { out } = await simulate('--format', 'json', '--scenario', 'two-instances', 'foreign.c');
  const [driver] = JSON.parse(out).drivers;
  const { op, function: name, file, line, verdict, errno, isSingleton } = driver;
  assert.deepEqual(
    [op, name, file, line, verdict, errno, isSingleton],
    ['attach_dev', 'toy_attach_dev', 'foreign.c', 20, 'accepted although foreign', null, false],
  );
  assert.deepEqual(Object.keys(driver.programmes[0]), [
    ...['programme', 'story', 'wanted', 'verdict', 'what', 'runs'],
  ]);
  const { scenario, tape } = driver.breaches[0].trace;
  const again = await simulate(
    ...['--format', 'json', '--scenario', scenario, '--function', name, '--tape', tape, 'foreign.c'],
  );
  assert.equal(JSON.parse(again.out).drivers[0].replay.tape, tape);
});

test('Markdown has the same table', async () => {
  const { out } = await simulate('--format', 'markdown', '--scenario', 'two-instances', 'good.c');
  assert.match(out, /^## toy\\_attach\\_dev\\\(\\\)[^\n]*checked/);
  assert.match(out, /\n\| after\\?-refusal \| /);
});

for (const [line, err] of [
  ['--scenario two-instances none.c', /^iommu-review: none\.c: no operation of a driver in it: looked for/],
  [
    '--scenario two-instances/mov good.c',
    /no scenario 'two-instances\/mov'\nDid you mean 'two-instances\/move'\?/,
  ],
  [
    '--scenario two-instances --function toy_attach_de good.c',
    /no function 'toy_attach_de' in it\nDid you mean/,
  ],
  ['--scenario two-instances --tape - good.c', /--tape is a run of one scenario/],
] as const)
  test(`refused: ${line}`, async () => {
    const outcome = await simulate(...line.split(' '));
    assert.equal(outcome.status, 2);
    assert.match(outcome.err, err);
  });

test('check objects and names the command that repeats the run', async () => {
  const around = { cwd, dependencies: { reviewer: async () => review } };
  const { status, out } = await cli(['check', 'foreign.c'], around);
  assert.equal(status, 1);
  assert.match(out, /foreign\.c:20:12: warning: toy_attach_dev\(\) accepts a domain of another instance/);
  assert.match(
    withoutTapes(out),
    /= replay: iommu-review simulate --scenario two-instances\/foreign --function toy_attach_dev --tape -~TAPE foreign\.c\n/,
  );
});
