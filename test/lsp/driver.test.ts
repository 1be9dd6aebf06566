/** What came of a driver's attach operation on two hardware instances, in its hover: by a simulator that says so, and by the real one. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DriverProgress } from '../../server/src/findings/index.js';
import { FULL, startEditor } from './editor.js';
import { FakeSimulator } from './fake-simulator.js';

const URI = 'file:///nowhere/driver.c';
const CODE = '#include <linux/iommu.h>\nstatic int toy_attach(void)\nstatic int toy_other(void)\n';

const PROGRESS: DriverProgress = {
  ...{ op: 'attach_dev', function: 'toy_attach', file: 'driver.c', errno: null, isSingleton: false, line: 2 },
  ...{ verdict: 'accepted although foreign', why: 'for the second instance `iommu1->base` is written' },
  rows: [
    {
      programme: 'foreign',
      story: '',
      wanted: '',
      verdict: 'violated',
      what: 'the first one is told',
      runs: 3,
      tape: '0.1~ab12',
      breach: { title: 'another instance', confidence: 'certain', message: 'accepts it' },
    },
    {
      programme: 'move',
      story: '',
      wanted: '',
      verdict: 'held',
      what: 'each attach does something',
      runs: 1,
      tape: '-~cd34',
      breach: null,
    },
  ],
  faults: ['accepts a domain of another instance'],
};

for (const markdown of [true, false])
  test(`the hover has the verdict, why, and the programmes, as ${markdown ? 'Markdown' : 'text'}`, async (t) => {
    const simulator = new FakeSimulator();
    const capabilities = markdown
      ? FULL
      : { ...FULL, textDocument: { ...FULL.textDocument, hover: { contentFormat: ['plaintext' as const] } } };
    const editor = await startEditor(t, { simulator, capabilities });
    editor.open(URI, CODE);
    await simulator.started(1);
    assert.equal((await editor.hover(URI, 1))!.contents.value, '**line 1**');
    simulator.shows([], { drivers: [[PROGRESS]], isLast: false });
    const { value } = (await editor.hover(URI, 1))!.contents;
    assert.match(value, /On two hardware instances\S*: accepted although foreign\./);
    assert.match(
      value,
      /It accepts a domain of another hardware instance and does not serve it: for the second/,
    );
    assert.match(value, /✗ accepts a domain of another instance/);
    assert.match(
      value,
      markdown ? /\| foreign \| ✗ violated \| the first one is told \|/ : /✗ foreign: the first/,
    );
    assert.equal((await editor.hover(URI, 2))!.contents.value, '**line 2**');
    // An edit makes it a thing of the past.
    editor.change(URI, 2, `${CODE}\n`);
    await simulator.started(2);
    assert.equal((await editor.hover(URI, 1))!.contents.value, '**line 1**');
  });
