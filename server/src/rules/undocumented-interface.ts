/** A new member of a documented struct, or a new exported function, that no comment describes. */
import { defineRule } from './rule.js';

export const undocumentedInterface = defineRule({
  id: 'undocumented-interface',
  classes: ['comment-doc-mismatch'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A new operation, member or exported function is not documented, though its neighbours are.',
  why: 'What callers must hold, what comes back and who frees it cannot be read off a prototype; what drivers implement is read off the kernel-doc of the table.',
  remedy: 'A line for the member in the kernel-doc of its struct; a comment above the function.',
  source: 'Documentation/doc-guide/kernel-doc.rst: "every function that is exported" (6.12)',
  bad: [
    {
      title: 'what may the caller rely on?',
      form: 'patch',
      code: `
+/**
+ * toy_disable() - Keep a device from the toy
+ * @dev: the device, held by the caller
+ */
+void toy_disable(struct device *dev)
+{
+	toy_clear(dev);
+}
+EXPORT_SYMBOL_GPL(toy_disable);
+
+int toy_enable(struct device *dev)
+//  ^^^^^^^^^^ undocumented-interface: kernel-doc
+{
+	return dev ? 0 : -ENODEV;
+}
+EXPORT_SYMBOL_GPL(toy_enable);`,
    },
  ],
  good: [
    {
      title: 'said where it is declared',
      form: 'patch',
      code: `
+/**
+ * toy_disable() - Keep a device from the toy
+ * @dev: the device, held by the caller
+ */
+void toy_disable(struct device *dev)
+{
+	toy_clear(dev);
+}
+EXPORT_SYMBOL_GPL(toy_disable);
+
+/**
+ * toy_enable - Let a device use the toy
+ * @dev: the device, held by the caller
+ */
+int toy_enable(struct device *dev);
+
+int toy_enable(struct device *dev)
+{
+	return dev ? 0 : -ENODEV;
+}
+EXPORT_SYMBOL_GPL(toy_enable);`,
    },
    {
      title: 'said',
      form: 'patch',
      code: `
+/**
+ * toy_enable() - Let a device use the toy
+ * @dev: the device, held by the caller
+ */
+int toy_enable(struct device *dev)
+{
+	return dev ? 0 : -ENODEV;
+}
+EXPORT_SYMBOL_GPL(toy_enable);`,
    },
  ],
  *check(input) {
    const { undocumentedMembers, undocumentedExports } = input.facts;
    for (const { name, owner, spot } of undocumentedMembers) {
      if (!input.isFresh(spot) || !input.isPatch(spot)) continue;
      yield {
        at: spot,
        function: owner,
        confidence: 'certain',
        message: `Document @${name} in the kernel-doc of struct ${owner}, as the other members are.`,
      };
    }
    const fresh = undocumentedExports.filter(({ spot }) => input.isFresh(spot));
    // One of a patch makes the point: the first that is more than a line or two.
    for (const patch of new Set(fresh.map(({ spot }) => spot.unit.patch))) {
      const ofPatch = fresh.filter(({ spot }) => spot.unit.patch === patch);
      const { name, spot, saysItAll } = ofPatch.find((each) => !each.saysItAll) ?? ofPatch[0]!;
      yield {
        at: spot,
        function: name,
        severity: saysItAll ? 'hint' : 'info',
        message: `${name}() is exported without a kernel-doc comment: what must the caller hold, and what comes back?`,
      };
    }
  },
});
