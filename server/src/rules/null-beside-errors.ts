/** A function tells some failures by error pointers and others by NULL. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const nullBesideErrors = defineRule({
  id: 'null-beside-errors',
  classes: ['error-code'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function returns ERR_PTR() for one failure and NULL for another of which it knows the error.',
  why: 'Callers that ask IS_ERR() take NULL for the object and follow it, and the error is lost.',
  remedy: 'Return ERR_PTR() of the error that is known.',
  source: 'include/linux/err.h (6.12); Documentation/process/coding-style.rst, 16)',
  bad: [
    {
      title: 'of a known error',
      code: `
struct bond { int id; };
int bond_register(struct bond *bond);

struct bond *bond_create(void)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	int ret;

	if (!bond)
		return ERR_PTR(-ENOMEM);
	ret = bond_register(bond);
	if (ret) {
		kfree(bond);
		return NULL;
//                     ^^^^ null-beside-errors: ERR_PTR(ret)
	}
	return bond;
}`,
    },
  ],
  good: [
    {
      title: 'one kind',
      code: `
struct bond { int id; };
int bond_register(struct bond *bond);

struct bond *bond_create(void)
{
	struct bond *bond = kzalloc(sizeof(*bond), GFP_KERNEL);
	int ret;

	if (!bond)
		return ERR_PTR(-ENOMEM);
	ret = bond_register(bond);
	if (ret) {
		kfree(bond);
		return ERR_PTR(ret);
	}
	return bond;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'null-beside-errors',
      ({ subject, other }) =>
        `Other failures come as ${other}: who asks IS_ERR() takes this NULL for the object. Return ERR_PTR(${subject}).`,
    ),
});
