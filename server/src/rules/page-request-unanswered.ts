/** A page request is not answered, or answered twice. Seen when scenarios are run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';
import { BONDS_WITH_PAGE_REQUESTS, changed } from './toy-bonds.js';

export const pageRequestUnanswered = defineRule({
  id: 'page-request-unanswered',
  classes: ['pasid-lifetime-limits'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A page request of a device is never answered, or more than once.',
  why: 'A device waits for the answer and holds one of few slots meanwhile: without one it hangs, and so does whoever waits until its requests are done. An answer too many is taken for that of another request.',
  remedy:
    'Answer with IOMMU_PAGE_RESP_INVALID on every path that does not hand the request on, and once where it is handled.',
  source: 'drivers/iommu/io-pgfault.c:iommu_report_device_fault (6.12)',
  bad: [
    {
      title: 'dropped when there is no memory',
      code: changed(
        BONDS_WITH_PAGE_REQUESTS,
        [
          `	if (!request)
		goto answer;`,
          `	if (!request)
		return -ENOMEM;
//              ^^^^^^^^^^^^^^^ page-request-unanswered: never answered`,
        ],
        ['answer:\n', ''],
      ),
    },
  ],
  good: [
    {
      title: 'answered on every path',
      code: BONDS_WITH_PAGE_REQUESTS,
    },
  ],
  check: (input) => breachesOf(input, ['NORESP'], 'Answer each request once on every path.'),
});
