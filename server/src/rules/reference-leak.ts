/** A reference that is taken and not put. */
import { breachesOf } from './breaches.js';
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const referenceLeak = defineRule({
  id: 'reference-leak',
  classes: ['refcount', 'resource-leak'],
  since: '0.2.0',
  summary: 'A reference that the function takes is not put: on one of its paths, or on none.',
  why: 'A reference that is never put keeps its object for ever: a device that cannot go away, a module that cannot be unloaded.',
  remedy: 'Put it on every path, or hand it on.',
  source:
    'include/linux/device.h:get_device, include/linux/kref.h (6.12); Documentation/core-api/kref.rst (6.12)',
  bad: [
    {
      title: 'an error return forgets the device',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_bind(struct toy *toy, struct device *dev)
{
	get_device(dev);
//      ^^^^^^^^^^^^^^^ reference-leak: without putting it
	toy->bond = kzalloc(64, GFP_KERNEL);
	if (!toy->bond)
		return -ENOMEM;
	toy->dev = dev;
	return 0;
}`,
    },
    {
      title: 'only looked at',
      code: `
struct bond { int id; struct mutex lock; };
struct bond *bond_get_first(int id);
void bond_put(struct bond *bond);

int toy_id(int id)
{
	struct bond *bond = bond_get_first(id);
//                          ^^^^^^^^^^^^^^^^^^ reference-leak: bond_put()

	return bond->id;
}`,
    },
  ],
  good: [
    {
      title: 'put on the way out',
      code: `
struct bond { int id; refcount_t users; struct list_head node; };
struct toy { int id; struct mutex lock; spinlock_t slock; struct bond *bond; struct device *dev; struct list_head bonds; };

int toy_bind(struct toy *toy, struct device *dev)
{
	get_device(dev);
	toy->bond = kzalloc(64, GFP_KERNEL);
	if (!toy->bond) {
		put_device(dev);
		return -ENOMEM;
	}
	toy->dev = dev;
	return 0;
}`,
    },
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
  forms: [
    {
      of: 'A reference that the function takes is not put on one of its paths, while others put or keep it.',
      why: 'A reference that is never put keeps its object for ever: a device that cannot go away, a module that cannot be unloaded, a clock that stays on.',
      instead: 'Put it on that path too.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) => breachesOf(input, ['REFLEAK'], 'Undo it there too.'),
    },
    {
      of: 'What a get function gave is only looked at; the function that puts it is never called.',
      why: 'The object is never freed: each call leaves one reference behind.',
      instead: 'Put it on every path, or return it.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'reference-kept',
          ({ subject, other }) =>
            `${subject}() takes a reference that no path puts or hands on. Call ${other}().`,
        ),
    },
  ],
});
