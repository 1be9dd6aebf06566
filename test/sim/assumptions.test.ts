/** What a breach rests on is said in the words of the code, and once. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeclarationsOf } from '../../server/src/ir/index.js';
import { LoweredCode } from '../../server/src/sim/code/index.js';
import { type Breach, runAlone } from '../../server/src/sim/scenarios/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const PATH = 'assume.c';
const PRELUDE = `typedef unsigned int u32;
struct xarray { void *head; };
struct device { u32 id; u32 *table; };
enum kind { IDENTITY, BLOCKED };
`;

function breachesOf(text: string): readonly Breach[] {
  const files = [{ path: PATH, file: new CFile(PRELUDE + text) }];
  assert.deepEqual(files[0]!.file.errors, []);
  const code = new LoweredCode(new DeclarationsOf(files), files, {});
  return runAlone(code, code.procedure('f', PATH)!).breaches;
}

const assumed = (text: string): string[] =>
  breachesOf(text).flatMap(({ assumptions }) => assumptions.map(({ words }) => words));

test('a way of a switch is named by its label', () => {
  const text = `int f(enum kind kind)
{
	int ret;

	switch (kind) {
	case IDENTITY:
		ret = 0;
		break;
	case BLOCKED:
		/* In this case: nothing. */
		break;
	default:
		ret = -22;
	}
	return ret ? 1 : 0;
}
`;
  assert.deepEqual(assumed(text), ['`kind` is BLOCKED']);
});

test('what a search did not find is said once', () => {
  const text = `u32 f(struct xarray *devices, u32 index)
{
	struct device *device = xa_load(devices, index);

	if (!device)
		pr_warn("none");
	return device->id;
}
`;
  assert.deepEqual(assumed(text), ['devices[index] is not there']);
});

test('a callee that gives NULL is named', () => {
  const text = `static u32 *table_of(struct device *device)
{
	if (device->id != 2)
		return NULL;
	return device->table;
}

u32 f(struct device *device)
{
	u32 *table = table_of(device);

	if (!table)
		pr_warn("none");
	return *table;
}
`;
  assert.ok(assumed(text).includes('table_of() gives NULL'));
});
