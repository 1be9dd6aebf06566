/** A type that differs between programs. */
import { defineRule } from './rule.js';

export const uapiType = defineRule({
  id: 'uapi-type',
  classes: ['uapi-abi'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A struct for user space has a member whose size or meaning depends on the program.',
  why: 'long, size_t and pointers have another size in a 32-bit program; bool and u32 are not types of user space.',
  remedy: '__u64 for addresses (u64_to_user_ptr()), __u8 or a flag for bool, __u32 for u32.',
  source:
    'Documentation/driver-api/ioctl.rst, "Structure layout"; Documentation/process/botching-up-ioctls.rst',
  bad: [
    {
      title: 'a pointer',
      code: `
//- include/uapi/linux/toy.h
struct toy_map {
	__u32 argsz;
	void *addr;
//      ^^^^^^^^^^^ uapi-type: a pointer
};`,
    },
  ],
  good: [
    {
      title: 'an address',
      code: `
//- include/uapi/linux/toy.h
struct toy_map {
	__u32 argsz;
	__u32 flags;
	__u64 addr;
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const struct of facts.uapiStructs) {
      for (const { name, type, problem, spot } of struct.members) {
        if (problem === null || !isNew(spot)) continue;
        yield {
          at: spot,
          function: struct.name,
          message: `\`${name}\` of struct ${struct.name} is ${problem === 'is a pointer' ? 'a pointer' : `of type ${type}`}: not the same for every program. ${INSTEAD.get(problem)!}`,
        };
      }
    }
  },
});

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['is a pointer', 'Use __u64 and u64_to_user_ptr().'],
  ['differs', 'Use __u64 or __u32.'],
  ['is bool', 'Use __u8 or a bit of flags.'],
  ['is private', 'Use the type of the same size with two underscores.'],
]);
