/** A comment that allows an objection, and does not do what it is there for. */
import { defineRule } from './rule.js';

export const badAllowance = defineRule({
  id: 'bad-allowance',
  classes: ['comment-doc-mismatch'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A comment that allows an objection names no rule of this tool, gives no reason, or allows what nobody objects to.',
  why: 'A misspelt rule allows nothing, though readers think that it does. Without a reason nobody can tell later whether it still holds. And when the code has changed so that nothing is left to allow, the comment hides the next fault of that kind.',
  remedy: 'Write `iommu-review: allow RULE -- reason`, and take it away with what it was for.',
  source: 'The rules that there are, with their ids: docs/rules/README.md',
  bad: [
    {
      title: 'a rule that is none',
      code: `
// iommu-review: allow vague-name -- agreed on the list
// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bad-allowance: no rule vague-name
int toy_limit;`,
    },
    {
      title: 'no reason',
      code: `
// iommu-review: allow unused-code
// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bad-allowance: Say why
static int toy_get(struct toy *toy)
{
	return toy->users;
}`,
    },
    {
      title: 'nothing to allow',
      code: `
// iommu-review: allow unused-code -- the next patch calls it
// ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ bad-allowance: Nothing is objected to
int toy_get(struct toy *toy)
{
	return toy->users;
}`,
    },
  ],
  good: [
    {
      title: 'a rule, a reason, and something to allow',
      code: `
// iommu-review: allow unused-code -- the next patch calls it
static int toy_get(struct toy *toy)
{
	return toy->users;
}`,
    },
  ],
  *check({ allowances, isNew }) {
    for (const { spot, rule, problem } of allowances) {
      if (!isNew(spot)) continue;
      yield {
        at: spot,
        message: MESSAGES[problem](rule ?? ''),
        tags: problem === 'unused' ? ['unnecessary'] : [],
      };
    }
  },
});

const MESSAGES = {
  unreadable: () => 'This allows nothing: write `iommu-review: allow RULE -- reason`.',
  'unknown-rule': (rule: string) => `There is no rule ${rule}, so nothing is allowed.`,
  'no-reason': (rule: string) =>
    `Say why ${rule} is fine here, behind two dashes: whoever reads it next must be able to tell whether that still holds.`,
  unused: (rule: string) =>
    `Nothing is objected to here by ${rule}: take the comment away, or it hides the next fault.`,
} as const;
