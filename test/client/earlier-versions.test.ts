/** Which file is taken for the version before. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { byLikelihood, described, subjectIn } from '../../client/src/earlier-versions.js';

const subject = (text: string) => subjectIn(`From: A\nSubject: ${text}\n\nSubject: [PATCH v7] other\n`);

test('a subject tells version and title', () => {
  assert.deepEqual(subject('[PATCH v9 00/11] iommu: Bind it'), { version: 9, title: 'iommu: Bind it' });
  assert.deepEqual(subject('[RFC PATCH 1/2] iommu: Bind\n it whole'), {
    version: 1,
    title: 'iommu: Bind it whole',
  });
  assert.deepEqual(subject('[PATCH RFC v2 03/11] x')?.version, 2);
  assert.equal(subjectIn('diff --git a/x b/x\n'), null);
  assert.equal(subjectIn('Subject: [GIT PULL] x\n'), null);
});

test('the version just before comes first, then others of the series, then names that are alike', () => {
  const of = (name: string, text: string | null) => ({
    of: name,
    name,
    subject: text === null ? null : subject(text),
  });
  const all = [
    of('a-other.mbox', '[PATCH v8] other'),
    of('b.mbox', '[PATCH v10 0/2] iommu: Bind it'),
    of('sva-v1.mbox', '[PATCH 0/2] iommu: Bind it'),
    of('sva-v8.mbox', '[PATCH v8 0/2] iommu: Bind it'),
    of('sva-v7.mbox', null),
  ];
  assert.deepEqual(
    byLikelihood({ name: 'sva-v9.mbox', subject: subject('[PATCH v9 0/2] iommu: Bind it') }, all).map(
      (each) => each.of,
    ),
    ['sva-v8.mbox', 'sva-v1.mbox', 'b.mbox', 'sva-v7.mbox', 'a-other.mbox'],
  );
  assert.equal(described(all[3]!), 'v8 · iommu: Bind it');
  assert.equal(described(all[4]!), '');
});
