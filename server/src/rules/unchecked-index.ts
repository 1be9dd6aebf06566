/** A number that the firmware wrote indexes an array. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const uncheckedIndex = defineRule({
  id: 'unchecked-index',
  classes: ['use-before-check-or-init', 'value-encoding'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'An ID from the device tree or ACPI is used as an index, and nothing compares it with the size of the array.',
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
  ],
  good: [
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
  check: (input) =>
    odditiesIn(
      input,
      'firmware-index',
      ({ other }) =>
        `\`${other}\` is what the firmware says, and nothing compares it with the size of the array. Check it first?`,
    ),
});
