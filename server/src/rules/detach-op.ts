/** A driver or an interface gains an op that detaches. */

import { defineRule, tagOf } from './rule.js';

const MESSAGE =
  'Attaching sets the domain; after a detach the device is on none that anybody chose. Attach the blocking or the default domain instead.';

export const detachOp = defineRule({
  id: 'detach-op',
  classes: ['attach-semantics'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A new table fills detach_dev, or the ops of a domain gain another op that detaches.',
  why: 'Attaching means setting the domain: a device always translates by the old, the new or a blocking domain. After a detach it is on none that anybody chose.',
  remedy: 'Attach the blocking or the default domain instead.',
  source: 'include/linux/iommu.h:struct iommu_domain_ops lost detach_dev in 6.5',
  bad: [
    {
      title: 'in a driver',
      code: `
struct iommu_domain { unsigned type; };

static void toy_detach(struct iommu_domain *domain, struct device *dev)
{
}

static const struct iommu_domain_ops toy_ops = {
	.detach_dev = toy_detach,
//      ^^^^^^^^^^^^^^^^^^^^^^^^ detach-op: blocking
};`,
    },
  ],
  good: [
    {
      title: 'an attach only',
      code: `
struct iommu_domain { unsigned type; };

static int toy_attach(struct iommu_domain *domain, struct device *dev)
{
	return 0;
}

static const struct iommu_domain_ops toy_ops = {
	.attach_dev = toy_attach,
};`,
    },
  ],
  *check({ facts, isNew, isFresh, series }) {
    const adds = facts.structs.some(
      ({ name, fields }) =>
        OPS.test(name) && fields.some((each) => DETACHES.test(each.name) && isNew(each.spot)),
    );
    // What the patches themselves ask of drivers is said once, where they do.
    for (const table of adds ? [] : facts.tables) {
      // A table that was there and has it: the kernel that this is for asks for it.
      const { unit } = table.spot;
      const beside = facts.tables.filter(({ spot }) => spot.unit === unit).flatMap(({ slots }) => slots);
      if (beside.some(({ name, spot }) => SLOT.test(name) && !isNew(spot))) continue;
      for (const slot of table.slots) {
        if (!SLOT.test(slot.name) || !isFresh(slot.spot)) continue;
        // Where it is one of the iommu_ops, there are no domain ops yet, and the core calls it: before 5.18.
        // The one for PASIDs is asked for by a patch of the same series that is not at hand.
        const isAskedFor =
          table.type === 'struct iommu_ops' || (slot.name.endsWith('_pasid') && !series.isWhole);
        yield {
          ...{ at: slot.spot, function: table.name, message: MESSAGE },
          ...(isAskedFor ? { severity: 'hint' as const } : {}),
        };
      }
    }
    for (const struct of facts.structs) {
      if (!OPS.test(struct.name)) continue;
      for (const field of struct.fields) {
        if (!DETACHES.test(field.name) || !isFresh(field.spot)) continue;
        yield { at: field.spot, function: tagOf(struct.name), message: MESSAGE };
      }
    }
  },
});

const SLOT = /^detach_dev(?:_pasid)?$/;
const OPS = /^struct iommu_(?:domain_)?ops$/;
/** What is taken off is a device, or its PASID; other things that are detached have no state of their own to be left in. */
const DETACHES = /(?:^|_)detach(?:_(?:dev|device|group|pasid|dev_pasid|device_pasid))?$/;
