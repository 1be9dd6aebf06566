/** A review whose runs were divided says what it says alone, whatever came of the helpers. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { Helpers, Io, ShareOrder } from '../../server/src/cli/io.js';
import { runOrder } from '../../server/src/cli/shares.js';
import { review } from '../../server/src/review/index.js';
import { cli } from './bench.js';

/** Some leak, some do not, and they call each other across files. */
function filesIn(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'iommu-review-shares-'));
  t.after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'code'));
  for (const name of ['one', 'two', 'three'])
    writeFileSync(
      join(folder, 'code', `${name}.c`),
      ['#include <linux/slab.h>', 'int toy_setup(struct toy *toy);']
        .concat(
          [1, 2, 3].map(
            (n) => `struct bond *${name}_bind_${n}(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);

	if (!bond)
		return NULL;
	if (toy_setup(toy)${n === 2 ? '' : ` && ${n}`}) {
		${n === 1 ? 'kfree(bond);' : ''}
		return NULL;
	}
	bond->users = ${n};
	return bond;
}`,
          ),
        )
        .join('\n'),
    );
  return folder;
}

const IO: Io = {
  cwd: '/',
  env: {},
  columns: null,
  readStandardInput: async () => new Uint8Array(),
  write: async () => undefined,
  complain: () => undefined,
  progress: () => undefined,
  now: () => 0,
};

async function checked(cwd: string, helpers: Helpers | null, args = ['code']): Promise<string> {
  const dependencies = { reviewer: async () => review, helpers };
  const { out } = await cli(['check', '--format', 'json', ...args], { cwd, dependencies });
  return out;
}

test('the same findings, flows and counts, with helpers, without, and with helpers that do nothing', async (t) => {
  const cwd = filesIn(t);
  const orders: ShareOrder[] = [];
  const run: Helpers['run'] = (order) => {
    orders.push(order);
    // As it comes by message.
    return runOrder(structuredClone(order), IO).then((runs) => structuredClone(runs));
  };
  const alone = await checked(cwd, null);
  assert.ok(JSON.parse(alone).findings.length >= 6, alone);
  assert.equal(await checked(cwd, { most: 2, worth: 100, run }), alone);
  assert.deepEqual(
    orders.map(({ share }) => share),
    [
      { index: 1, of: 3 },
      { index: 2, of: 3 },
    ],
  );
  assert.equal(await checked(cwd, { most: 2, worth: 100, run: async () => [] }), alone);
});

test('what is small is done by one process', async (t) => {
  const helpers: Helpers = { most: 2, worth: 1_000_000, run: () => assert.fail('nobody is asked') };
  assert.ok(await checked(filesIn(t), helpers));
});
