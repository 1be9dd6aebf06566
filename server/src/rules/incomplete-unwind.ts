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
    {
      title: 'the wrong label',
      code: `
int toy_start(int id);
int toy_link(int id);
int toy_name(int id);
void toy_stop(int id);
void toy_unlink(int id);

int toy_init(int id)
{
	int ret;

	toy_start(id);
	ret = toy_link(id);
	if (ret)
		goto err_unlink;
	ret = toy_name(id);
	if (ret)
		goto err_stop;
//              ^^^^^^^^^^^^^^ incomplete-unwind: undoes less
	return 0;

err_unlink:
	toy_unlink(id);
err_stop:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'returned in the middle',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };
int bond_attach(struct bond *bond);
void bond_detach(struct bond *bond);

int toy_attach(struct toy *toy)
{
	struct bond *bond;
	int ret;

	list_for_each_entry(bond, &toy->bonds, node) {
		ret = bond_attach(bond);
		if (ret)
			return ret;
//                      ^^^^^^^^^^^ incomplete-unwind: before it
	}
	return 0;
}`,
    },
    {
      title: 'registered and left so',
      code: `
static int toy_probe(struct platform_device *pdev)
{
	struct toy *toy = platform_get_drvdata(pdev);
	int ret;

	ret = iommu_device_sysfs_add(&toy->iommu, &pdev->dev, NULL, "toy");
	if (ret)
		return ret;
	ret = iommu_device_register(&toy->iommu, &toy_ops, &pdev->dev);
	if (ret) {
		dev_err(&pdev->dev, "cannot register\\n");
		return ret;
//              ^^^^^^^^^^^ incomplete-unwind: iommu_device_sysfs_remove
	}
	return 0;
}

static void toy_remove(struct platform_device *pdev)
{
	struct toy *toy = platform_get_drvdata(pdev);

	iommu_device_unregister(&toy->iommu);
	iommu_device_sysfs_remove(&toy->iommu);
}

static struct platform_driver toy_driver = { .probe = toy_probe, .remove_new = toy_remove };`,
    },
    {
      title: 'past the labels',
      code: `
int toy_start(int id);
int toy_link(int id);
int toy_name(int id);
void toy_stop(int id);

int toy_init(int id)
{
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	ret = toy_link(id);
	if (ret)
		goto err_stop;
	ret = toy_name(id);
	if (ret)
		return ret;
//              ^^^^^^^^^^^ incomplete-unwind: err_stop
	ret = toy_link(id + 1);
	if (ret)
		goto err_stop;
	return 0;

err_stop:
	toy_stop(id);
	return ret;
}`,
    },
  ],
  good: [
    {
      title: 'undone before a return of its own',
      code: `
int toy_start(int id);
int toy_link(int id);
int toy_name(int id);
void toy_stop(int id);

int toy_init(int id)
{
	int ret;

	ret = toy_start(id);
	if (ret)
		return ret;
	ret = toy_link(id);
	if (ret)
		goto err_stop;
	ret = toy_name(id);
	if (ret) {
		toy_stop(id);
		return ret;
	}
	ret = toy_link(id + 1);
	if (ret)
		goto err_stop;
	return 0;

err_stop:
	toy_stop(id);
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
    {
      title: 'in reverse order',
      code: `
int toy_start(int id);
int toy_link(int id);
int toy_name(int id);
void toy_stop(int id);
void toy_unlink(int id);

int toy_init(int id)
{
	int ret;

	toy_start(id);
	ret = toy_link(id);
	if (ret)
		goto err_stop;
	ret = toy_name(id);
	if (ret)
		goto err_unlink;
	return 0;

err_unlink:
	toy_unlink(id);
err_stop:
	toy_stop(id);
	return ret;
}`,
    },
    {
      title: 'undone',
      code: `
struct bond { int id; struct list_head node; };
struct toy { struct list_head bonds; };
int bond_attach(struct bond *bond);
void bond_detach(struct bond *bond);

int toy_attach(struct toy *toy)
{
	struct bond *bond;
	int ret = 0;

	list_for_each_entry(bond, &toy->bonds, node) {
		ret = bond_attach(bond);
		if (ret)
			goto undo;
	}
	return 0;

undo:
	list_for_each_entry_continue_reverse(bond, &toy->bonds, node)
		bond_detach(bond);
	return ret;
}`,
    },
  ],
  forms: [
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
      of: 'A failure returns at once, between others that jump to the unwinding.',
      why: 'What they undo was done by then, and stays.',
      instead: 'Jump to the same label.',
      severity: 'warning',
      confidence: 'possible',
      check: (input) =>
        odditiesIn(
          input,
          'return-skips-unwind',
          ({ subject, other }) =>
            `Failures before and after this one go to ${subject}, which calls ${other}(). This one returns past it. goto ${subject}?`,
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
