/** A header is included that nothing in the file seems to need. */
import { messageText } from '../patch/index.js';
import { defineRule } from './rule.js';

export const unusedInclude = defineRule({
  id: 'unused-include',
  classes: ['unused-code', 'patch-scope'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch includes a header and uses nothing that looks like it.',
  why: 'Each include is compiled by everybody, and outlives the code that it was once for.',
  remedy: 'Drop it, or move it to the patch that needs it.',
  source: 'review of "iommu/virtio: Implement sva bind/unbind calls", 21 September 2021',
  bad: [
    {
      title: 'there already',
      form: 'patch',
      code: `
 #include <linux/mutex.h>
+#include <linux/mutex.h>
+^^^^^^^^^^^^^^^^^^^^^^^^ unused-include: included twice
+
+void toy_lock(struct toy *toy)
+{
+	mutex_lock(&toy->lock);
+	toy->users++;
+	mutex_unlock(&toy->lock);
+}`,
    },
    {
      title: 'whose mutex?',
      form: 'patch',
      code: `
+#include <linux/mutex.h>
+^^^^^^^^^^^^^^^^^^^^^^^^ unused-include: used here
+
+int toy_users(struct toy *toy)
+{
+	return toy->users;
+}`,
    },
  ],
  good: [
    {
      title: 'used',
      form: 'patch',
      code: `
+#include <linux/mutex.h>
+
+void toy_lock(struct toy *toy)
+{
+	mutex_lock(&toy->lock);
+	toy->users++;
+	mutex_unlock(&toy->lock);
+}`,
    },
  ],
  *check({ facts, isFresh, series }) {
    for (const { name, spot, isUsed, isTwice } of facts.includes) {
      if ((isUsed && !isTwice) || !isFresh(spot)) continue;
      const patch = series.patches.find(({ number }) => number === spot.unit.patch);
      // To include it is what the patch is for.
      if (patch && /\b(?:includes?|headers?)\b/i.test(messageText(patch.message))) continue;
      yield {
        at: spot,
        message: isTwice
          ? `<${name}> is included twice. Drop one.`
          : `Is <${name}> used here? Nothing shown needs it: drop it, or add it with the code that does.`,
        tags: ['unnecessary'],
      };
    }
  },
});
