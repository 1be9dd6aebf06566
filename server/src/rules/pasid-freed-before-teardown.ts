/** A PASID that is free while it is still in use. */
import { defineRule } from './rule.js';

export const pasidFreedBeforeTeardown = defineRule({
  id: 'pasid-freed-before-teardown',
  classes: ['pasid-lifetime-limits', 'tlb-cache-maintenance'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A function gives a PASID back and takes down what uses it afterwards.',
  why: 'In between somebody else can get the PASID, and the device writes into the memory of one under the name of the other.',
  remedy: 'Detach, flush and drain first; give the PASID back last.',
  source: 'drivers/iommu/iommu-sva.c:iommu_sva_unbind_device and mm_pasid_drop (6.12)',
  bad: [
    {
      title: 'free first',
      code: `
void toy_close(struct toy *toy)
{
	iommu_free_global_pasid(toy->pasid);
//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pasid-freed-before-teardown: before
	toy_detach_pasid(toy, toy->pasid);
}`,
    },
  ],
  good: [
    {
      title: 'free last',
      code: `
void toy_close(struct toy *toy)
{
	toy_detach_pasid(toy, toy->pasid);
	iommu_free_global_pasid(toy->pasid);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      for (const { spot, call, later, laterCall } of fn.pasidsFreedEarly) {
        if (!isNew(spot) && !isNew(later)) continue;
        yield {
          at: isNew(spot) ? spot : later,
          function: fn.name,
          message: `${call}() gives the PASID back before ${laterCall}(): the next owner shares it with a device that still uses it. Take down first, free last.`,
          related: [{ spot: later, message: 'still in use until here' }],
        };
      }
    }
  },
});
