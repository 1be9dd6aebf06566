import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { mail, only } from './mails.js';

const CASES: readonly [
  subject: string,
  tags: string,
  version: number,
  index: number | null,
  total: number | null,
  reply: boolean,
  title: string,
][] = [
  ['iommu: Fix it', '', 1, null, null, false, 'iommu: Fix it'],
  ['[PATCH] iommu: Fix it', 'PATCH', 1, null, null, false, 'iommu: Fix it'],
  ['[PATCH RFC v2 03/11] iommu/sva: Add', 'PATCH RFC', 2, 3, 11, false, 'iommu/sva: Add'],
  ['[RFC PATCH] x', 'RFC PATCH', 1, null, null, false, 'x'],
  ['[RFC/PATCH v2] x', 'RFC PATCH', 2, null, null, false, 'x'],
  ['[PATCH v3 resend 1/2] x', 'PATCH resend', 3, 1, 2, false, 'x'],
  ['[PATCH 5.10 12/100] x', 'PATCH 5.10', 1, 12, 100, false, 'x'],
  ['[PATCH 000/123] x', 'PATCH', 1, 0, 123, false, 'x'],
  ['[PATCHv4 1/2] x', 'PATCH', 4, 1, 2, false, 'x'],
  ['[v3,1/2] x', '', 3, 1, 2, false, 'x'],
  ['[PATCH -v2]x', 'PATCH', 2, null, null, false, 'x'],
  ['Re: [PATCH V2 1/2] x', 'PATCH', 2, 1, 2, true, 'x'],
  ['RE: Re: [iommu] [PATCH v9 02/11] x', 'iommu PATCH', 9, 2, 11, true, 'x'],
  ['[iommu] Re: [PATCH] x', 'iommu PATCH', 1, null, null, true, 'x'],
  ['Re[2]: [PATCH] x', 'PATCH', 1, null, null, true, 'x'],
  ['回复: [PATCH] x', 'PATCH', 1, null, null, true, 'x'],
  ['Fwd: [PATCH] x', 'PATCH', 1, null, null, false, 'x'],
  ['[PATCH] arm64: [not a tag] x', 'PATCH', 1, null, null, false, 'arm64: [not a tag] x'],
  ['Regression: x', '', 1, null, null, false, 'Regression: x'],
  ['[PATCH', '', 1, null, null, false, '[PATCH'],
  ['', '', 1, null, null, false, ''],
];

describe('a subject', () => {
  for (const [text, tags, version, index, total, isReply, title] of CASES)
    it(`reads ${text || 'nothing'}`, () => {
      const { subject } = only(mail([`Subject: ${text}`], 'x'));
      assert.deepEqual(subject, {
        title,
        tags: tags.split(' ').filter(Boolean),
        version,
        index,
        total,
        isReply,
      });
    });

  it('is null without the header', () => assert.equal(only(mail([], 'x')).subject, null));
});
