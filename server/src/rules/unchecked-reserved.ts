/** What must be zero, and is not looked at. */
import { defineRule } from './rule.js';

export const uncheckedReserved = defineRule({
  id: 'unchecked-reserved',
  classes: ['uapi-abi'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A struct from user space has flags or reserved members, and the function that copies it in does not look at them.',
  why: 'What old kernels let pass can never be given a meaning: some program will have left rubbish there.',
  remedy: 'Return -EINVAL for flags that are not known and for reserved members that are not zero.',
  source: 'Documentation/process/botching-up-ioctls.rst; review of "vduse: Introduce VDUSE", July 2021',
  bad: [
    {
      title: 'flags of any kind',
      code: `
struct toy_map {
	__u32 argsz;
	__u32 flags;
	__u64 iova;
};

long toy_ioctl_map(struct toy *toy, void __user *arg)
{
	struct toy_map map;

	if (copy_from_user(&map, arg, sizeof(map)))
//          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unchecked-reserved: nobody looks at
		return -EFAULT;
	return toy_map(toy, map.iova);
}`,
    },
  ],
  good: [
    {
      title: 'unknown flags are refused',
      code: `
struct toy_map {
	__u32 argsz;
	__u32 flags;
	__u64 iova;
};

long toy_ioctl_map(struct toy *toy, void __user *arg)
{
	struct toy_map map;

	if (copy_from_user(&map, arg, sizeof(map)))
		return -EFAULT;
	if (map.flags)
		return -EINVAL;
	return toy_map(toy, map.iova);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { spot, struct, member, variable, declared } of fn.uncheckedInputs) {
        if (!isNew(spot)) continue;
        yield {
          at: spot,
          function: fn.name,
          message: `User space fills \`${variable}\`, and nobody looks at \`${member}\` of ${struct}. Return -EINVAL unless it is zero or known, or it can never be used.`,
          related: [{ spot: declared, message: 'declared here' }],
        };
      }
    }
  },
});
