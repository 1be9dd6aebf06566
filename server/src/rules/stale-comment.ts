/** A comment names something that the patch takes away. */
import { defineRule } from './rule.js';

export const staleComment = defineRule({
  id: 'stale-comment',
  classes: ['comment-doc-mismatch'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A comment still names a function, member or macro that the patch renames or removes.',
  why: 'Whoever reads it next looks for a name that is not there.',
  remedy: 'Change the comment in the same patch.',
  source: 'review of "iommu: remove iommu_dev_feature_enabled"',
  bad: [
    {
      title: 'the old name',
      form: 'patch',
      code: `
 struct toy {
-	int user_count;
+	int bond_count;
 };
 
 void toy_put(struct toy *toy)
 {
 	/* Dropping user_count to zero frees it. */
+//                 ^^^^^^^^^^ stale-comment: takes user_count out
+	if (--toy->bond_count == 0)
+		kfree(toy);
 }`,
    },
  ],
  good: [
    {
      title: 'the new one',
      form: 'patch',
      code: `
 struct toy {
-	int user_count;
+	int bond_count;
 };
 
 void toy_put(struct toy *toy)
 {
+	/* Dropping bond_count to zero frees it. */
+	if (--toy->bond_count == 0)
+		kfree(toy);
 }`,
    },
  ],
  *check({ facts, isShown }) {
    for (const { goneNames, owner } of facts.comments) {
      for (const { name, spot } of goneNames) {
        if (!isShown(spot)) continue;
        yield {
          at: spot,
          function: owner,
          message: `The patch takes ${name} out: this comment still speaks of it.`,
        };
      }
    }
  },
});
