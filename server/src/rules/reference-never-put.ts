/** A reference is taken into a variable, and on no path put or handed on. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const referenceNeverPut = defineRule({
  id: 'reference-never-put',
  classes: ['resource-leak'],
  severity: 'warning',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'What a get function gave is only looked at; the function that puts it is never called.',
  why: 'The object is never freed: each call leaves one reference behind.',
  remedy: 'Put it on every path, or return it.',
  source: 'Documentation/core-api/kref.rst (6.12)',
  bad: [
    {
      title: 'only looked at',
      code: `
struct bond { int id; struct mutex lock; };
struct bond *bond_get_first(int id);
void bond_put(struct bond *bond);

int toy_id(int id)
{
	struct bond *bond = bond_get_first(id);
//                          ^^^^^^^^^^^^^^^^^^ reference-never-put: bond_put()

	return bond->id;
}`,
    },
  ],
  good: [
    {
      title: 'put',
      code: `
struct bond { int id; struct mutex lock; };
struct bond *bond_get_first(int id);
void bond_put(struct bond *bond);

int toy_id(int id)
{
	struct bond *bond = bond_get_first(id);
	int found = bond->id;

	bond_put(bond);
	return found;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'reference-kept',
      ({ subject, other }) =>
        `${subject}() takes a reference that no path puts or hands on. Call ${other}().`,
    ),
});
