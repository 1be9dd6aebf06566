/** One failure releases something, and a later one forgets to. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const forgottenRelease = defineRule({
  id: 'forgotten-release',
  classes: ['error-unwind', 'resource-leak'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A failure branch releases what the function made, and a later one returns without that.',
  why: 'What is not released is lost with the later failure.',
  remedy: 'Release it there as well, by a label for both.',
  source: 'Documentation/process/coding-style.rst, 7) Centralized exiting of functions (6.12)',
  bad: [
    {
      title: 'the second forgets',
      code: `
struct bond;
struct bond *bond_make(int id);
void bond_free(struct bond *bond);
int toy_start(int id);
int toy_name(int id);

int toy_init(int id)
{
	struct bond *bond;

	bond = bond_make(id);
	if (toy_start(id)) {
		bond_free(bond);
		return -EINVAL;
	}
	if (toy_name(id))
		return -EBUSY;
//              ^^^^^^^^^^^^^^ forgotten-release: bond_free()
	bond_free(bond);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'both do',
      code: `
struct bond;
struct bond *bond_make(int id);
void bond_free(struct bond *bond);
int toy_start(int id);
int toy_name(int id);

int toy_init(int id)
{
	struct bond *bond;

	bond = bond_make(id);
	if (toy_start(id)) {
		bond_free(bond);
		return -EINVAL;
	}
	if (toy_name(id)) {
		bond_free(bond);
		return -EBUSY;
	}
	bond_free(bond);
	return 0;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'forgotten-release',
      ({ subject, other }) =>
        `An earlier failure gives ${subject} to ${other}(); this one returns without. Is it lost here?`,
    ),
});
