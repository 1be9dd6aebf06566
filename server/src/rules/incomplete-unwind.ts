/** A failure that undoes less than was done. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const incompleteUnwind = defineRule({
  id: 'incomplete-unwind',
  classes: ['error-unwind', 'resource-leak'],
  provedBy: ['reference-leak', 'memory-leak'],
  since: '0.2.0',
  summary: 'A failure undoes less than was done by then.',
  why: 'Callers take an error to mean that nothing has changed, and undo nothing.',
  remedy: 'Undo on every failure all that succeeded before, in reverse order.',
  source:
    'Documentation/process/coding-style.rst, 7) Centralized exiting of functions (6.12); drivers/iommu/iommu.c:__iommu_group_set_domain_internal (6.12) goes back on failure',
  bad: [
    {
      title: 'the first is forgotten, and the one that failed is not',
      code: `
struct toy;
int toy_add(struct toy *toy, struct device *dev);
void toy_remove(struct toy *toy, struct device *dev);

int toy_add_all(struct toy *toy, struct device **devs, int count)
{
	int i, ret;

	for (i = 0; i < count; i++) {
		ret = toy_add(toy, devs[i]);
		if (ret)
			goto err;
	}
	return 0;
err:
	for (; i > 0; i--)
//             ^^^^^ incomplete-unwind: element 0
		toy_remove(toy, devs[i]);
	return ret;
}`,
    },
    {
      title: 'down to one',
      code: `
struct toy;
int toy_enable(struct toy *toy, int slot);
void toy_disable(struct toy *toy, int slot);

int toy_enable_all(struct toy *toy, int count)
{
	int i, ret;

	for (i = 0; i < count; i++) {
		ret = toy_enable(toy, i);
		if (ret)
			goto err;
	}
	return 0;
err:
	while (--i)
//             ^^^ incomplete-unwind: element 0
		toy_disable(toy, i);
	return ret;
}`,
    },
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
//              ^^^^^^^^^^^^^^ incomplete-unwind: bond_free()
	bond_free(bond);
	return 0;
}`,
    },
  ],
  good: [
    {
      title: 'the last step is taken back as well',
      code: `
struct toy { struct iopf_queue *queue; };

int toy_enable_faults(struct toy *toy, struct device *dev)
{
	int ret;

	ret = iopf_queue_add_device(toy->queue, dev);
	if (ret)
		return ret;
	ret = iommu_register_device_fault_handler(dev, toy_fault, dev);
	if (ret)
		iopf_queue_remove_device(toy->queue, dev);
	return ret;
}

void toy_disable_faults(struct toy *toy, struct device *dev)
{
	iommu_unregister_device_fault_handler(dev);
	iopf_queue_remove_device(toy->queue, dev);
}`,
    },
    {
      title: 'back to the first',
      code: `
struct toy;
int toy_add(struct toy *toy, struct device *dev);
void toy_remove(struct toy *toy, struct device *dev);

int toy_add_all(struct toy *toy, struct device **devs, int count)
{
	int i, ret;

	for (i = 0; i < count; i++) {
		ret = toy_add(toy, devs[i]);
		if (ret)
			goto err;
	}
	return 0;
err:
	while (--i >= 0)
		toy_remove(toy, devs[i]);
	return ret;
}

int toy_add_most(struct toy *toy, struct device **devs, int count)
{
	int i, ret;

	for (i = 0; i < count; i++) {
		ret = toy_add(toy, devs[i]);
		if (ret)
			goto err;
	}
	return 0;
err:
	for (; i > 0; i--)
		toy_remove(toy, devs[i - 1]);
	return ret;
}`,
    },
    {
      title: 'taken back before it returns',
      code: `
static int toy_probe(struct platform_device *pdev)
{
	struct toy *toy = platform_get_drvdata(pdev);
	int ret;

	ret = iommu_device_sysfs_add(&toy->iommu, &pdev->dev, NULL, "toy");
	if (ret)
		return ret;
	ret = iommu_device_register(&toy->iommu, &toy_ops, &pdev->dev);
	if (ret)
		goto err_sysfs;
	return 0;

err_sysfs:
	iommu_device_sysfs_remove(&toy->iommu);
	return ret;
}

static void toy_remove(struct platform_device *pdev)
{
	struct toy *toy = platform_get_drvdata(pdev);

	iommu_device_unregister(&toy->iommu);
	iommu_device_sysfs_remove(&toy->iommu);
}

static struct platform_driver toy_driver = { .probe = toy_probe, .remove_new = toy_remove };`,
    },
  ],
  forms: [
    {
      of: 'The loop that undoes what another one did for each element never has the first one.',
      why: 'Element 0 stays as it was made; what begins with the element that failed undoes what was never done, too.',
      instead: 'Go back with while (i-- > 0), or with for (i--; i >= 0; i--) where i is signed.',
      severity: 'warning',
      confidence: 'certain',
      check: (input) =>
        odditiesIn(
          input,
          'first-left-done',
          ({ subject }) =>
            `No round of this has ${subject} at 0: element 0 is not undone. Go back with while (${subject}-- > 0).`,
        ),
    },
    {
      of: 'Something was registered with the kernel, and a later failure returns without taking it back.',
      why: 'Nobody ends the life of an object whose probe failed: what is registered goes on pointing to it.',
      instead: 'Take it back on every failure after it, in reverse order.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'registration-left',
          ({ subject, other }) =>
            `${subject}() succeeded before, and this failure leaves without ${other}(). What was registered stays.`,
        ),
    },
    {
      of: 'A failure branch releases what the function made, and a later one returns without that.',
      why: 'What is not released is lost with the later failure.',
      instead: 'Release it there as well, by a label for both.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'forgotten-release',
          ({ subject, other }) =>
            `An earlier failure gives ${subject} to ${other}(); this one returns without. Is it lost here?`,
        ),
    },
    {
      of: 'One failure clears or turns off what the function has set up, and another leaves it as it is.',
      why: 'Whoever looks at it next finds it half set up, or takes it for in use.',
      instead:
        'Undo it on each failure behind the set-up, by a label for all, or on none if nobody needs it.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'undone-once',
          ({ subject, other }) =>
            `Another failure calls ${other}(${subject}) before it leaves; why not this one?`,
        ),
    },
    {
      of: 'Of two failures in a row the later one jumps to a label that undoes less.',
      why: 'What the earlier one undoes was done by then, and stays when the later one leaves.',
      instead: 'Jump to labels in reverse order of what was done.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'later-undoes-less',
          ({ subject, other }) =>
            `This failure comes later and undoes less: ${subject} skips ${other}(), which an earlier one calls. Wrong label?`,
        ),
    },
    {
      of: 'A loop attaches, enables or maps one after the other, and when one fails those before it stay.',
      why: 'The caller sees a failure and undoes nothing, since nothing was done as far as it knows.',
      instead: 'Undo those that succeeded before leaving.',
      severity: 'info',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'loop-left-half-done',
          ({ subject, other }) =>
            `When ${subject}() fails for one, those before it stay as they are. Who calls ${other}() for them?`,
        ),
    },
  ],
});
