/** Bits of one value that are put over one another, and masked values that are compared with what they cannot be. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const misplacedBits = defineRule({
  id: 'misplaced-bits',
  classes: ['value-encoding'],
  since: '0.2.0',
  summary:
    'Parts of an address are packed into bits that another part has, or a masked value is compared with bits outside of its mask.',
  why: 'Two parts in one place give neither: the hardware follows another address. A comparison that cannot hold hides the code behind it.',
  remedy: 'Hold the masks and the shifts against the layout of the register.',
  source:
    'drivers/iommu/rockchip-iommu.c:rk_mk_dte_v2 (6.12); review of "iommu: rockchip: Add support for iommu v2", May 2021',
  bad: [
    {
      title: 'high bits over low ones',
      code: `
#define LOW_BITS  GENMASK(31, 12)
#define HIGH_BITS GENMASK_ULL(39, 36)

u32 toy_entry(u64 address)
{
	return (address & LOW_BITS) |
	       ((address & HIGH_BITS) >> 24) |
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced-bits: 15:12
	       1;
}`,
    },
    {
      title: 'bits outside of the mask',
      code: `
#define TOY_MODE      GENMASK(5, 4)
#define TOY_MODE_WIDE 0x3

bool toy_is_wide(u32 control)
{
	return (control & TOY_MODE) == TOY_MODE_WIDE;
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced-bits: never
}`,
    },
    {
      title: 'over the old ones',
      code: `
#define TOY_MODE GENMASK(5, 4)

void toy_set_mode(struct toy *toy, u32 mode)
{
	u32 control = readl(toy->base);

	control |= FIELD_PREP(TOY_MODE, mode);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced-bits: TOY_MODE
	writel(control, toy->base);
}`,
    },
    {
      title: 'turned twice, and too short',
      code: `
struct toy_command { __le64 address; };

void toy_send(struct toy *toy, struct toy_command *command, u64 address)
{
	command->address = cpu_to_le32(address);
//                         ^^^^^^^^^^^^^^^^^^^^ misplaced-bits: __le64
	writel(cpu_to_le32(1), toy->base);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced-bits: writel
}`,
    },
  ],
  good: [
    {
      title: 'each in its place, and what is left where it is',
      code: `
#define LOW_BITS  GENMASK(31, 12)
#define HIGH_BITS GENMASK_ULL(35, 32)
#define TOP_BITS  GENMASK_ULL(39, 36)
#define TOY_MODE      GENMASK(5, 4)
#define TOY_MODE_WIDE (3 << 4)

u32 toy_entry(u64 address, u64 other)
{
	return (address & LOW_BITS) |
	       ((address & HIGH_BITS) >> 24) |
	       ((address & TOP_BITS) >> 32) |
	       (address & GENMASK(31, 20)) |
	       ((other & TOP_BITS) >> 24);
}

bool toy_is_wide(u32 control)
{
	return (control & TOY_MODE) == TOY_MODE_WIDE;
}`,
    },
  ],
  forms: [
    {
      of: 'Two parts of one value are moved by different distances, and come to lie on the same bits.',
      why: 'What is in both places is the one or the other of them, or neither.',
      instead: 'Mask and shift each into bits of its own.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'bits-overlap',
          ({ subject, other }) =>
            `This comes to lie in bits ${subject}, where another part of the same value is, which has ${other}. Are masks or shifts mixed up?`,
        ),
    },
    {
      of: 'A value is masked and compared with bits that the mask takes away.',
      why: 'The comparison has one answer, whatever the value is.',
      instead: 'Compare with a value that lies within the mask.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'never-equal',
          ({ subject, other }) =>
            `\`${subject}\` is ${other === 'never' ? 'never equal to this' : 'always another'}: the mask takes away bits that this has. Is a shift missing?`,
        ),
    },
    {
      of: 'A field is put into what a register has, and the old value of the field is not cleared.',
      why: 'Bits of the old value stay: of mode 1 and mode 2 comes mode 3.',
      instead: 'Clear the field first, or use u32p_replace_bits().',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'field-not-cleared',
          ({ subject, other }) =>
            `${other} still has what ${subject} was before, and this only adds bits to it. Clear the field first?`,
        ),
    },
    {
      of: 'A value is turned to little-endian and given to an accessor that does so as well.',
      why: 'On a big-endian machine the bytes are turned twice, so not at all.',
      instead: 'Give the accessor the value as it is.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'turned-twice',
          ({ subject, other }) =>
            `${subject}() and ${other}() both turn the bytes, which on a big-endian machine turns them back. Leave one out.`,
        ),
    },
    {
      of: 'A value is turned in another width than its place has.',
      why: 'The half that is left out is zero, and on a big-endian machine it is the wrong half.',
      instead: 'Use the conversion of the width of the place.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(input, 'turned-short', ({ subject, other }) => {
          const [turn, type] = other.split(' ');
          return `${subject} is ${type}, and ${turn}() has another width. Use the conversion of ${type}.`;
        }),
    },
  ],
});
