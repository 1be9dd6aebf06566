/** A pointer is tested for NULL and for an error at once. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const errorOrNullTest = defineRule({
  id: 'error-or-null-test',
  classes: ['error-code'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'IS_ERR_OR_NULL() is asked of what a function returned.',
  why: 'A function returns NULL or an error pointer, not both. The test hides which one it is, and PTR_ERR(NULL) is 0: success.',
  remedy: 'Let the function return one kind of failure, and test for that one.',
  source: 'include/linux/err.h (6.12); review of the SVA series: return ERR_PTR and test IS_ERR',
  bad: [
    {
      title: 'one test for both',
      code: `
struct bond *bond_find(int id);

int toy_use(int id)
{
	struct bond *bond = bond_find(id);

	if (IS_ERR_OR_NULL(bond))
//          ^^^^^^^^^^^^^^^^^^^^ error-or-null-test: hides whether
		return -ENODEV;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'one kind',
      code: `
struct bond *bond_find(int id);

int toy_use(int id)
{
	struct bond *bond = bond_find(id);

	if (IS_ERR(bond))
		return PTR_ERR(bond);
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'error-or-null',
      ({ subject, other, related }) =>
        `IS_ERR_OR_NULL(${subject}) hides whether ${other}() gives NULL or an error pointer${related.length > 0 ? ', and PTR_ERR(NULL) is success' : ''}. Which of the two can it be? Test for that one.`,
    ),
});
