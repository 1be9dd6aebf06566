/** One defect, one finding: what a run of a function shows is the proof of what was read off its code. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openDocument } from '../../server/src/review/index.js';
import { incompleteUnwind } from '../../server/src/rules/incomplete-unwind.js';

const CODE = incompleteUnwind.bad.find(({ title }) => title === 'registered and left so')!.code;
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
