/** A pointer is followed first and tested for NULL afterwards. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const checkedAfterUse = defineRule({
  id: 'checked-after-use',
  classes: ['use-before-check-or-init', 'redundant-check'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary:
    'A pointer is followed before the same function tests it for NULL, whatever path leads to the test.',
  why: 'Either the pointer can be NULL, and the test comes too late, or it cannot, and the test misleads whoever reads it. Compilers may drop such a test, since the use has promised that it is not needed.',
  remedy: 'Test it before it is followed, or drop the test.',
  source:
    'Documentation/process/deprecated.rst, and gcc -fdelete-null-pointer-checks as the kernel avoids it (Makefile, 6.12)',
  bad: [
    {
      title: 'followed in an initialiser',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_id(struct toy *toy)
{
	struct bond *bond = toy->bond;
	int id = bond->id;
//               ^^^^^^^^ checked-after-use: tests it for NULL afterwards

	if (!bond)
		return -ENODEV;
	return id;
}`,
    },
  ],
  good: [
    {
      title: 'tested first',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_id(struct toy *toy)
{
	struct bond *bond = toy->bond;

	if (!bond)
		return -ENODEV;
	return bond->id;
}`,
    },
  ],
  check: (input) => breachesOf(input, ['LATECHECK'], 'Test it first, or drop the test.'),
});
