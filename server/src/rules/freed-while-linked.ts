/** Entries of a list that stays are freed and not taken off it. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const freedWhileLinked = defineRule({
  id: 'freed-while-linked',
  classes: ['use-after-free'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A walk frees each entry of a list, the list stays in use, and no entry is taken off it.',
  why: 'The head points to freed memory: the next who adds or walks reads it.',
  remedy: 'list_del() each entry before it is freed, or INIT_LIST_HEAD() the list afterwards.',
  source: 'include/linux/list.h:list_for_each_entry_safe (6.12)',
  bad: [
    {
      title: 'freed on the list',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

void toy_discard(struct toy *toy)
{
	struct bond *bond, *next;

	list_for_each_entry_safe(bond, next, &toy->bonds, node)
		kfree(bond);
//              ^^^^^^^^^^^ freed-while-linked: stays on
}`,
    },
  ],
  good: [
    {
      title: 'taken off first',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };

void toy_discard(struct toy *toy)
{
	struct bond *bond, *next;

	list_for_each_entry_safe(bond, next, &toy->bonds, node) {
		list_del(&bond->node);
		kfree(bond);
	}
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'freed-while-linked',
      ({ subject, other }) =>
        `${subject} is freed but stays on ${other}, whose next user reads freed memory. list_del() it first.`,
    ),
});
