/** An error number that says something else than what happened. */
import { breachesOf, shownBy } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule, type Objection, type RuleInput } from './rule.js';
import { BOND_OF_A_DEVICE, changed } from './toy-bonds.js';
import { TOY_DRIVER } from './toy-driver.js';

export const wrongErrno = defineRule({
  id: 'wrong-errno',
  classes: ['error-code', 'attach-semantics'],
  since: '0.2.0',
  summary: 'A call gives another error number than what happened.',
  why: 'Callers tell by the number what to do next: EINVAL makes them try another domain, ENOMEM makes them give up, and EBUSY sends a user to look for somebody else who has the device.',
  remedy:
    'Give ENOMEM where an allocation fails, EBUSY where a slot is taken, ENODEV where the device is at fault, and EINVAL only where a domain does not fit.',
  source:
    'include/linux/iommu.h:struct iommu_domain_ops, drivers/iommu/iommu-sva.c:iommu_sva_bind_device (6.12); include/linux/iommu.h:struct iommu_domain_ops (6.12); drivers/iommu/mtk_iommu.c:mtk_iommu_domain_finalise (6.12); include/linux/iommu.h:struct iommu_domain_ops, attach_dev (6.12)',
  bad: [
    {
      title: 'no memory comes out as EINVAL',
      code: changed(BOND_OF_A_DEVICE, [
        `		return ERR_PTR(-ENOMEM);`,
        `		return ERR_PTR(-EINVAL);
//                     ^^^^^^^^^^^^^^^^ wrong-errno: has no memory`,
      ]),
    },
    {
      title: 'an attach that does not fit is refused with ENXIO',
      code: changed(TOY_DRIVER, [
        `	if (toy->iommu && toy->iommu != iommu) {
		ret = -EINVAL;
		goto unlock;
	}`,
        `	if (toy->iommu && toy->iommu != iommu) {
		mutex_unlock(&toy->lock);
//              ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-errno: refuses a domain of another instance with ENXIO
		return -ENXIO;
	}`,
      ]),
    },
    {
      title: 'an attach for which there is no memory returns EINVAL',
      code: changed(TOY_DRIVER, [
        `			ret = -ENOMEM;
			goto unlock;`,
        `			mutex_unlock(&toy->lock);
//                      ^^^^^^^^^^^^^^^^^^^^^^^^ wrong-errno: returns EINVAL where kzalloc() found no memory
			return -EINVAL;
//                             ^^^^^^^ wrong-errno: has no memory`,
      ]),
    },
  ],
  good: [
    {
      title: 'a default that passes the command on',
      code: `
struct toy { long (*other)(unsigned int cmd); };

long toy_ioctl(struct file *filep, unsigned int cmd, unsigned long arg)
{
	struct toy *toy = filep->private_data;
	long ret = 0;

	switch (cmd) {
	case TOY_NOP:
		break;
	default:
		if (!toy->other)
			ret = -EINVAL;
		else
			ret = toy->other(cmd);
	}
	return ret;
}`,
    },
    {
      title: 'no such command, and a wrong argument of one',
      code: `
int toy_reset(struct file *filep);

long toy_ioctl(struct file *filep, unsigned int cmd, unsigned long arg)
{
	long ret = -ENOTTY;

	switch (cmd) {
	case TOY_RESET:
		if (arg)
			return -EINVAL;
		ret = toy_reset(filep);
		break;
	}
	return ret;
}`,
    },
    {
      title: 'ENOMEM for no memory',
      code: BOND_OF_A_DEVICE,
    },
    { title: 'EINVAL for a domain that does not fit, ENOMEM for no memory', code: TOY_DRIVER },
  ],
  forms: [
    {
      of: 'A call gives another error number than what happened, or an error where it must succeed.',
      why: 'Callers tell by the number what to do next: EINVAL makes them try another domain, ENOMEM makes them give up, and EBUSY sends a user to look for somebody else who has the device.',
      instead:
        'Hand the error of the callee on; give ENOMEM where an allocation fails, EBUSY where a slot is taken, and EINVAL only where a domain does not fit.',
      severity: 'warning',
      confidence: 'certain',
      check: errnosInRuns,
    },
    {
      of: 'An allocation fails, and the function returns something else than -ENOMEM.',
      why: 'EINVAL of an attach means that the domain does not fit and another should be tried; who has no memory should stop.',
      instead: 'Return -ENOMEM.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'allocation-errno',
          ({ subject, other }) =>
            `${subject}() has no memory, and callers are told -${other}, which means something else to them. Return -ENOMEM.`,
          'Return -ENOMEM',
        ),
    },
    {
      of: 'An attach op returns another error than -EINVAL for a domain that does not fit, or -EINVAL for what the device lacks.',
      why: 'By the contract EINVAL, and nothing else, means that device and domain are incompatible: callers then try another domain. What is wrong with the device alone is ENODEV.',
      instead: 'Return -EINVAL where the domain does not fit, and -ENODEV where the device is at fault.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'attach-errno',
          ({ subject, other }) =>
            other === 'EINVAL'
              ? `Callers take only -EINVAL for "does not fit, try another domain", and give up at -${subject}. Return -EINVAL?`
              : `-EINVAL says that another domain would fit, but here the device is at fault. Return -ENODEV?`,
          'Return what the contract asks for',
        ),
    },
    {
      of: 'The ioctl of a file answers -EINVAL to a command that it does not know.',
      why: 'User space takes EINVAL for a wrong argument of a command that there is. ENOTTY says that there is none, by which it tells an older kernel.',
      instead: 'Return -ENOTTY.',
      severity: 'info',
      confidence: 'certain',
      quietInTree: true,
      check: (input) =>
        odditiesIn(
          input,
          'unknown-command',
          () =>
            'A command that is not known is answered with -ENOTTY (Documentation/driver-api/ioctl.rst); -EINVAL is about the argument of one that is.',
          'Return -ENOTTY',
        ),
    },
    {
      of: 'Memory of the user cannot be reached, and the function returns something else than -EFAULT.',
      why: 'User space is told that an argument is wrong where a pointer is.',
      instead: 'Return -EFAULT.',
      severity: 'info',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'fault-as-another',
          ({ subject, other }) =>
            `${other}() fails where a pointer of the user is bad: -EFAULT, not -${subject}.`,
          'Return -EFAULT',
        ),
    },
  ],
});

function* errnosInRuns(input: RuleInput): Iterable<Objection> {
  yield* breachesOf(
    shownBy(input, 'scenarios'),
    ['ERRNO'],
    'Give the error that happened, and none where the call can be done.',
  );
  yield* breachesOf(
    shownBy(input, 'drivers'),
    ['ERRNO'],
    'Callers of an attach take EINVAL for a domain that does not fit and try another one, and ENOMEM for no memory.',
  );
}
