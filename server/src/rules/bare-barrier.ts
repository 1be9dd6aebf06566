/** A memory barrier that nobody explains. */
import { defineRule } from './rule.js';

export const bareBarrier = defineRule({
  id: 'bare-barrier',
  classes: ['comment-doc-mismatch'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A memory barrier has no comment.',
  why: 'A barrier orders two accesses against two others somewhere else. Without a word on which, nobody can check it, and nobody dares to remove it.',
  remedy: 'Say above it what it orders, and with which barrier it pairs.',
  source:
    'Documentation/process/submit-checklist.rst on memory barriers; scripts/checkpatch.pl MEMORY_BARRIER (6.12)',
  bad: [
    {
      title: 'before what, after what?',
      code: `
void toy_publish(struct toy *toy)
{
	toy->table = toy->next;
	smp_wmb();
//      ^^^^^^^^^ bare-barrier: pairs
	toy->is_ready = true;
}`,
    },
  ],
  good: [
    {
      title: 'explained',
      code: `
void toy_publish(struct toy *toy)
{
	toy->table = toy->next;
	/* The table before the flag: pairs with smp_rmb() in toy_read(). */
	smp_wmb();
	toy->is_ready = true;
}`,
    },
  ],
  *check(input) {
    const { bareBarriers } = input.facts;
    for (const { name, spot, function: fn } of bareBarriers) {
      const { removed } = spot.unit.image;
      // Code that is split in two or written anew keeps the barriers that it had.
      if (!input.isFresh(spot) || removed.some((line) => line.includes(`${name}(`))) continue;
      const isUsual = bareBarriers.some(
        (other) => other.name === name && other.spot.unit === spot.unit && !input.isNew(other.spot),
      );
      yield {
        at: spot,
        function: fn,
        severity: isUsual ? 'hint' : 'info',
        message: `What does ${name}() order, and which barrier pairs with it? Say so in a comment.`,
      };
    }
  },
});
