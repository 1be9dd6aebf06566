/** Operations taken from the bus, although they belong to the IOMMU behind the device. */
import { cameBefore } from './context.js';
import { defineRule } from './rule.js';

export const busIommuOps = defineRule({
  id: 'bus-iommu-ops',
  classes: ['bus-ops'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.1.0',
  summary: "IOMMU operations are taken from bus->iommu_ops instead of from the device's IOMMU.",
  why: 'One bus can have devices behind IOMMUs of different drivers. bus->iommu_ops names one of them, so some device gets the operations of a driver that does not own it; the member is no longer there in 6.12.',
  remedy: 'dev_iommu_ops(dev), once dev->iommu is known to be there.',
  source:
    'drivers/iommu/iommu-priv.h:dev_iommu_ops (6.12), include/linux/iommu.h (6.1); include/linux/device/bus.h has no iommu_ops any more in 6.12',
  bad: [
    {
      title: 'a domain by the bus',
      code: `
struct iommu_domain *toy_alloc(struct device *dev)
{
	return dev->bus->iommu_ops->domain_alloc(IOMMU_DOMAIN_SVA);
//             ^^^^^^^^^^^^^^^^^^^ bus-iommu-ops: dev_iommu_ops(dev)
}`,
    },
  ],
  good: [
    {
      title: "by the device's own IOMMU",
      code: `
struct iommu_domain *toy_alloc(struct device *dev)
{
	return dev_iommu_ops(dev)->domain_alloc(IOMMU_DOMAIN_SVA);
}`,
    },
  ],
  *check({ facts, tree: { api }, isNew, series }) {
    // The core's own header has it in later kernels, and drivers do not see that.
    const offers = api.has('function', 'dev_iommu_ops');
    const isOffered = offers !== false;
    const isGone = api.hasMember('struct bus_type', 'iommu_ops') === false;
    for (const fn of facts.functions) {
      const [first, ...rest] = fn.busOps.filter(isNew);
      if (!first) continue;
      const access = first.unit.image.text.slice(first.span.start, first.span.end);
      const device = /^(\w+)->bus->iommu_ops$/.exec(access)?.[1];
      const all = device ? fn.busOps.filter(isNew) : [];
      yield {
        at: first,
        ...(cameBefore(series, first, OFFERED) ? { severity: 'hint' as const } : {}),
        function: fn.name,
        message:
          `\`${access}\` gives one driver's operations for the whole bus, but the IOMMU behind this device may be another driver's. ` +
          (isGone ? 'In this tree struct bus_type has no such member any more. ' : '') +
          (isOffered
            ? 'Use dev_iommu_ops(dev).'
            : 'Ask the IOMMU of the device, dev->iommu->iommu_dev->ops.'),
        related: rest.map((spot) => ({ spot, message: 'and here' })),
        tags: ['deprecated'],
        ...(device &&
          isOffered && {
            fix: {
              title: `Use dev_iommu_ops(${device})`,
              edits: all.map((spot) => ({ spot, text: `dev_iommu_ops(${device})` })),
            },
          }),
      };
    }
  },
});

/** When dev_iommu_ops() came: include/linux/iommu.h, 6.1; drivers/iommu/iommu-priv.h, 6.12. */
const OFFERED = '2022-03';
