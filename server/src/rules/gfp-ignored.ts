/** A function is told how memory may be had, and does not care. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const gfpIgnored = defineRule({
  id: 'gfp-ignored',
  classes: ['deadlock-sleep'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A function has a gfp parameter and allocates with GFP_KERNEL all the same.',
  why: 'A caller that may not sleep passes GFP_ATOMIC and sleeps nevertheless.',
  remedy: 'Pass the parameter on.',
  source: 'Documentation/core-api/memory-allocation.rst (6.12); drivers/iommu/iommu.c:iommu_map takes gfp',
  bad: [
    {
      title: 'not passed on',
      code: `
int toy_map_one(unsigned long iova, gfp_t gfp);

int toy_map(unsigned long iova, gfp_t gfp)
{
	return toy_map_one(iova, GFP_KERNEL);
//                               ^^^^^^^^^^ gfp-ignored: asked for
}`,
    },
  ],
  good: [
    {
      title: 'passed on',
      code: `
int toy_map_one(unsigned long iova, gfp_t gfp);

int toy_map(unsigned long iova, gfp_t gfp)
{
	return toy_map_one(iova, gfp);
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'gfp-ignored',
      ({ subject, other }) =>
        `${subject}() sleeps with GFP_KERNEL, although the caller asked for ${other}. Pass ${other} on.`,
      'Pass the parameter on',
    ),
});
