/** A function is exported to modules of any licence. */
import { defineRule } from './rule.js';

export const plainExport = defineRule({
  id: 'plain-export',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A new function of the IOMMU or VFIO core is exported with EXPORT_SYMBOL().',
  why: 'These interfaces are for the kernel alone: they reach into how memory is protected, and are exported to GPL modules.',
  remedy: 'EXPORT_SYMBOL_GPL().',
  source:
    'Documentation/kernel-hacking/hacking.rst, "EXPORT_SYMBOL_GPL()"; drivers/iommu/iommu.c and drivers/vfio/vfio_main.c (6.12) export as GPL',
  bad: [
    {
      title: 'for anybody',
      form: 'patch',
      code: `
+int toy_reset(struct device *dev)
+{
+	return toy_write(dev, 0);
+}
+EXPORT_SYMBOL(toy_reset);
+//^^^^^^^^^^^^^ plain-export: EXPORT_SYMBOL_GPL`,
    },
  ],
  good: [
    {
      title: 'for the kernel',
      form: 'patch',
      code: `
+int toy_reset(struct device *dev)
+{
+	return toy_write(dev, 0);
+}
+EXPORT_SYMBOL_GPL(toy_reset);`,
    },
  ],
  *check({ facts, isFresh }) {
    const told = new Set<unknown>();
    for (const { name, isGpl, isCustom, spot } of facts.exports) {
      if (
        isGpl ||
        isCustom ||
        told.has(spot.unit) ||
        !OF_THE_API.test(spot.unit.image.path) ||
        !isFresh(spot)
      )
        continue;
      told.add(spot.unit);
      yield {
        at: spot,
        function: name,
        message: 'EXPORT_SYMBOL_GPL(), as the rest of this interface is exported?',
        fix: { title: 'Use EXPORT_SYMBOL_GPL()', edits: [{ spot, text: 'EXPORT_SYMBOL_GPL' }] },
      };
    }
  },
});

/** Files whose interface is exported as GPL only: of 6.12 nearly all exports there. */
const OF_THE_API = /^drivers\/(?:iommu|vfio)\/.*\.c$/;
