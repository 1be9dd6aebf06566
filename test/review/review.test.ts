/** Reviews as the command line asks for them: what was read is said, and so is what was not. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { review } from '../../server/src/review/index.js';

const SAMPLE = readFileSync('samples/sva-domain-cache.patch', 'utf8');
const MAIL =
  'From: a@example.com\nSubject: Re: [PATCH] iommu: share\nDate: Tue, 3 Nov 2026 10:12:44 +0100\n\nLooks good to me.\n';

const of = (path: string, content: string) => ({ path, parts: [{ path, content }] });

describe('a review', () => {
  test('of a mail without a diff says that there is none', () => {
    const { inputs, findings } = review([of('a.mbox', MAIL)], { tree: null });
    assert.deepEqual(inputs, [
      { path: 'a.mbox', kind: 'patch', status: 'partial', problems: ['a.mbox:1: no diff in it'] },
    ]);
    assert.deepEqual(findings, []);
  });

  test('of nothing has failed', () => {
    const { inputs } = review([{ path: 'a', parts: [] }, of('b.patch', '')], { tree: null });
    assert.deepEqual(
      inputs.map(({ status }) => status),
      ['failed', 'failed'],
    );
  });

  test('counts functions and those that the IR has whole', () => {
    const { stats } = review(
      [of('a.c', 'int f(void)\n{\n\treturn 1;\n}\nint g(void)\n{\n\tasm volatile("nop");\n\treturn 1;\n}\n')],
      { tree: null },
    );
    assert.deepEqual(stats, { files: 1, functions: 2, lowered: 1, runs: 2 });
  });

  test('of a series does not take the later state of a function for a copy of it', () => {
    const mails = [
      '0000-cover-letter',
      '0002-misc-Let-processes-use-the-scratch-pad',
      '0003-MAINTAINERS-Add-the-scratch-pad',
    ];
    const [cover, ...others] = mails.map((name) => readFileSync(`samples/series/${name}.patch`, 'utf8'));
    const content = [cover, SAMPLE, ...others].map((mail) => `${mail?.trimEnd()}\n\n`).join('');
    const { findings } = review([of('a.mbox', content)], { tree: null });
    const later = findings.filter(({ source }) => source.message === '<20261103091244.1-3-sam@example.com>');
    assert.deepEqual(
      later.map(({ rule }) => rule),
      ['memory-leak'],
    );
  });

  test('takes severities and switches rules off', () => {
    const severities = new Map([
      ['refcount-in-domain', 'error'],
      ['misleading-name', 'off'],
    ] as const);
    const { findings } = review([of('a.patch', SAMPLE)], { tree: null, severities });
    const usual = review([of('a.patch', SAMPLE)], { tree: null }).findings;
    assert.equal(findings.find(({ rule }) => rule === 'refcount-in-domain')?.severity, 'error');
    assert.deepEqual(
      findings.map(({ rule }) => rule).sort(),
      usual.flatMap(({ rule }) => (rule === 'misleading-name' ? [] : [rule])).sort(),
    );
    assert.equal(usual.length - findings.length, 1);
  });

  test('says each finding once, however often its input is given', () => {
    const { findings, inputs } = review([of('a.patch', SAMPLE), of('a.patch', SAMPLE)], { tree: null });
    const once = review([of('a.patch', SAMPLE)], { tree: null }).findings;
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      once.map(({ rule }) => rule),
    );
    assert.equal(inputs.length, 2);
  });

  test('is the same, byte for byte, each time', () => {
    const once = () => JSON.stringify(review([of('a.patch', SAMPLE)], { tree: null }));
    assert.equal(once(), once());
  });
});
