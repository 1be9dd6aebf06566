/** A function fails with a number that callers do not know. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const notAnErrno = defineRule({
  id: 'not-an-errno',
  classes: ['error-code'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function that returns error numbers returns -1, -ENOTSUPP or -ENOSYS.',
  why: '-1 is EPERM by accident, ENOTSUPP has no meaning in user space, and ENOSYS is for system calls that do not exist.',
  remedy: 'Return the error that happened; -EOPNOTSUPP for what is not supported.',
  source: 'scripts/checkpatch.pl: ENOTSUPP, ENOSYS; include/linux/errno.h (6.12)',
  bad: [
    {
      title: 'not for user space',
      code: `
int toy_bind(int flags)
{
	if (flags)
		return -ENOTSUPP;
//                     ^^^^^^^^^ not-an-errno: EOPNOTSUPP
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'the one that is',
      code: `
int toy_bind(int flags)
{
	if (flags)
		return -EOPNOTSUPP;
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'no-errno',
      ({ subject }) =>
        subject === '1'
          ? '-1 is -EPERM by accident. Return the error that happened.'
          : `${subject} is not for this: ${subject === 'ENOSYS' ? 'it says that a system call does not exist' : 'user space does not know it'}. Return -EOPNOTSUPP.`,
      'Return -EOPNOTSUPP',
    ),
});
