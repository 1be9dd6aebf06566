/** No memory is told as another error than ENOMEM. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const wrongAllocationErrno = defineRule({
  id: 'wrong-allocation-errno',
  classes: ['error-code', 'attach-semantics'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'An allocation fails, and the function returns something else than -ENOMEM.',
  why: 'EINVAL of an attach means that the domain does not fit and another should be tried; who has no memory should stop.',
  remedy: 'Return -ENOMEM.',
  source:
    'include/linux/iommu.h:struct iommu_domain_ops (6.12); drivers/iommu/mtk_iommu.c:mtk_iommu_domain_finalise (6.12)',
  bad: [
    {
      title: 'EINVAL for no memory',
      code: `
int toy_init(void)
{
	void *table = kzalloc(64, GFP_KERNEL);

	if (!table)
		return -EINVAL;
//                     ^^^^^^^ wrong-allocation-errno: -ENOMEM
	kfree(table);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'ENOMEM',
      code: `
int toy_init(void)
{
	void *table = kzalloc(64, GFP_KERNEL);

	if (!table)
		return -ENOMEM;
	kfree(table);
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'allocation-errno',
      ({ subject, other }) =>
        `${subject}() has no memory, and callers are told -${other}, which means something else to them. Return -ENOMEM.`,
      'Return -ENOMEM',
    ),
});
