/** What a simulation says in the end: held is only what was played to its end with nothing made to fail. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeclarationsOf } from '../../server/src/ir/index.js';
import { LoweredCode } from '../../server/src/sim/code/index.js';
import { runAlone, type Verdict } from '../../server/src/sim/scenarios/index.js';
import { CFile } from '../../server/src/syntax/index.js';

const PATH = 'verdict.c';

function verdictOf(text: string): Verdict {
  const files = [{ path: PATH, file: new CFile(text) }];
  assert.deepEqual(files[0]!.file.errors, []);
  const code = new LoweredCode(new DeclarationsOf(files), files, {});
  return runAlone(code, code.procedure('f', PATH)!).verdict;
}

test('a function that ends only where a call fails is not modelled, and says why', () => {
  const { kind, why } = verdictOf(`int f(void)
{
	void *p = kzalloc(8, 0);

	if (!p)
		return -12;
	for (;;)
		cpu_relax();
}
`);
  assert.equal(kind, 'not-modelled');
  assert.match(why, /steps/);
});

test('the same with an end is held', () => {
  const { kind } = verdictOf(`int f(void)
{
	void *p = kzalloc(8, 0);

	if (!p)
		return -12;
	kfree(p);
	return 0;
}
`);
  assert.equal(kind, 'held');
});
