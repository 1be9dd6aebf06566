/** A loop that counts, and that every way through its body leaves in the first round. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const loopLeftAtOnce = defineRule({
  id: 'loop-left-at-once',
  classes: ['unused-code', 'value-encoding'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'Every way through the body of a counting loop leaves the loop: there is never a second round.',
  why: 'What the loop was to look for is only looked for in the first element; most often a condition was forgotten, or a break stands outside of its if.',
  remedy: 'Leave under the condition that was meant, or write no loop.',
  source: 'review of "iommu/mediatek: Add smi_larb info about device", November 2019',
  bad: [
    {
      title: 'no condition',
      code: `
struct toy { int count; int ids[8]; };

int toy_find(struct toy *toy, int id)
{
	int i;

	for (i = 0; i < toy->count; i++)
		return i;
//              ^^^^^^^^^ loop-left-at-once: first round
	return -1;
}`,
    },
    {
      title: 'a break outside of its if',
      code: `
struct toy { int count; int ids[8]; };
void toy_use(struct toy *toy, int at);

void toy_use_one(struct toy *toy, int id)
{
	int i;

	for (i = 0; i < toy->count; i++) {
		if (toy->ids[i] == id)
			toy_use(toy, i);
		break;
//              ^^^^^^ loop-left-at-once: first round
	}
}`,
    },
  ],
  good: [
    {
      title: 'left when it was found, and gone on with else',
      code: `
struct toy { int count; int ids[8]; };
void toy_use(struct toy *toy, int at);

int toy_use_one(struct toy *toy, int id)
{
	int i;

	for (i = 0; i < toy->count; i++) {
		if (toy->ids[i] == id)
			break;
	}
	for (; i < toy->count; i++) {
		if (!toy->ids[i])
			continue;
		toy_use(toy, i);
		return i;
	}
	return -1;
}`,
    },
    {
      title: 'the first of a list',
      code: `
struct link { struct list_head node; int id; };
struct toy { struct list_head links; };

int toy_first(struct toy *toy)
{
	struct link *link;

	list_for_each_entry(link, &toy->links, node)
		return link->id;
	return -1;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'left-in-first-round',
      ({ subject }) =>
        `The loop is left in its first round, whatever that finds: \`${subject}\` is never done. Is a condition missing?`,
    ),
});
