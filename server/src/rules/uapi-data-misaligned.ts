/** Data of other structs at an odd place. */
import { defineRule } from './rule.js';

export const uapiDataMisaligned = defineRule({
  id: 'uapi-data-misaligned',
  classes: ['uapi-abi'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'The part of a uapi struct that takes other data begins at a multiple of 4 bytes only.',
  why: 'The first __u64 that is put there has another offset for 32-bit programs.',
  remedy: 'A __u32 reserved member before it.',
  source:
    'review of "vfio/type1: Report iommu nesting info to userspace", June 2020; Documentation/driver-api/ioctl.rst',
  bad: [
    {
      title: 'data at 12',
      code: `
//- include/uapi/linux/toy.h
struct toy_info {
	__u32 argsz;
	__u32 format;
	__u32 flags;
	__u8 data[];
//      ^^^^^^^^^^^^ uapi-data-misaligned: offset 12
};`,
    },
  ],
  good: [
    {
      title: 'data at 16',
      code: `
//- include/uapi/linux/toy.h
struct toy_info {
	__u32 argsz;
	__u32 format;
	__u32 flags;
	__u32 reserved;
	__u8 data[];
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const { name, members } of facts.uapiStructs) {
      for (const { name: member, type, offset, isOpen, hole, spot, wasThere } of members) {
        if (!isOpen || offset === null || offset % 8 === 0 || hole > 0 || wasThere || !isNew(spot)) continue;
        if (!/^(?:__u8|char|)$/.test(type) && !type.startsWith('union')) continue;
        yield {
          at: spot,
          function: name,
          message: `${member === '' ? 'The union' : `\`${member}\``} begins at offset ${offset}: a __u64 in it is placed differently for 32 and 64 bit. Pad to 8 bytes before it.`,
        };
      }
    }
  },
});
