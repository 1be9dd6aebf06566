/** One defect, one finding: what a run of a function shows is the proof of what was read off its code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/review/index.js';
import { furtherExamples } from '../rules/further-examples.js';

const CODE = furtherExamples('incomplete-unwind', 'bad').find(
  ({ title }) => title === 'bad-registered-and-left-so.c',
)!.code;
const TEXT = CODE.split('\n')
  .filter((line) => !/^\s*\/\/\s*\^/.test(line))
  .join('\n');

function findings(simulates: boolean) {
  const part = { path: 'drivers/iommu/toy.c', content: TEXT };
  const { review } = openDocument(part, { tree: null, simulates });
  return review.findings.filter(({ function: name }) => name === 'toy_probe');
}

test('what is read off the code rests on nothing that was run', () => {
  const [found] = findings(false).filter(({ rule }) => rule === 'incomplete-unwind');
  assert.equal(found?.severity, 'info');
  assert.equal(found?.confidence, 'possible');
  assert.equal(found?.trace, null);
});

test('the run of a leak at a place that an unwind names proves that one, and is none of its own', () => {
  const ran = findings(true);
  assert.deepEqual(
    ran.map(({ rule }) => rule).filter((rule) => /leak|unwind/.test(rule)),
    ['incomplete-unwind'],
  );
  const [found] = ran.filter(({ rule }) => rule === 'incomplete-unwind');
  assert.equal(found?.severity, 'warning');
  assert.equal(found?.confidence, 'certain');
  assert.ok(found?.trace);
});

/** What `toy_show()` leaves when it fails, `caller` may undo. */
const HELPER = (caller: string): string => `static int toy_show(struct toy *toy)
{
	int ret = iommu_device_sysfs_add(&toy->iommu, toy->dev, NULL, "toy");

	if (ret)
		return ret;
	return iommu_device_register(&toy->iommu, &toy_ops, toy->dev);
}

static void toy_hide(struct toy *toy)
{
	iommu_device_sysfs_remove(&toy->iommu);
}

int toy_start(struct toy *toy)
{
	int ret = toy_show(toy);

	${caller}
	return ret;
}

void toy_stop(struct toy *toy)
{
	toy_hide(toy);
}
`;

function leaksOf(caller: string) {
  const part = { path: 'drivers/iommu/toy.c', content: HELPER(caller) };
  const { review } = openDocument(part, { tree: null, simulates: true });
  return review.findings.filter(
    ({ rule, function: name }) => /^(?:reference-leak|incomplete-unwind)$/.test(rule) && name === 'toy_show',
  );
}

test('what a caller undoes when a function fails is a guess at most', () => {
  assert.deepEqual(
    leaksOf('if (ret)\n\t\ttoy_hide(toy);').map(({ severity, assumptions }) => [severity, ...assumptions]),
    [['hint', 'toy_start() does not turn it off when this fails']],
  );
  assert.deepEqual(
    leaksOf('toy->ret = ret;').map(({ severity }) => severity),
    ['warning'],
  );
});

test('a caller that leaves at once and undoes nothing leaves it on, whatever another does', () => {
  const another = (exit: string): string => `toy->ret = ret;
	return ret;
}

void toy_end(struct toy *toy)
{
	toy_hide(toy);
}

int toy_again(struct toy *toy)
{
	int ret;

	ret = toy_show(toy);
	if (ret < 0)
		${exit}
	toy_hide(toy);
	return 0;

err_hide:
	toy_hide(toy);`;
  assert.deepEqual(
    leaksOf(another('return ret;')).map(({ severity }) => severity),
    ['warning'],
  );
  assert.deepEqual(
    leaksOf(another('goto err_hide;')).map(({ severity }) => severity),
    ['hint'],
  );
});
