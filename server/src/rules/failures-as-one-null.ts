/** A helper answers several failures with NULL, and its caller makes one error of them. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const failuresAsOneNull = defineRule({
  id: 'failures-as-one-null',
  classes: ['error-code'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary:
    'A function returns NULL for several different failures, and its caller turns them into one error number.',
  why: 'What went wrong is lost: no memory, no such device and a failed registration look alike.',
  remedy: 'Return ERR_PTR() from the function, and PTR_ERR() from its caller.',
  source: 'include/linux/err.h (6.12); review of the SVA series: several failures mapped to -ENOMEM',
  bad: [
    {
      title: 'ENOMEM for all',
      code: `
int bond_register(struct bond *bond);

static struct bond *bond_create(void)
{
	struct bond *bond = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!bond)
		return NULL;
	ret = bond_register(bond);
	if (ret) {
		kfree(bond);
		return NULL;
	}
	return bond;
}

int toy_open(struct bond **out)
{
	struct bond *bond = bond_create();

	if (!bond)
//          ^^^^^ failures-as-one-null: several failures
		return -ENOMEM;
	*out = bond;
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'an error pointer',
      code: `
int bond_register(struct bond *bond);

static struct bond *bond_create(void)
{
	struct bond *bond = kzalloc(64, GFP_KERNEL);
	int ret;

	if (!bond)
		return ERR_PTR(-ENOMEM);
	ret = bond_register(bond);
	if (ret) {
		kfree(bond);
		return ERR_PTR(ret);
	}
	return bond;
}

int toy_open(struct bond **out)
{
	struct bond *bond = bond_create();

	if (IS_ERR(bond))
		return PTR_ERR(bond);
	*out = bond;
	return 0;
}`,
    },
  ],
  *check(input) {
    const all = odditiesIn(
      input,
      'several-failures-one-null',
      ({ subject, other }) =>
        `${subject}() gives NULL for several failures, and all become -${other} here. Return ERR_PTR() from it and hand PTR_ERR() on?`,
    );
    // A helper that was there before is not the patch's to change.
    for (const objection of all)
      if (objection.related?.some(({ spot }) => input.isNew(spot))) yield objection;
  },
});
