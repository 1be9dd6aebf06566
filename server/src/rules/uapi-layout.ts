/** A struct for user space that is not the same for every program. */
import { defineRule, type Objection, type RuleInput } from './rule.js';

export const uapiLayout = defineRule({
  id: 'uapi-layout',
  classes: ['uapi-abi'],
  since: '0.2.0',
  summary: 'A struct for user space is laid out, or read, differently by a 32-bit and a 64-bit program.',
  why: 'Kernel and program then disagree on where its members are, and what the compiler puts between carries kernel memory out.',
  remedy: 'Use types of one size, order members by size, name the padding and test it for zero.',
  source:
    'Documentation/driver-api/ioctl.rst, "Structure layout"; Documentation/process/botching-up-ioctls.rst; review of "vfio/type1: Report iommu nesting info to userspace", June 2020; Documentation/driver-api/ioctl.rst',
  bad: [
    {
      title: 'a hole and a tail',
      code: `
//- include/uapi/linux/toy.h
struct toy_info {
	__u32 argsz;
	__u64 iova;
//      ^^^^^^^^^^^ uapi-layout: 4 bytes
	__u32 flags;
};`,
    },
    {
      title: 'a pointer',
      code: `
//- include/uapi/linux/toy.h
struct toy_map {
	__u32 argsz;
	void *addr;
//      ^^^^^^^^^^^ uapi-layout: a pointer
};`,
    },
    {
      title: 'data at 12',
      code: `
//- include/uapi/linux/toy.h
struct toy_info {
	__u32 argsz;
	__u32 format;
	__u32 flags;
	__u8 data[];
//      ^^^^^^^^^^^^ uapi-layout: offset 12
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
  forms: [
    {
      of: 'A struct for user space has padding that the compiler adds.',
      why: 'Where it is depends on the architecture, so that a 32-bit program and a 64-bit kernel disagree; and it carries kernel memory out, or unknown values in.',
      instead: 'Order the members by size or name the padding, and test it for zero.',
      severity: 'warning',
      confidence: 'certain',
      check: uapiPadding,
    },
    {
      of: 'A struct for user space has a member whose size or meaning depends on the program or the compiler.',
      why: 'long, size_t and pointers have another size in a 32-bit program; bool and u32 are not types of user space; enums and bit fields are laid out as the compiler likes.',
      instead: '__u64 for addresses (u64_to_user_ptr()), __u8 or a flag for bool, __u32 for u32.',
      severity: 'warning',
      confidence: 'certain',
      check: uapiType,
    },
    {
      of: 'The part of a uapi struct that takes other data begins at a multiple of 4 bytes only.',
      why: 'The first __u64 that is put there has another offset for 32-bit programs.',
      instead: 'A __u32 reserved member before it.',
      severity: 'info',
      confidence: 'possible',
      check: uapiDataMisaligned,
    },
  ],
});

function* uapiPadding({ facts, isNew }: RuleInput): Iterable<Objection> {
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
}

function* uapiType({ facts, isNew }: RuleInput): Iterable<Objection> {
  for (const struct of facts.uapiStructs) {
    for (const { name, type, problem, spot } of struct.members) {
      if (problem === null || !isNew(spot)) continue;
      const isUpToCompiler = problem === 'is bits' || problem === 'is enum';
      // One objection to the bits of a struct is enough.
      if (problem === 'is bits' && struct.members.find((each) => each.problem === problem)?.name !== name)
        continue;
      yield {
        at: spot,
        function: struct.name,
        ...(isUpToCompiler ? { severity: 'info' as const } : {}),
        message: isUpToCompiler
          ? `How \`${name}\` of struct ${struct.name} is laid out is up to the compiler. ${INSTEAD.get(problem)!}`
          : `\`${name}\` of struct ${struct.name} is ${problem === 'is a pointer' ? 'a pointer' : `of type ${type}`}: not the same for every program. ${INSTEAD.get(problem)!}`,
      };
    }
  }
}

function* uapiDataMisaligned({ facts, isNew }: RuleInput): Iterable<Objection> {
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
}

const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['is a pointer', 'Use __u64 and u64_to_user_ptr().'],
  ['differs', 'Use __u64 or __u32.'],
  ['is enum', 'Use __u32 for an enum.'],
  ['is bits', 'Use a __u32 with masks.'],
  ['is bool', 'Use __u8 or a bit of flags.'],
  ['is private', 'Use the type of the same size with two underscores.'],
]);
