/** A test for all of several flags is true for one of them. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const anyFlagForAll = defineRule({
  id: 'any-flag-for-all',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'x & (A | B) is tested first, and x & A behind an else, which is never reached.',
  why: 'One flag is enough for the first test: what has only one of the rights is given both.',
  remedy: 'Compare: (x & (A | B)) == (A | B).',
  source: 'drivers/iommu/sun50i-iommu.c:sun50i_mk_pte (6.12)',
  bad: [
    {
      title: 'one is enough',
      code: `
#define CAN_READ 1
#define CAN_WRITE 2

int toy_rights(int prot)
{
	if (prot & (CAN_READ | CAN_WRITE))
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ any-flag-for-all: one of
		return 3;
	else if (prot & CAN_READ)
		return 1;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'both',
      code: `
#define CAN_READ 1
#define CAN_WRITE 2

int toy_rights(int prot)
{
	if ((prot & (CAN_READ | CAN_WRITE)) == (CAN_READ | CAN_WRITE))
		return 3;
	else if (prot & CAN_READ)
		return 1;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'flag-of-several',
      ({ subject, other }) =>
        `This is true for one of ${subject} already, so the test behind the else is never reached. Compare ${other} & (…) with all of them.`,
    ),
});
