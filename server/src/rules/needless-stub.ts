/** A stub that nobody is seen to need. */
import { defineRule } from './rule.js';

export const needlessStub = defineRule({
  id: 'needless-stub',
  classes: ['config-stub-kconfig'],
  severity: 'hint',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A stub for kernels without the option is added, and nobody is seen to need it.',
  why: 'Where every caller depends on the option, the stub only hides a missing dependency: what should not link then fails at run time.',
  remedy: 'Drop the stub, and let callers depend on the option.',
  source: 'review of "iommu: Expose group variants of dma ownership interfaces", 15 November 2021',
  bad: [
    {
      title: 'nobody calls it',
      form: 'header',
      code: `
+#ifdef CONFIG_TOY
+int toy_enable(struct device *dev);
+#else
+static inline int toy_enable(struct device *dev)
+//                ^^^^^^^^^^ needless-stub: Who calls
+{
+	return -ENODEV;
+}
+#endif`,
    },
  ],
  good: [
    {
      title: 'no stub, no question',
      form: 'header',
      code: `
+int toy_enable(struct device *dev);`,
    },
  ],
  *check({ facts, isFresh }) {
    const said = new Map<string, number>();
    for (const fact of facts.stubs) {
      const { name, stub, prototype, mismatch, hasOldNeighbours } = fact;
      if (!stub || !prototype || mismatch) continue;
      // Where all of a header has stubs, one more is as it should be.
      if (hasOldNeighbours) continue;
      if (!isFresh(stub) || !isFresh(prototype) || fact.isNamedElsewhere) continue;
      // The answer for one is the answer for the others.
      const path = stub.unit.image.path;
      said.set(path, (said.get(path) ?? 0) + 1);
      if (said.get(path)! > 1) continue;
      yield {
        at: stub,
        function: name,
        message: `Who calls ${name}() in a kernel without the option? If every caller depends on it, the stub is not needed.`,
      };
    }
  },
});
