/** A patch replaces an error number by another one, and does not say so. */
import { errnoChanges, messageText, messageWords } from '../patch/index.js';
import { defineRule } from './rule.js';

export const errnoChanged = defineRule({
  id: 'errno-changed',
  classes: ['patch-scope', 'error-code'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'An error number is replaced by another, and the commit message does not mention it.',
  why: 'Callers and user space tell by the number what to do next. A change of it is a change of behaviour, which a refactoring must not bring in unsaid.',
  remedy: 'Keep the number, or say in the commit message why it changes.',
  source: 'review of "iommu/arm-smmu-v3: cleanup arm_smmu_dev_{enable, disable}_feature"',
  bad: [
    {
      title: 'another number, unsaid',
      form: 'patch',
      code: `
 int toy_enable(struct toy *toy)
 {
 	if (!toy->is_there)
-		return -ENODEV;
+		return -EINVAL;
+//              ^^^^^^^^^^^^^^^ errno-changed: intended
 	return 0;
 }`,
    },
  ],
  good: [
    {
      title: 'the same',
      form: 'patch',
      code: `
 int toy_enable(struct toy *toy)
 {
-	if (!toy->is_there)
+	if (!toy->is_there || toy->is_dying)
 		return -ENODEV;
 	return 0;
 }`,
    },
  ],
  *check({ series, spotOf, functionAt }) {
    for (const patch of series.patches) {
      if (SAYS_ERRNO.test(messageText(patch.message))) continue;
      const words = messageWords(patch.message);
      for (const { from, to, at } of patch.files.flatMap(errnoChanges)) {
        const names = [from, to].map((each) => each.slice(1).toLowerCase());
        const spot = names.some((each) => words.has(each)) ? null : spotOf(patch, at);
        if (!spot) continue;
        yield {
          at: spot,
          function: functionAt(spot),
          message: `${from} becomes ${to}. Is that intended? The commit message does not mention it.`,
        };
      }
    }
  },
});

/** A message that speaks of what is returned. */
const SAYS_ERRNO = /\berr(?:no|or)s?[- ](?:code|number|value|return)|return (?:value|code)|errno/i;
