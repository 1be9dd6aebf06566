/** An entry of an object is compared with that object. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const ownEntryCompared = defineRule({
  id: 'own-entry-compared',
  classes: ['redundant-check'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'In a walk over the entries of an object the back pointer of each is compared with the object.',
  why: 'An entry is on the list because it belongs to the object; the comparison says that it may not, and nobody knows when.',
  remedy: 'Drop the comparison, or say which entries are others.',
  source: 'drivers/iommu/intel/iommu.c: domain->devices holds what is attached to that domain (6.12)',
  bad: [
    {
      title: 'whose else',
      code: `
struct toy;
struct bond { struct toy *toy; struct list_head node; };
struct toy { struct list_head bonds; };

int toy_count(struct toy *toy)
{
	struct bond *bond;
	int count = 0;

	list_for_each_entry(bond, &toy->bonds, node) {
		if (bond->toy != toy)
//                  ^^^^^^^^^^^^^^^^ own-entry-compared: because it is
			continue;
		count++;
	}
	return count;
}`,
    },
  ],
  good: [
    {
      title: 'its own',
      code: `
struct toy;
struct bond { struct toy *toy; struct list_head node; };
struct toy { struct list_head bonds; };

int toy_count(struct toy *toy)
{
	struct bond *bond;
	int count = 0;

	list_for_each_entry(bond, &toy->bonds, node)
		count++;
	return count;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'own-entry-compared',
      ({ subject, other }) =>
        `An entry is on ${other} because it is this object's; when would \`${subject}\` be true?`,
    ),
});
