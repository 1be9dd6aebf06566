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
    {
      title: 'a walk that is left early',
      code: `
struct toy { int id; };
bool toy_is_external(struct pci_dev *pdev);

bool toy_any_external(void)
{
	struct pci_dev *pdev = NULL;

	for_each_pci_dev(pdev)
		if (toy_is_external(pdev))
			return true;
//                      ^^^^^^^^^^^^ reference-leak: pci_dev_put(pdev)
	return false;
}`,
    },
    {
      title: 'taken out, so that nobody else has it, and forgotten',
      code: `
struct link { int id; };
struct toy { struct link *link; struct mutex lock; struct device dev; };

void toy_close(struct toy *toy)
{
	struct link *link;

	mutex_lock(&toy->lock);
	link = toy->link;
//      ^^^^^^^^^^^^^^^^ reference-leak: nobody does anything with it
	toy->link = NULL;
	mutex_unlock(&toy->lock);
	put_device(&toy->dev);
}`,
    },
  ],
  good: [
    {
      title: 'taken out and put, handed to somebody, or not taken out',
      code: `
struct link { int id; };
struct toy { struct link *link, *next; struct mutex lock; struct device dev; };
void link_put(struct link *link);

void toy_close(struct toy *toy)
{
	struct link *link;

	mutex_lock(&toy->lock);
	link = toy->link;
	toy->link = NULL;
	mutex_unlock(&toy->lock);
	link_put(link);
}

struct link *toy_take(struct toy *toy)
{
	struct link *link;

	link = toy->link;
	toy->link = NULL;
	return link;
}

void toy_move(struct toy *toy)
{
	struct link *link;

	link = toy->link;
	toy->link = NULL;
	toy->next = link;
}`,
    },
    {
      title: 'a flag that says on both ends whether it is on',
      code: `
struct toy { struct device *dev; bool is_always_on; };

int toy_load(struct toy *toy);

int toy_open(struct toy *toy)
{
	int ret;

	if (!toy->is_always_on) {
		ret = pm_runtime_resume_and_get(toy->dev);
		if (ret < 0)
			return ret;
	}
	ret = toy_load(toy);
	if (ret && !toy->is_always_on)
		pm_runtime_put(toy->dev);
	return ret;
}`,
    },
    {
      title: 'a walk that puts what it leaves with',
      code: `
struct toy { int id; };
bool toy_is_external(struct pci_dev *pdev);

bool toy_any_external(void)
{
	struct pci_dev *pdev = NULL;

	for_each_pci_dev(pdev) {
		if (toy_is_external(pdev)) {
			pci_dev_put(pdev);
			return true;
		}
	}
	return false;
}

struct pci_dev *toy_first_external(void)
{
	struct pci_dev *pdev = NULL;

	for_each_pci_dev(pdev)
		if (toy_is_external(pdev))
			return pdev;
	return NULL;
}`,
    },
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
      check: (input) => breachesOf(input, ['REFLEAK'], 'Undo it there too.', 'info'),
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
    {
      of: 'A pointer is taken out of a member, which is cleared, and nobody does anything with it.',
      why: 'Who takes the only pointer to something has its reference, and the object stays for ever.',
      instead: 'Put or free it.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'taken-and-lost',
          ({ subject, other }) =>
            `${subject} is taken out of ${other}, which is cleared, and nobody does anything with it. Put or free it.`,
        ),
    },
    {
      of: 'A loop that holds a reference in each round is left early, and nobody puts it.',
      why: 'for_each_pci_dev() and for_each_child_of_node() put the reference when they go on to the next: who leaves has it still.',
      instead: 'Put the cursor before leaving, or use the scoped form of the loop.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'walk-left-with-reference',
          ({ subject, other }) =>
            `The loop holds a reference of ${subject}, and this leaves with it. Call ${other}(${subject}) first.`,
        ),
    },
  ],
});
