/** A loop leaves on a failure, and what it did before stays. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const loopLeftHalfDone = defineRule({
  id: 'loop-left-half-done',
  classes: ['error-unwind'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A loop attaches, enables or maps one after the other, and when one fails those before it stay.',
  why: 'The caller sees a failure and undoes nothing, since nothing was done as far as it knows.',
  remedy: 'Undo those that succeeded before leaving.',
  source: 'drivers/iommu/iommu.c:__iommu_group_set_domain_internal (6.12) goes back on failure',
  bad: [
    {
      title: 'returned in the middle',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };
int bond_attach(struct bond *bond);
void bond_detach(struct bond *bond);

int toy_attach(struct toy *toy)
{
	struct bond *bond;
	int ret;

	list_for_each_entry(bond, &toy->bonds, node) {
		ret = bond_attach(bond);
		if (ret)
			return ret;
//                      ^^^^^^^^^^^ loop-left-half-done: before it
	}
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'undone',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };
int bond_attach(struct bond *bond);
void bond_detach(struct bond *bond);

int toy_attach(struct toy *toy)
{
	struct bond *bond;
	int ret = 0;

	list_for_each_entry(bond, &toy->bonds, node) {
		ret = bond_attach(bond);
		if (ret)
			goto undo;
	}
	return 0;

undo:
	list_for_each_entry_continue_reverse(bond, &toy->bonds, node)
		bond_detach(bond);
	return ret;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'loop-left-half-done',
      ({ subject, other }) =>
        `When ${subject}() fails for one, those before it stay as they are. Who calls ${other}() for them?`,
    ),
});
