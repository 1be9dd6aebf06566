/** A number that the firmware wrote indexes an array. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const uncheckedIndex = defineRule({
  id: 'unchecked-index',
  classes: ['use-before-check-or-init', 'value-encoding'],
  since: '0.2.0',
  summary:
    'An ID from the device tree or ACPI, or a number that any caller gives, is used as an index, and nothing compares it with the size of the array.',
  why: 'The numbers of a struct iommu_fwspec are what the firmware says. A wrong or newer description of the hardware reads past the end of the array.',
  remedy: 'Refuse a number that is too large, where it is translated or before it is used.',
  source:
    'include/linux/iommu.h:struct iommu_fwspec, drivers/iommu/mtk_iommu.c:mtk_iommu_probe_device (6.12)',
  bad: [
    {
      title: 'whatever the firmware says',
      code: `
struct toy { struct device *ports[8]; };

struct device *toy_port(struct toy *toy, struct iommu_fwspec *fwspec)
{
	u32 port = fwspec->ids[0] >> 5;

	return toy->ports[port];
//             ^^^^^^^^^^^^^^^^ unchecked-index: firmware
}`,
    },
    {
      title: 'whatever a property says',
      code: `
struct toy { struct device *ports[8]; u32 banks[8]; };

int toy_parse(struct toy *toy, struct device *dev, struct device_node *np)
{
	int i, count = of_count_phandle_with_args(np, "toy,ports", NULL);
	u32 port;

	if (count < 0)
		return count;
	for (i = 0; i < count; i++)
		of_property_read_u32_index(np, "toy,banks", i, &toy->banks[i]);
//                                                              ^^^^^^^^^^^^^ unchecked-index: count
	if (of_property_read_u32(np, "toy,port", &port))
		return -EINVAL;
	toy->ports[port] = dev;
//      ^^^^^^^^^^^^^^^^ unchecked-index: port
	return 0;
}`,
    },
    {
      title: 'whatever a caller says',
      code: `
static const int toy_sizes[3] = { 8, 16, 32 };

int toy_size(int type)
{
	return toy_sizes[type];
//             ^^^^^^^^^^^^^^^ unchecked-index: ARRAY_SIZE()
}`,
    },
  ],
  good: [
    {
      title: 'what a property says, if there is room for it',
      code: `
struct toy { struct device *ports[8]; u32 banks[8]; };

int toy_parse(struct toy *toy, struct device *dev, struct device_node *np)
{
	int i, count = of_count_phandle_with_args(np, "toy,ports", NULL);
	u32 port;

	if (count < 0 || count > ARRAY_SIZE(toy->banks))
		return -EINVAL;
	for (i = 0; i < count; i++)
		of_property_read_u32_index(np, "toy,banks", i, &toy->banks[i]);
	if (of_property_read_u32(np, "toy,port", &port) || port >= 8)
		return -EINVAL;
	toy->ports[port] = dev;
	return 0;
}`,
    },
    {
      title: 'compared, and for the file itself',
      code: `
static const int toy_sizes[3] = { 8, 16, 32 };

static int toy_size_of(int type)
{
	return toy_sizes[type];
}

int toy_size(int type)
{
	if (type < 0 || type >= ARRAY_SIZE(toy_sizes))
		return -EINVAL;
	return toy_sizes[type];
}

int toy_largest(void)
{
	return toy_size_of(2);
}`,
    },
    {
      title: 'refused when it is too large',
      code: `
struct toy { struct device *ports[8]; };

struct device *toy_port(struct toy *toy, struct iommu_fwspec *fwspec)
{
	u32 port = fwspec->ids[0] >> 5;

	if (port >= ARRAY_SIZE(toy->ports))
		return NULL;
	return toy->ports[port];
}`,
    },
    {
      title: 'masked to the size of the array',
      code: `
struct toy { struct device *ports[8]; };

struct device *toy_port(struct toy *toy, struct iommu_fwspec *fwspec)
{
	u32 port = (fwspec->ids[0] >> 5) & 7;

	return toy->ports[port];
}`,
    },
    {
      title: 'refused where it is translated',
      code: `
struct toy { struct device *ports[8]; };

int toy_of_xlate(struct device *dev, struct of_phandle_args *args)
{
	if (args->args[0] >= 8)
		return -EINVAL;
	return iommu_fwspec_add_ids(dev, args->args, 1);
}

struct device *toy_port(struct toy *toy, struct iommu_fwspec *fwspec)
{
	u32 port = fwspec->ids[0];

	return toy->ports[port];
}`,
    },
  ],
  forms: [
    {
      of: 'An ID from the device tree or ACPI is used as an index, and nothing compares it with the size of the array.',
      why: 'A wrong or newer description of the hardware reads past the end of the array.',
      instead: 'Refuse a number that is too large, where it is translated or before it is used.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'firmware-index',
          ({ other }) =>
            `\`${other}\` is what the firmware says, and nothing compares it with the size of the array. Check it first?`,
        ),
    },
    {
      of: 'What user space asks to map is an index that has a sign, and only its upper bound is compared.',
      why: 'vm_pgoff has more bits than an int: the index may be negative, and reads before the array.',
      instead: 'Make it unsigned.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(input, 'negative-index', ({ subject, other, related }) => ({
          severity: related.length > 1 ? 'info' : 'warning',
          message: `${subject} comes from ${other} and may be negative, which passes the comparison${related.length > 1 ? ' unless the other side has no sign' : ''}. Make it unsigned.`,
        })),
    },
    {
      of: 'A function for other files takes a number and looks up an array of its own by it, as it comes.',
      why: 'Nobody who calls it from elsewhere knows how large the array is, or learns when it grows.',
      instead: 'Refuse what is not below ARRAY_SIZE().',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'index-of-caller',
          ({ subject, other }) =>
            `Any caller may give any \`${other}\`: compare it with ARRAY_SIZE() before ${subject} is read?`,
        ),
    },
  ],
});
