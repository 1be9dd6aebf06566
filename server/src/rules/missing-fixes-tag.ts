/** A fix does not say which commit it fixes. */
import { changeRuns, messageText } from '../patch/index.js';
import { defineRule } from './rule.js';

export const missingFixesTag = defineRule({
  id: 'missing-fixes-tag',
  classes: ['patch-scope'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A patch is called a fix and has no Fixes: tag.',
  why: 'The tag tells stable maintainers and distributions how far back it must go, and reviewers where to look.',
  remedy: 'Fixes: with twelve digits of the commit and its title in parentheses and quotes.',
  source: 'Documentation/process/submitting-patches.rst, "Describe your changes" (6.12)',
  bad: [
    {
      title: 'a leak, since when?',
      form: 'patch',
      subject: 'iommu/toy: Fix leak of the domain on error',
      code: `
 int toy_a(struct toy *toy)
 {
+	kfree(toy->domain);
+//      ^^^^^^^^^^^^^^^^^^^ missing-fixes-tag: Fixes
 	return 0;
 }`,
    },
  ],
  good: [
    {
      title: 'no fix',
      form: 'patch',
      code: `
 int toy_a(struct toy *toy)
 {
+	toy_check(toy);
 	return 0;
 }`,
    },
  ],
  *check({ series, spotOf, functionAt }) {
    for (const patch of series.patches) {
      const { subject, fixes, tags } = patch.message;
      const title = subject?.title ?? '';
      if (!/\bfix(?:es|ing)?\b(?![- ]?ups?\b)/i.test(title) || HARMLESS.test(title) || subject?.isReply)
        continue;
      if (namesNoFault(title, messageText(patch.message))) continue;
      if (subject?.tags.some((tag) => /rfc|autosel/i.test(tag))) continue;
      // One of many of the same kind is for what somebody has looked for, and nobody run into.
      if ((subject?.total ?? 0) >= MANY && !SYMPTOM.test(messageText(patch.message))) continue;
      const isNamed = fixes.length > 0 || tags.some(({ name }) => /^Fixes$/i.test(name));
      if (isNamed || /^\s*Fixes:/m.test(messageText(patch.message))) continue;
      const runs = patch.files.flatMap(changeRuns);
      const first = runs.find(({ kind, at }) => kind === 'code' && at && spotOf(patch, at));
      const spot = first?.at && spotOf(patch, first.at);
      if (!spot) continue;
      yield {
        at: spot,
        function: functionAt(spot),
        message: 'Which commit does this fix? Add a Fixes: tag, so that stable trees can tell.',
      };
    }
  },
});

/** Fixes that nobody needs in an older kernel. */
const HARMLESS =
  /typo|spell|comment|doc|warning|sparse|smatch|indent|style|checkpatch|white|build|compil|kconfig|maintainers|prototype|fixed|fixup|quirk|suffix|wording|print|log\b|unused|not used|message|revert|module name/i;

/** So many patches of one series fix a kind of mistake, and not a bug. */
const MANY = 10;

/** What somebody ran into. */
const SYMPTOM =
  /crash|leak|oops|panic|hang|deadlock|corrupt|wrong|incorrect|overflow|use[- ]after|null pointer|regress|\bbug\b|fail/i;

/** Whether a patch that converts code to another interface is called a fix of what such code gets wrong at large: no commit is at fault. */
function namesNoFault(title: string, text: string): boolean {
  if (SYMPTOM.test(title)) return false;
  if (/\bfix(?:es|ing)?\s+(?:common|various|several|misc\w*|some|many|potential)\b/i.test(title)) return true;
  return /\b(?:convert|replace|switch)\w*\b[^.]*\b(?:wrapper|helper)s?\b/i.test(text) && !SYMPTOM.test(text);
}
