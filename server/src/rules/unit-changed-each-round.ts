/** A variable that is shifted to another unit in a loop that does it again in the next round. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const unitChangedEachRound = defineRule({
  id: 'unit-changed-each-round',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A variable from outside of a loop is shifted in place in each round, and the next round takes the result for what it was.',
  why: 'From the second round on a number of pages is divided by the page size once more, and what is written is about another address.',
  remedy: 'Shift once before the loop, or into a variable of the round.',
  source: 'drivers/iommu/arm/arm-smmu/qcom_iommu.c:qcom_iommu_tlb_inv_range_nosync (6.12)',
  bad: [
    {
      title: 'an address that becomes a page number',
      code: `
struct toy { int count; int ids[8]; };
void toy_write(int id, unsigned long value);

void toy_flush(struct toy *toy, unsigned long iova, bool wide)
{
	int i;

	for (i = 0; i < toy->count; i++) {
		if (wide) {
			iova >>= 12;
//                      ^^^^^^^^^^^ unit-changed-each-round: again
			iova |= (u64)toy->ids[i] << 48;
		}
		toy_write(toy->ids[i], iova);
	}
}`,
    },
  ],
  good: [
    {
      title: 'of the round, or masked so that it stays what it was, or taken apart',
      code: `
struct toy { int count; int ids[8]; };
void toy_write(int id, unsigned long value);

void toy_flush(struct toy *toy, unsigned long iova, unsigned long word)
{
	unsigned long page;
	int i;

	for (i = 0; i < toy->count; i++) {
		page = iova;
		page >>= 12;
		toy_write(toy->ids[i], page);
		iova = (iova >> 12) << 12;
		iova |= toy->ids[i];
		toy_write(toy->ids[i], iova);
		toy_write(toy->ids[i], word & 0xffff);
		word >>= 16;
	}
}`,
    },
    {
      title: 'what the loop counts by',
      code: `
void toy_write(int id, unsigned long value);

void toy_levels(unsigned long pages)
{
	int level;

	for (level = 0; pages; level++) {
		pages >>= 9;
		toy_write(level, pages);
	}
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'shifted-each-round',
      ({ subject, other }) =>
        `Each round of the loop shifts ${subject} again, by ${other}, and the next takes that for what it was. Shift it before the loop, or into a variable of the round.`,
    ),
});
