/** The same lines are added in two places. */
import { defineRule } from './rule.js';

export const repeatedBlock = defineRule({
  id: 'repeated-block',
  classes: ['needless-wrapper-duplicate'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch adds the same lines twice.',
  why: 'The next fix will be made in one of the two places.',
  remedy: 'Make a function of them.',
  source: 'Documentation/process/4.Coding.rst, "Redundant code" in spirit; reviews of the list 2019 to 2022',
  bad: [
    {
      title: 'twice the same checks',
      form: 'patch',
      code: `
+static int toy_map(struct toy *toy, unsigned long iova, size_t size)
+{
+	if (!toy->is_enabled || toy->is_dying)
+		return -ENODEV;
+	if (iova < toy->aperture_start)
+		return -EINVAL;
+	if (iova + size - 1 > toy->aperture_end)
+		return -EINVAL;
+	if (!IS_ALIGNED(iova | size, toy->page_size))
+		return -EINVAL;
+	toy->last_iova = iova;
+	return toy_fill(toy, iova, size);
+}
+
+static int toy_unmap(struct toy *toy, unsigned long iova, size_t size)
+{
+	if (!toy->is_enabled || toy->is_dying)
+//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ repeated-block: stand in toy_map()
+		return -ENODEV;
+	if (iova < toy->aperture_start)
+		return -EINVAL;
+	if (iova + size - 1 > toy->aperture_end)
+		return -EINVAL;
+	if (!IS_ALIGNED(iova | size, toy->page_size))
+		return -EINVAL;
+	toy->last_iova = iova;
+	return toy_clear(toy, iova, size);
+}
+
+int toy_both(struct toy *toy)
+{
+	return toy_map(toy, 0, PAGE_SIZE) ?: toy_unmap(toy, 0, PAGE_SIZE);
+}`,
    },
  ],
  good: [
    {
      title: 'once',
      form: 'patch',
      code: `
+static int toy_check(struct toy *toy, unsigned long iova, size_t size)
+{
+	if (!toy->is_enabled || toy->is_dying)
+		return -ENODEV;
+	if (iova < toy->aperture_start)
+		return -EINVAL;
+	if (iova + size - 1 > toy->aperture_end)
+		return -EINVAL;
+	return IS_ALIGNED(iova | size, toy->page_size) ? 0 : -EINVAL;
+}
+
+int toy_map(struct toy *toy, unsigned long iova, size_t size)
+{
+	return toy_check(toy, iova, size) ?: toy_fill(toy, iova, size);
+}`,
    },
  ],
  *check({ facts, isFresh }) {
    for (const { spot, function: name, lines, first, firstFunction } of facts.repeats) {
      if (!isFresh(spot) || !isFresh(first)) continue;
      yield {
        at: spot,
        function: name,
        message: `These ${lines} lines stand in ${firstFunction === '' ? 'this patch' : `${firstFunction}()`} as well. A helper for both?`,
        related: [{ spot: first, message: 'the same lines' }],
      };
    }
  },
});
