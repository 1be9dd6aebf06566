/** A value is stored and nobody reads it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const deadStore = defineRule({
  id: 'dead-store',
  classes: ['unused-code', 'redundant-check'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary:
    'A local or a member gets a value that is never read, or an initial value that is always replaced.',
  why: 'A reader looks for the use that the value must have. An initial value that nobody needs keeps the compiler from telling of the path on which the real one is missing.',
  remedy: 'Drop the assignment, or the initial value.',
  source: 'review of "dma-iommu: add SKIP_CPU_SYNC after syncing", 6 August 2021',
  bad: [
    {
      title: 'set for nobody',
      code: `
int toy_map(struct toy *toy, unsigned long attrs)
{
	int ret = toy_sync(toy, attrs);

	attrs |= TOY_SYNCED;
//      ^^^^^^^^^^^^^^^^^^^ dead-store: never read
	return ret;
}`,
    },
    {
      title: 'replaced at once',
      code: `
int toy_map(struct toy *toy)
{
	int ret = 0;
//             ^^^^ dead-store: always replaced

	ret = toy_sync(toy);
	return ret;
}`,
    },
    {
      title: 'an else is missing',
      code: `
struct toy { struct task_struct *task; };

void toy_set(struct toy *toy, struct task_struct *task)
{
	if (task)
		toy->task = get_task_struct(task);
//              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ dead-store: set again at once
	toy->task = NULL;
}`,
    },
  ],
  good: [
    {
      title: 'one of the two, and one made of the other',
      code: `
struct toy { struct task_struct *task; unsigned int mask; };

void toy_set(struct toy *toy, struct task_struct *task)
{
	if (task)
		toy->task = get_task_struct(task);
	else
		toy->task = NULL;
	toy->mask = toy_bits(task);
	toy->mask = toy->mask << 1;
}`,
    },
    {
      title: 'read later',
      code: `
int toy_map(struct toy *toy, unsigned long attrs)
{
	int ret = toy_sync(toy, attrs);

	attrs |= TOY_SYNCED;
	return ret ?: toy_done(toy, attrs);
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      for (const { name, spot, kind, next, isPointless, isCopy, wasThere } of fn.deadStores) {
        if (!input.isFresh(spot) || wasThere) continue;
        const isInitial = kind === 'overwritten';
        yield {
          at: spot,
          function: fn.name,
          // A zero to be on the safe side is a habit.
          severity: isPointless ? (isInitial || isCopy ? 'info' : 'warning') : 'hint',
          message: isInitial
            ? `The initial value of ${name} is always replaced before it is read: drop it.`
            : `${name} is never read after this: drop the assignment, or use the value.`,
          related: next ? [{ spot: next, message: 'its next value' }] : [],
          tags: ['unnecessary'],
          ...(isInitial ? { fix: { title: 'Drop the initial value', edits: [{ spot, text: '' }] } } : {}),
        };
      }
    }
    yield* odditiesIn(input, 'store-replaced', ({ subject, other }) =>
      other === 'if'
        ? {
            severity: 'warning',
            message: `${subject} is set again at once, whatever the if gave it. Is an else missing?`,
          }
        : { severity: 'info', message: `${subject} is set again at once: drop the first store.` },
    );
  },
});
