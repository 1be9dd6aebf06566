/** A loop that counts away from where its condition ends it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const loopDirection = defineRule({
  id: 'loop-direction',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A loop counts up while its condition waits for it to come down, or the other way round.',
  why: 'The loop runs past the end of what it walks, often in an unwinding that nobody tests.',
  remedy: 'Count the way the condition looks.',
  source: 'drivers/iommu/mtk_iommu.c:mtk_iommu_mm_dts_parse (6.12), whose unwinding counted up once',
  bad: [
    {
      title: 'an unwinding that counts up',
      code: `
struct toy { int id; };
void toy_stop(struct toy *toy);

void toy_stop_all(struct toy **toys, int count)
{
	int i;

	for (i = count - 1; i >= 0; i++)
//                                  ^^^ loop-direction: away from
		toy_stop(toys[i]);
}`,
    },
  ],
  good: [
    {
      title: 'down to zero',
      code: `
struct toy { int id; };
void toy_stop(struct toy *toy);

void toy_stop_all(struct toy **toys, int count)
{
	int i;

	for (i = count - 1; i >= 0; i--)
		toy_stop(toys[i]);
}`,
    },
    {
      title: 'below zero is above every limit for a number without a sign',
      code: `
struct toy { int id; };
void toy_stop(struct toy *toy);

void toy_stop_all(struct toy **toys, unsigned int count)
{
	unsigned int i;

	for (i = count - 1; i < count; i--)
		toy_stop(toys[i]);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'loop-runs-away',
      ({ subject, other }) =>
        `\`${subject}\` moves away from what ends the loop: \`${other}\`. The other way?`,
    ),
});
