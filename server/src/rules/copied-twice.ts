/** User memory that is fetched again after it was looked at. */
import { defineRule } from './rule.js';

export const copiedTwice = defineRule({
  id: 'copied-twice',
  classes: ['uapi-abi'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A function copies the same user memory twice: first its head, then all of it by what the head said.',
  why: 'User space can change the head in between, so that what was tested is not what is used.',
  remedy: 'Copy the rest behind the head, or test the second copy again.',
  source:
    'Documentation/process/botching-up-ioctls.rst; review of "vfio/type1: Add VFIO_IOMMU_CACHE_INVALIDATE", March 2020',
  bad: [
    {
      title: 'the head can change',
      code: `
long toy_ioctl(struct toy *toy, void __user *arg)
{
	struct toy_head head;
	void *all;

	if (copy_from_user(&head, arg, sizeof(head)))
		return -EFAULT;
	all = kmalloc(head.argsz, GFP_KERNEL);
	if (!all)
		return -ENOMEM;
	if (copy_from_user(all, arg, head.argsz))
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copied-twice: fetched again
		return toy_failed(toy, all);
	return toy_use(toy, all);
}`,
    },
  ],
  good: [
    {
      title: 'only what is new',
      code: `
long toy_ioctl(struct toy *toy, void __user *arg)
{
	struct toy_head head;
	void *rest;

	if (copy_from_user(&head, arg, sizeof(head)))
		return -EFAULT;
	rest = kmalloc(head.argsz, GFP_KERNEL);
	if (!rest)
		return -ENOMEM;
	if (copy_from_user(rest, arg + sizeof(head), head.argsz))
		return toy_failed(toy, rest);
	return toy_use(toy, rest);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { first, spot, source } of fn.copiedTwice) {
        if (!isNew(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `\`${source}\` is fetched again: user space may have changed what the first copy was tested for. Copy only what comes behind it, or test again.`,
          related: [{ spot: first, message: 'first copied here' }],
        };
      }
    }
  },
});
