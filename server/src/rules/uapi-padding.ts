/** Bytes of a uapi struct that nobody named. */
import { defineRule } from './rule.js';

export const uapiPadding = defineRule({
  id: 'uapi-padding',
  classes: ['uapi-abi'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A struct for user space has padding that the compiler adds.',
  why: 'Where it is depends on the architecture, so that a 32-bit program and a 64-bit kernel disagree; and it carries kernel memory out, or unknown values in.',
  remedy: 'Order the members by size or name the padding, and test it for zero.',
  source:
    'Documentation/driver-api/ioctl.rst, "Structure layout"; Documentation/process/botching-up-ioctls.rst',
  bad: [
    {
      title: 'a hole and a tail',
      code: `
//- include/uapi/linux/toy.h
struct toy_info {
	__u32 argsz;
	__u64 iova;
//      ^^^^^^^^^^^ uapi-padding: 4 bytes
	__u32 flags;
};`,
    },
  ],
  good: [
    {
      title: 'no bytes without a name',
      code: `
//- include/uapi/linux/toy.h
struct toy_info {
	__u32 argsz;
	__u32 flags;
	__u64 iova;
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const struct of facts.uapiStructs) {
      const hole = struct.members.find(
        ({ hole: bytes, spot, wasThere }) => bytes > 0 && isNew(spot) && !wasThere,
      );
      const at = hole ?? struct.members.at(-1);
      if (!at || (!hole && struct.tail === 0) || !isNew(at.spot) || at.wasThere) continue;
      const where = hole ? `before \`${hole.name}\`` : 'at its end';
      const bytes = hole ? hole.hole : struct.tail;
      yield {
        at: at.spot,
        function: struct.name,
        message: `${bytes} bytes of padding ${where} of struct ${struct.name} have no name: they may differ between 32 and 64 bit, and nobody tests them for zero. Order members by size, or name the padding.`,
      };
    }
  },
});
