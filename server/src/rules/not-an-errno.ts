/** A function fails with a number that callers do not know. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const notAnErrno = defineRule({
  id: 'not-an-errno',
  classes: ['error-code'],
  since: '0.2.0',
  summary: 'A function that returns error numbers returns -1, -ENOTSUPP, -ENOSYS, or a number of bytes.',
  why: '-1 is EPERM by accident, ENOTSUPP has no meaning in user space, and ENOSYS is for system calls that do not exist. What copy_to_user() could not copy is a length, and positive.',
  remedy:
    'Return the error that happened; -EOPNOTSUPP for what is not supported, -EFAULT where user memory cannot be reached.',
  source: 'scripts/checkpatch.pl: ENOTSUPP, ENOSYS; include/linux/errno.h, include/linux/uaccess.h (6.12)',
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
    {
      title: 'bytes for an error',
      code: `
long toy_ioctl(void __user *arg, const struct toy_info *info)
{
	return copy_to_user(arg, info, sizeof(*info));
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not-an-errno: EFAULT
}`,
    },
    {
      title: 'an error in a bool',
      code: `
static int toy_write(int id)
{
	return id ? 0 : -EINVAL;
}

static int toy_check(int id)
{
	if (id > 9)
		return -EINVAL;
	return toy_write(id);
}

int toy_modify(int id)
{
	bool ret;

	ret = toy_check(id);
//            ^^^^^^^^^^^^^ not-an-errno: becomes 1
	if (ret)
		return ret;
	return toy_write(id);
}`,
    },
    {
      title: 'of what is never negative',
      code: `
bool toy_capable(struct device *dev)
{
	if (!dev->driver_data)
		return -ENODEV;
//                     ^^^^^^^ not-an-errno: true
	return true;
}

size_t toy_unmap(struct toy *toy, unsigned long iova, size_t size)
{
	if (!toy->table)
		return -EINVAL;
//                     ^^^^^^^ not-an-errno: large number
	return size;
}`,
    },
    {
      title: 'with the wrong sign',
      code: `
int toy_check(struct toy *toy)
{
	if (toy->bad)
		return EINVAL;
//                     ^^^^^^ not-an-errno: positive
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'zero, where there are no numbers below it',
      code: `
size_t toy_unmap(struct toy *toy, unsigned long iova, size_t size)
{
	if (!toy->table)
		return 0;
	return size;
}`,
    },
    {
      title: 'the error that it is',
      code: `
long toy_ioctl(void __user *arg, const struct toy_info *info)
{
	return copy_to_user(arg, info, sizeof(*info)) ? -EFAULT : 0;
}`,
    },
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
  forms: [
    {
      of: 'A function that returns error numbers returns -1, -ENOTSUPP or -ENOSYS.',
      why: '-1 is EPERM by accident, ENOTSUPP has no meaning in user space, and ENOSYS is for system calls that do not exist.',
      instead: 'Return the error that happened; -EOPNOTSUPP for what is not supported.',
      severity: 'info',
      confidence: 'certain',
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
    },
    {
      of: 'What copy_to_user() and the like could not copy is returned as if it were an error.',
      why: 'It is a number of bytes, and positive: user space takes the failure for success.',
      instead: 'Return -EFAULT.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'bytes-as-errno',
          ({ subject }) =>
            `${subject}() says how many bytes are left, which is no error number: user space takes it for success. Return -EFAULT.`,
        ),
    },
    {
      of: 'A function that returns bool returns an error number.',
      why: 'It is not zero, so it says yes.',
      instead: 'Return false, or make the function return int.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'errno-as-truth',
          ({ subject, other }) =>
            `${other}() returns bool, and ${subject} is true: it says yes. Return false?`,
        ),
    },
    {
      of: 'An error number is kept in a bool, and returned from there.',
      why: 'Every error becomes 1, which callers that ask for a negative number take for success.',
      instead: 'Keep it in an int.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'error-in-bool',
          ({ subject, other }) =>
            `${subject} is a bool: the error of ${other}() becomes 1, and is returned as that. Make it an int.`,
        ),
    },
    {
      of: 'A function whose type has no negative numbers returns an error number.',
      why: 'As a bool it is true, and as a size, an address or a number of an id it is a large one: callers take it for success.',
      instead: 'Return what the type has for a failure (false, 0), or make it an int.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'errno-of-unsigned', ({ subject, other }) =>
          other === 'bool' || other === '_Bool'
            ? `-${subject} is true as a bool: callers take it for yes. Return false, or make it an int.`
            : other === 'irqreturn_t'
              ? `-${subject} is no irqreturn_t. Return IRQ_NONE.`
              : `-${subject} is a large number as ${other}, which callers take for success. Return what it has for a failure (${other === 'ioasid_t' ? 'INVALID_IOASID' : '0'}?), or make it an int.`,
        ),
    },
    {
      of: 'An error number is returned without its minus, or PTR_ERR() with one more.',
      why: 'Callers test for a negative number or IS_ERR(), and take it for success.',
      instead: 'Return it as a negative number.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'positive-errno',
          ({ subject }) => `${subject} is positive, and callers look for a negative number. Turn the sign.`,
        ),
    },
  ],
});
