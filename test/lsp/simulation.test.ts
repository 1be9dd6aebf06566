/** What runs on the simulated kernel show, in the editor: when it comes, when it goes, what stands beside it. */
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { ForkedSimulator } from '../../server/src/lsp/index.js';
import { openDocument } from '../../server/src/review/index.js';
import {
  type Editor,
  type EditorOptions,
  FULL,
  folderWith,
  MARK,
  QUIET,
  startEditor,
  uriOf,
} from './editor.js';
import { FakeSimulator, leakOn } from './fake-simulator.js';

const require = createRequire(import.meta.url);

const PATH = '/nowhere/driver.c';
const URI = `file://${PATH}`;
const KERNEL = '#include <linux/iommu.h>\n';

async function withFake(
  t: TestContext,
  options: EditorOptions = {},
): Promise<{ editor: Editor; simulator: FakeSimulator }> {
  const simulator = new FakeSimulator();
  return { editor: await startEditor(t, { simulator, ...options }), simulator };
}

test('static findings come first, then both together', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, `${KERNEL}@bad\nleak\n`);
  await editor.diagnostics(URI, 1);
  const job = await simulator.started(1);
  assert.deepEqual(editor.rules(URI), ['bad']);
  assert.deepEqual([job.uri, job.version, job.part.path], [URI, 1, PATH]);
  simulator.shows([leakOn(3, PATH)]);
  await editor.until(() => editor.published.length === 2, 'the simulated finding');
  assert.deepEqual(editor.rules(URI), ['bad', 'memory-leak']);
  assert.equal(editor.published[1]?.version, 1);
  await editor.until(() => editor.statuses.at(-1)?.findings === 2, 'the status');
});

test('what is found is shown step by step, and each only once', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, `${KERNEL}@bad\nleak\nleak\n`);
  await simulator.started(1);
  const [one, two] = [leakOn(3, PATH), leakOn(4, PATH)];
  simulator.shows([one], { done: 1, total: 3, isLast: false });
  simulator.shows(null, { done: 2, total: 3, isLast: false });
  simulator.shows([one], { done: 2, total: 3, isLast: false });
  simulator.shows([one, two], { done: 3, total: 3, isLast: false });
  simulator.shows(null, { done: 3, total: 3 });
  await editor.until(() => editor.published.length >= 3, 'both findings');
  await editor.settled();
  assert.deepEqual(
    editor.published.map(({ diagnostics }) => diagnostics.length),
    [1, 2, 3],
  );
});

test('an edit cancels at once, and what comes of the old text is not shown', async (t) => {
  const { editor, simulator } = await withFake(t, { quietMilliseconds: 10 * QUIET });
  editor.open(URI, `${KERNEL}@bad\n`);
  await simulator.started(1);
  editor.change(URI, 2, `${KERNEL}@worse\n`);
  await editor.ask('iommuReview/report', {});
  assert.equal(simulator.cancelled, 1, 'before the edit is reviewed');
  simulator.shows([leakOn(2, PATH)], {}, 1);
  await editor.diagnostics(URI, 2);
  await simulator.started(2);
  simulator.shows([leakOn(2, PATH)], {}, 1);
  await editor.settled();
  assert.deepEqual(editor.rules(URI), ['worse']);
  simulator.shows([leakOn(2, PATH)]);
  await editor.until(() => editor.rules(URI)?.length === 2, 'what was found in the new text');
});

test('what an edit repairs is gone with its review', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, `${KERNEL}leak\n`);
  await simulator.started(1);
  simulator.shows([leakOn(2, PATH)]);
  await editor.until(() => editor.rules(URI)?.length === 1, 'the leak');
  editor.change(URI, 2, KERNEL);
  assert.deepEqual(await editor.diagnostics(URI, 2), []);
  await simulator.started(2);
  simulator.shows([]);
  await editor.settled();
  assert.deepEqual(editor.rules(URI), []);
});

test('switched off nothing is run, and what was shown is withdrawn at once', async (t) => {
  const { editor, simulator } = await withFake(t, { settings: {} });
  editor.open(URI, `${KERNEL}@bad\n`);
  await simulator.started(1);
  simulator.shows([leakOn(2, PATH)], { isLast: false });
  await editor.until(() => editor.rules(URI)?.length === 2, 'the leak');
  editor.settings = { simulate: false };
  editor.tell('workspace/didChangeConfiguration', { settings: null });
  await editor.until(() => editor.rules(URI)?.length === 1, 'the leak to go');
  assert.equal(simulator.cancelled, 1);
  editor.change(URI, 2, `${KERNEL}@bad @bad\n`);
  await editor.diagnostics(URI, 2);
  await editor.settled();
  assert.equal(simulator.jobs.length, 1);
  editor.settings = { simulate: true };
  editor.tell('workspace/didChangeConfiguration', { settings: null });
  await simulator.started(2);
});

test('severities and the scope are passed on, and what is too weak is not shown', async (t) => {
  const settings = { severity: { bad: 'error' }, scope: 'all', minimumSeverity: 'warning' };
  const { editor, simulator } = await withFake(t, { settings });
  editor.open(URI, KERNEL);
  const job = await simulator.started(1);
  assert.deepEqual([...job.severities], [['bad', 'error']]);
  assert.equal(job.scope, 'all');
  simulator.shows([leakOn(1, PATH, { severity: 'hint' }), leakOn(2, PATH)]);
  await editor.until(() => editor.published.length === 2, 'the leak');
  assert.equal(editor.published[1]?.diagnostics.length, 1);
});

test('a simulation that fails is a line in the log, said once, and the server lives on', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, `${KERNEL}@bad\n`);
  for (let version = 1; version <= 3; version++) {
    if (version > 1) editor.change(URI, version, `${KERNEL}@bad ${version}\n`);
    await simulator.started(version);
    simulator.fails('RangeError: too deep');
  }
  await editor.until(() => editor.logged.length > 0, 'the log');
  editor.change(URI, 4, `${KERNEL}@worse\n`);
  assert.equal((await editor.diagnostics(URI, 4))[0]?.code, 'worse');
  await editor.settled();
  assert.deepEqual(editor.logged, ['simulating driver.c: RangeError: too deep']);
  assert.equal(simulator.jobs.length, 3, 'a document that it always fails over is left alone');
  assert.deepEqual(editor.shown, []);
  editor.open('file:///nowhere/other.c', KERNEL);
  await simulator.started(4);
  editor.open('file:///nowhere/third.c', `${KERNEL}// @no-start\n`);
  await editor.until(() => editor.logged.length > 1, 'the failure to start');
  assert.match(editor.logged[1]!, /^simulating third\.c: .*did not start/);
});

test('what fails in one function does not take the others with it', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, KERNEL);
  await simulator.started(1);
  simulator.shows([leakOn(1, PATH)], { failures: ['TypeError: x'] });
  await editor.until(() => editor.rules(URI)?.length === 1, 'the leak');
  assert.deepEqual(editor.logged, ['simulating driver.c: TypeError: x']);
});

test('the document that was edited last is run first; others wait and are run after it', async (t) => {
  const { editor, simulator } = await withFake(t);
  const other = 'file:///nowhere/other.c';
  editor.open(URI, KERNEL);
  await simulator.started(1);
  editor.open(other, KERNEL);
  await simulator.started(2);
  assert.equal(simulator.cancelled, 1);
  simulator.shows([leakOn(1, '/nowhere/other.c')]);
  await simulator.started(3);
  assert.deepEqual(
    simulator.jobs.map(({ uri }) => uri),
    [URI, other, URI],
  );
  editor.close(URI);
  await editor.settled();
  assert.equal(simulator.cancelled, 2);
  assert.deepEqual(simulator.forgotten, [URI]);
});

test('a file that changes beside a document makes it doubtful; the text of open ones is passed along', async (t) => {
  const tree = folderWith(t, { [MARK]: '\n', 'drivers/a.c': '', 'include/b.h': '' });
  const { editor, simulator } = await withFake(t);
  const [c, header] = [uriOf(tree, 'drivers/a.c'), uriOf(tree, 'include/b.h')];
  editor.open(c, '@reads(include/b.h)\n');
  const first = await simulator.started(1);
  simulator.shows([]);
  assert.equal(first.isDoubtful, false);
  assert.equal(first.tree, tree);
  editor.tell('workspace/didChangeWatchedFiles', { changes: [{ uri: header, type: 2 }] });
  assert.equal((await simulator.started(2)).isDoubtful, true);
  simulator.shows([]);
  editor.open(header, 'int x;\n');
  const third = await simulator.started(3);
  assert.equal(third.uri, header);
  assert.deepEqual(third.buffers.map(({ text }) => text).sort(), ['@reads(include/b.h)\n', 'int x;\n']);
});

test('a long simulation says how far it is, where the editor can show it', async (t) => {
  const { editor, simulator } = await withFake(t, { progressMilliseconds: 1 });
  editor.open(URI, KERNEL);
  await simulator.started(1);
  simulator.shows(null, { done: 1, total: 4, isLast: false });
  await editor.until(() => editor.progress.length === 2, 'the beginning');
  simulator.shows(null, { done: 2, total: 4, isLast: false });
  simulator.shows([], { done: 4, total: 4 });
  await editor.until(() => editor.progress.at(-1) === 'end', 'the end');
  assert.deepEqual(editor.progress, [
    'create',
    'begin: Simulating driver.c: 1 of 4 functions',
    'report: 2 of 4 functions',
    'report: 4 of 4 functions',
    'end',
  ]);
});

test('who does not want to wait cancels it there; an edit runs it again', async (t) => {
  const { editor, simulator } = await withFake(t, { progressMilliseconds: 1 });
  editor.open(URI, KERNEL);
  await simulator.started(1);
  await editor.until(() => editor.progress.length === 2, 'the beginning');
  editor.tell('window/workDoneProgress/cancel', { token: 'of somebody else' });
  await editor.settled();
  assert.equal(simulator.cancelled, 0);
  editor.tell('window/workDoneProgress/cancel', { token: 'iommu-review/simulation/1' });
  await editor.until(() => editor.progress.at(-1) === 'end', 'the end');
  assert.equal(simulator.cancelled, 1);
  editor.change(URI, 2, `${KERNEL}\n`);
  await simulator.started(2);
});

test('a short one says nothing, nor does any to an editor that shows no such things', async (t) => {
  for (const options of [{}, { progressMilliseconds: 1, capabilities: { ...FULL, window: {} } }]) {
    const { editor, simulator } = await withFake(t, options);
    editor.open(URI, KERNEL);
    await simulator.started(1);
    simulator.shows(null, { done: 1, total: 4, isLast: false });
    await editor.settled();
    simulator.shows([]);
    await editor.settled();
    assert.deepEqual(editor.progress, []);
  }
});

test('after shutdown nothing is run', async (t) => {
  const { editor, simulator } = await withFake(t);
  editor.open(URI, KERNEL);
  await simulator.started(1);
  await editor.ask('shutdown', {});
  assert.ok(simulator.isClosed);
  simulator.shows([leakOn(1, PATH)], {}, 1);
  await new Promise((resolve) => setTimeout(resolve, QUIET));
  assert.deepEqual(editor.rules(URI), []);
});

const TOY = `#include <linux/slab.h>
#include <linux/iommu.h>

struct bond { int id; };
struct toy { struct bond *bond; };

int toy_setup(struct toy *toy);

static int toy_attach(struct toy *toy)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	int ret;

	if (!bond)
		return -ENOMEM;
	ret = toy_setup(toy);
	if (ret)
		return ret;
	toy->bond = bond;
	return 0;
}

int toy_bind(struct toy *toy)
{
	return toy_attach(toy);
}
`;
const REPAIRED = TOY.replace(
  'if (ret)\n\t\treturn ret;',
  'if (ret) {\n\t\tkfree(bond);\n\t\treturn ret;\n\t}',
);

async function withProcess(t: TestContext, options: EditorOptions = {}): Promise<Editor> {
  const simulator = new ForkedSimulator(join(process.cwd(), 'test/lsp/simulator-process.cjs'));
  t.after(() => simulator.close());
  return startEditor(t, { simulator, openDocument, ...options });
}

function hasLeak(editor: Editor, uri = URI): boolean {
  return editor.rules(uri)?.includes('memory-leak') ?? false;
}

test('in a process of its own: a leak is shown with its steps, and goes when it is repaired', async (t) => {
  const editor = await withProcess(t);
  editor.open(URI, TOY);
  await editor.diagnostics(URI, 1);
  assert.ok(!hasLeak(editor), 'static findings come first');
  await editor.until(() => hasLeak(editor), 'the leak');
  const leak = editor.published.at(-1)!.diagnostics.find(({ code }) => code === 'memory-leak')!;
  assert.equal(
    TOY.split('\n')[leak.range.start.line]!.slice(leak.range.start.character, leak.range.end.character),
    'kzalloc(sizeof(*bond), GFP_KERNEL)',
  );
  const steps = leak.relatedInformation ?? [];
  assert.ok(steps.length >= 3 && steps.length <= 12);
  for (const [index, { location, message }] of steps.entries()) {
    assert.equal(location.uri, URI);
    assert.match(message, index === 0 ? /^1\. .*kzalloc/ : /^\d+\. /);
  }
  assert.equal(TOY.split('\n')[steps[0]!.location.range.start.line]!.trim().split(' ')[0], 'struct');
  editor.change(URI, 2, REPAIRED);
  await editor.diagnostics(URI, 2);
  editor.change(
    URI,
    3,
    `${REPAIRED}\n${TOY.slice(TOY.indexOf('static')).replaceAll('toy_attach', 'toy_again').replaceAll('toy_bind', 'toy_more')}`,
  );
  await editor.until(() => hasLeak(editor), 'the next leak');
  const [next] = editor.published.at(-1)!.diagnostics.filter(({ code }) => code === 'memory-leak');
  assert.ok(next!.range.start.line > REPAIRED.split('\n').length, 'of the repaired function nothing is said');
});

test('in a patch, on the line that it adds, with steps on the lines of the mail', async (t) => {
  const editor = await withProcess(t);
  const lines = TOY.trimEnd().split('\n');
  const text = [
    'diff --git a/drivers/iommu/toy.c b/drivers/iommu/toy.c',
    'new file mode 100644',
    '--- /dev/null',
    '+++ b/drivers/iommu/toy.c',
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    '',
  ].join('\n');
  const uri = 'file:///nowhere/toy.patch';
  editor.open(uri, text, 'kernel-patch');
  await editor.until(() => hasLeak(editor, uri), 'the leak');
  const leak = editor.published.at(-1)!.diagnostics.find(({ code }) => code === 'memory-leak')!;
  assert.match(text.split('\n')[leak.range.start.line]!, /^\+\tstruct bond \*bond = kzalloc/);
  for (const { location } of leak.relatedInformation ?? []) {
    assert.equal(location.uri, uri);
    assert.match(text.split('\n')[location.range.start.line]!, /^\+\t/);
    assert.equal(location.range.start.character, 2, 'behind the marker and the tab');
  }
});

test('steps in a header of the tree stand in its file, and an open header hides that of the disk', async (t) => {
  const helper = (body: string) => `static inline void toy_drop(struct bond *bond)\n{\n\t${body}\n}\n`;
  const tree = folderWith(t, {
    [MARK]: '\n',
    'include/linux/slab.h': '\n',
    'drivers/iommu/toy.h': `struct bond { int id; };\nstruct toy { struct bond *bond; };\n${helper('kfree(bond);')}`,
  });
  const code = TOY.replace(/struct bond {.*\nstruct toy {.*\n/, '')
    .replace('<linux/iommu.h>', '<linux/iommu.h>\n#include "toy.h"')
    .replace('\tif (ret)\n', '\tif (ret)\n\t\ttoy_drop(bond);\n\tif (ret)\n');
  const editor = await withProcess(t);
  const [uri, header] = [uriOf(tree, 'drivers/iommu/toy.c'), uriOf(tree, 'drivers/iommu/toy.h')];
  editor.open(uri, code);
  await editor.diagnostics(uri, 1);
  editor.open(
    header,
    `struct bond { int id; };\nstruct toy { struct bond *bond; };\n${helper('bond->id = 1;')}`,
  );
  editor.change(uri, 2, `${code}\n`);
  await editor.until(() => hasLeak(editor, uri), 'the leak, as the header does not free any more');
});

test('a process in the midst of a run hears that it is not wanted any more', async (t) => {
  const line = join(import.meta.dirname, '../../server/src/lsp/cancel-line.ts');
  const folder = folderWith(t, {
    'busy.cjs': `
      require(${JSON.stringify(require.resolve('tsx/cjs'))});
      const { CancelListener } = require(${JSON.stringify(line)});
      const cancels = new CancelListener();
      process.on('message', ({ id, job }) => {
        // The first job has no end of its own, and reads no message meanwhile.
        while (job?.version === 1 && !cancels.isOver(id));
        if (job?.version === 2) process.send({ kind: 'failed', id, why: 'the second was begun' });
      });`,
  });
  const simulator = new ForkedSimulator(join(folder, 'busy.cjs'));
  const editor = await startEditor(t, { simulator });
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.diagnostics(URI, 1);
  editor.change(URI, 2, `${KERNEL}@worse\n`);
  await editor.until(() => editor.logged.length === 1, 'the second job');
  assert.match(editor.logged[0]!, /the second was begun$/);
});

test('a process that dies, however badly, is a line in the log, and is started anew', async (t) => {
  const folder = folderWith(t, {
    'dies.cjs': `
      process.on('message', ({ job }) => {
        if (job?.part.path.endsWith('other.c')) process.exit(3);
        if (job) process.abort();
      });`,
  });
  const simulator = new ForkedSimulator(join(folder, 'dies.cjs'));
  const editor = await startEditor(t, { simulator });
  editor.open(URI, `${KERNEL}@bad\n`);
  await editor.until(() => editor.logged.length === 1, 'the failure');
  assert.equal(editor.logged[0], 'simulating driver.c: the simulating process ended with SIGABRT');
  editor.open('file:///nowhere/other.c', `${KERNEL}@worse\n`);
  await editor.until(() => editor.logged.length === 2, 'the failure of the next process');
  assert.match(editor.logged[1]!, /ended with exit code 3$/);
  assert.deepEqual(editor.rules(URI), ['bad']);
  assert.equal(editor.rules('file:///nowhere/other.c')?.length, 1);
});
