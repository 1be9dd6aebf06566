/** A comment that speaks of a call further down. */
import { defineRule, severityAt } from './rule.js';

export const misplacedComment = defineRule({
  id: 'misplaced-comment',
  classes: ['comment-doc-mismatch'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A comment stands above code that does something else; what it says is done further down.',
  why: 'A reader takes the lines under a comment for what it says.',
  remedy: 'Move it to the call that it is about.',
  source: 'review of "iommu/sva: Refactoring iommu_sva_bind/unbind_device()", June 2022',
  bad: [
    {
      title: 'what is allocated here?',
      form: 'patch',
      code: `
+int toy_bind(struct toy *toy)
+{
+	int limit;
+
+	/* Allocate an id if necessary. */
+//      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ misplaced-comment: toy_alloc_id()
+	limit = toy->limit;
+	if (!limit)
+		return -EOPNOTSUPP;
+
+	return toy_alloc_id(toy, limit, necessary(toy));
+}`,
    },
  ],
  good: [
    {
      title: 'above the call',
      form: 'patch',
      code: `
+int toy_bind(struct toy *toy)
+{
+	if (!toy->limit)
+		return -EOPNOTSUPP;
+
+	/* Allocate an id if necessary. */
+	return toy_alloc_id(toy, toy->limit, necessary(toy));
+}`,
    },
  ],
  *check(input) {
    for (const { spot, owner, describesLater } of input.facts.comments) {
      if (!describesLater || !input.isFresh(spot)) continue;
      yield {
        at: spot,
        function: owner,
        severity: severityAt(input, spot, 'info'),
        message: `Is this about ${describesLater.called}() further down? Move it there.`,
        related: [{ spot: describesLater.spot, message: 'the call' }],
      };
    }
  },
});
