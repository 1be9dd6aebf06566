/** The error of a callee is replaced by a constant. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const errnoReplaced = defineRule({
  id: 'errno-replaced',
  classes: ['error-code'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A function says by its error number what failed, and the caller returns another one.',
  why: 'Callers decide by the number: EINVAL of an attach means "try another domain", ENOMEM means "give up". A constant makes all failures one.',
  remedy: 'Return what the callee returned.',
  source:
    'include/linux/iommu.h:struct iommu_domain_ops (6.12); drivers/iommu/mtk_iommu.c:mtk_iommu_attach_device (6.12)',
  bad: [
    {
      title: 'ENODEV for everything',
      code: `
static int toy_start(int id, bool full)
{
	if (id < 0)
		return -EINVAL;
	if (full)
		return -ENOSPC;
	return 0;
}

int toy_attach(int id, bool full)
{
	int ret;

	ret = toy_start(id, full);
	if (ret)
		return -ENODEV;
//              ^^^^^^^^^^^^^^^ errno-replaced: toy_start
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'handed on',
      code: `
static int toy_start(int id, bool full)
{
	if (id < 0)
		return -EINVAL;
	if (full)
		return -ENOSPC;
	return 0;
}

int toy_attach(int id, bool full)
{
	int ret;

	ret = toy_start(id, full);
	if (ret)
		return ret;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'dropped-errno',
      ({ subject, other }) =>
        `${subject}() says what failed, and this makes -${other} of it. Callers decide by the number; return what it gave?`,
    ),
});
