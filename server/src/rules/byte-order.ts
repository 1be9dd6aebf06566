/** A number in the byte order of a device is taken for one of the CPU's, or the other way round. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const byteOrder = defineRule({
  id: 'byte-order',
  classes: ['value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A number in the byte order of a device is used as one of the CPU, or the other way round.',
  why: 'On a machine of the other order the bits are elsewhere, and the device reads another number; sparse complains on every machine.',
  remedy: 'Convert it: le32_to_cpu() before it is counted with, cpu_to_le32() for what is put beside it.',
  source:
    'Documentation/dev-tools/sparse.rst, "Using sparse for typechecking"; include/linux/byteorder/generic.h (6.12)',
  bad: [
    {
      title: 'bits of a descriptor',
      code: `
#define RING_VALID BIT(0)
struct ring_desc { __le64 addr; __le32 flags; };

bool ring_is_valid(struct ring_desc *desc)
{
	return desc->flags & RING_VALID;
//             ^^^^^^^^^^^ byte-order: le32_to_cpu
}`,
    },
    {
      title: 'a descriptor that gets numbers of the CPU',
      code: `
struct cmd { __le64 iova; __le16 pasid; __be32 tag; };

void cmd_fill(struct cmd *cmd, u64 iova, u16 pasid)
{
	cmd->iova = iova;
//                  ^^^^ byte-order: cpu_to_le64
	cmd->pasid = cpu_to_le16(pasid);
	cmd->tag = cpu_to_le32(3);
//                 ^^^^^^^^^^^^^^ byte-order: __be32
}`,
    },
    {
      title: 'a register image that is shifted, compared and switched by',
      code: `
struct evt { __be32 kind; __be32 size; __be32 sid; };
int evt_of(u32 sid);

int evt_handle(struct evt *evt)
{
	u32 pages = evt->size >> 12;
//                  ^^^^^^^^^ byte-order: be32_to_cpu

	if (evt->sid > 64)
//          ^^^^^^^^ byte-order: be32_to_cpu
		return -EINVAL;
	switch (evt->kind) {
//              ^^^^^^^^^ byte-order: be32_to_cpu
	case 3:
		return pages;
	}
	return 0;
}`,
    },
    {
      title: 'in a patch that shows the struct',
      form: 'patch',
      code: `
+struct viommu_req { __le32 domain; __le32 endpoint; };
+
+u32 viommu_domain_of(const struct viommu_req *req)
+{
+	return req->domain;
+//             ^^^^^^^^^^^ byte-order: le32_to_cpu
+}`,
    },
  ],
  good: [
    {
      title: 'converted',
      code: `
#define RING_VALID BIT(0)
struct ring_desc { __le64 addr; __le32 flags; };

u64 ring_take(struct ring_desc *desc, struct ring_desc *from)
{
	__le32 mask = cpu_to_le32(RING_VALID);

	if (!(desc->flags & cpu_to_le32(RING_VALID)))
		return 0;
	desc->flags &= ~mask;
	desc->flags |= from->flags & mask;
	from->flags = 0;
	if (desc->addr == from->addr || !from->addr)
		return 0;
	desc->addr = from->addr;
	return le64_to_cpu(desc->addr) >> 12;
}`,
    },
    {
      title: 'what reads the same in any order, and what is meant',
      code: `
struct evt { __be32 kind; __be64 token; };

bool evt_is_empty(struct evt *evt, u32 *raw)
{
	*raw = (__force u32)evt->kind;
	return evt->kind == 0xffffffff || evt->token == 0;
}`,
    },
    {
      title: 'one name in two blocks',
      code: `
u32 cfg_sum(u16 half, u32 word, bool wide)
{
	u32 sum = 0;

	if (wide) {
		__le32 val = cpu_to_le32(word);

		sum += cfg_put(&val);
	} else {
		__le16 val;

		val = cpu_to_le16(half);
		sum += cfg_put(&val);
	}
	return sum;
}`,
    },
    {
      title: 'an array, which is an address',
      code: `
struct cmd { __le64 data[4]; };

void cmd_copy(struct cmd *cmd, __le64 *to, int at)
{
	memcpy(to, cmd->data + at, sizeof(*to));
}`,
    },
    {
      title: 'cases of the same order',
      code: `
struct req { __le16 type; };

int req_size(struct req *req)
{
	switch (req->type) {
	case cpu_to_le16(1):
		return 8;
	default:
		return 16;
	}
}`,
    },
  ],
  check: (input) =>
    odditiesIn(input, 'byte-order', ({ subject, other }) => {
      const [type = '', use = ''] = other.split(' ');
      const short = type.slice(2);
      const order = short.startsWith('be')
        ? 'big-endian'
        : short.startsWith('le')
          ? 'little-endian'
          : 'in the byte order of the device';
      if (use === 'given')
        return `This goes where ${type} is kept, and ${subject} is not ${order}. Use cpu_to_${short}().`;
      const done =
        use === 'taken'
          ? 'goes where a number of the CPU is kept'
          : use === 'compared'
            ? 'is compared with a number of the CPU'
            : 'is counted with as a number of the CPU';
      return `${subject} is ${order} (${type}) and ${done}. Use ${short}_to_cpu() first.`;
    }),
});
