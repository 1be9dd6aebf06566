/** A struct for user space that can never grow. */
import { defineRule } from './rule.js';

export const uapiNotExtensible = defineRule({
  id: 'uapi-not-extensible',
  classes: ['uapi-abi'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A new struct for user space has neither a size nor flags nor reserved members.',
  why: 'The first thing that was forgotten needs a new ioctl.',
  remedy: 'Begin with argsz (or size) and flags, and refuse flags that are not known.',
  source:
    'include/uapi/linux/iommufd.h (6.12): each struct begins with size; Documentation/process/botching-up-ioctls.rst',
  bad: [
    {
      title: 'no room',
      code: `
//- include/uapi/linux/toy.h
struct toy_map {
//     ^^^^^^^ uapi-not-extensible: argsz
	__u64 iova;
	__u64 length;
};`,
    },
  ],
  good: [
    {
      title: 'room',
      code: `
//- include/uapi/linux/toy.h
struct toy_map {
	__u32 argsz;
	__u32 flags;
	__u64 iova;
	__u64 length;
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const { name, isPart, wasThere, spot, members } of facts.uapiStructs) {
      if (isPart || wasThere || members.length < 2 || !isNew(spot)) continue;
      const isWire = members.some(({ type }) => /^__(?:le|be)\d/.test(type));
      if (isWire || members.some((member) => ROOM.test(member.name) || /header/.test(member.type))) continue;
      yield {
        at: spot,
        function: name,
        message: `How is struct ${name} to grow? It has no argsz, flags or reserved member. Begin with argsz and flags.`,
      };
    }
  },
});

const ROOM = /flags|argsz|size|version|reserved|pad|header/;
