/** A reference that the function takes is not put on one of its paths, while others put or keep it. Seen when the function is run. */
import { breachesOf } from './breaches.js';
import { defineRule } from './rule.js';

export const referenceLeak = defineRule({
  id: 'reference-leak',
  classes: ['refcount', 'error-unwind'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A reference that the function takes is not put on one of its paths, while others put or keep it.',
  why: 'A reference that is never put keeps its object for ever: a device that cannot go away, a module that cannot be unloaded, a clock that stays on.',
  remedy: 'Put it on that path too.',
  source: 'include/linux/device.h:get_device, include/linux/kref.h (6.12)',
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
  ],
  check: (input) => breachesOf(input, ['REFLEAK'], 'Undo it there too.'),
});
