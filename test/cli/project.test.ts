/** The project file on the command line: where it is found, what it changes, and what is said of its faults. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ruleCatalogue } from '../../server/src/analysis/index.js';
import { review } from '../../server/src/review/index.js';
import { cli, workshop } from './bench.js';

const FILE = '.iommu-review.json';
const CODE = 'int toy(void)\n{\n\treturn toy_old(1);\n}\n';
const RULE = {
  id: 'no-toy-old',
  query: '(call_expression function: (identifier) @f (#eq? @f "toy_old"))',
  message: 'Not {f}().',
};
const OWN = JSON.stringify({ rules: [RULE] });
const dependencies = { reviewer: async () => review, rules: async () => ruleCatalogue };

test('it is found in the working directory, then in the tree', async () => {
  const tree = { 'tree/include/linux/iommu.h': '', 'tree/drivers/iommu/toy.c': CODE };
  const inTree = workshop({ ...tree, [`tree/${FILE}`]: OWN });
  const { status, out } = await cli(['check', 'tree/drivers/iommu/toy.c'], { cwd: inTree, dependencies });
  assert.equal(status, 1);
  assert.match(out, /toy\.c:3:\d+: warning.*Not toy_old\(\)\./);
  const both = workshop({ ...tree, [`tree/${FILE}`]: OWN, [FILE]: '{}' });
  assert.equal((await cli(['check', 'tree/drivers/iommu/toy.c'], { cwd: both, dependencies })).status, 0);
  const named = await cli(['check', '--project', `tree/${FILE}`, 'tree/drivers/iommu/toy.c'], {
    cwd: both,
    dependencies,
  });
  assert.equal(named.status, 1);
});

test('its rules are rules: in SARIF, on the list, explained, and by --severity', async () => {
  const cwd = workshop({ 'toy.c': CODE, [FILE]: OWN });
  const run = (...args: string[]) => cli(args, { cwd, dependencies });
  const sarif = JSON.parse((await run('check', '--format', 'sarif', 'toy.c')).out);
  assert.ok(sarif.runs[0].tool.driver.rules.some(({ id }: { id: string }) => id === RULE.id));
  assert.match((await run('rules')).out, /no-toy-old/);
  assert.match((await run('explain', 'no-toy-old')).out, /Not \{f\}\(\)\./);
  assert.equal((await run('check', '--severity', 'no-toy-old=off', 'toy.c')).status, 0);
});

test('what is wrong in it is said with its place, and stops nothing', async () => {
  const cwd = workshop({
    'toy.c': CODE,
    [FILE]: `{ "rules": [${JSON.stringify(RULE)}],\n  "severity": { "no-such": "off" } }`,
  });
  const { status, out, err } = await cli(['check', 'toy.c'], { cwd, dependencies });
  assert.equal(status, 1);
  assert.match(out, /Not toy_old/);
  assert.equal(err, `iommu-review: ${FILE}:2:17: there is no rule "no-such"\n`);
  const broken = workshop({ 'toy.c': CODE, [FILE]: '{' });
  const answer = await cli(['check', 'toy.c'], { cwd: broken, dependencies });
  assert.deepEqual([answer.status, answer.err], [0, `iommu-review: ${FILE}:1:2: a } is missing\n`]);
});

test('one that is named and not there is a mistake of the command line', async () => {
  const cwd = workshop({ 'toy.c': CODE });
  const { status, err } = await cli(['check', '--project', 'no.json', 'toy.c'], { cwd, dependencies });
  assert.equal(status, 2);
  assert.match(err, /--project no\.json: cannot be read/);
});

test('functions that it declares are simulated as it says', async () => {
  const code =
    'struct toy { struct mutex lock; };\nint toy_use(struct toy *toy, int n)\n{\n\ttoy_enter(toy);\n\tif (n < 0)\n\t\treturn -EINVAL;\n\tmutex_unlock(&toy->lock);\n\treturn 0;\n}\n';
  const functions = [{ declare: 'void toy_enter(struct toy *toy)', does: 'mutex_lock(&toy->lock);' }];
  const cwd = workshop({ 'toy.c': code, [FILE]: JSON.stringify({ functions }) });
  const { status, out } = await cli(['simulate', 'toy.c'], { cwd, dependencies });
  assert.equal(status, 1);
  assert.match(out, /toy_enter/);
});
