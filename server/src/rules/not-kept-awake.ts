/** A device is asked whether it is awake, and used as if that lasted. */
import { odditiesIn } from './oddities.js';
import { defineRule } from './rule.js';

export const notKeptAwake = defineRule({
  id: 'not-kept-awake',
  classes: ['missing-lock'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'Registers are touched because a device was found awake, and nothing keeps it awake.',
  why: 'It may be suspended between the question and the access: the bus hangs, or the write is lost.',
  remedy: 'pm_runtime_get_if_in_use() before, and pm_runtime_put() after it.',
  source:
    'include/linux/pm_runtime.h:pm_runtime_get_if_in_use, Documentation/power/runtime_pm.rst (6.12); drivers/iommu/rockchip-iommu.c:rk_iommu_zap_iova',
  bad: [
    {
      title: 'left when it sleeps',
      code: `
struct toy { struct device *dev; void __iomem *base; };

void toy_flush(struct toy *toy)
{
	if (!pm_runtime_active(toy->dev))
//           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ not-kept-awake: get_if_in_use
		return;
	writel(1, toy->base + 8);
}`,
    },
    {
      title: 'for each that is awake, by a helper',
      code: `
struct hw { struct device *dev; void __iomem *regs; struct list_head node; };

static void hw_zap(struct hw *hw, u32 iova)
{
	writel_relaxed(iova, hw->regs);
}

void hw_zap_all(struct list_head *all, u32 iova)
{
	struct hw *hw;

	list_for_each_entry(hw, all, node) {
		if (!pm_runtime_suspended(hw->dev))
//                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not-kept-awake: get_if_in_use
			hw_zap(hw, iova);
	}
}`,
    },
  ],
  good: [
    {
      title: 'kept awake',
      code: `
struct toy { struct device *dev; void __iomem *base; };

void toy_flush(struct toy *toy)
{
	if (pm_runtime_get_if_in_use(toy->dev) <= 0)
		return;
	writel(1, toy->base + 8);
	pm_runtime_put(toy->dev);
}`,
    },
    {
      title: 'while the system goes to sleep, and without touching anything',
      code: `
struct toy { struct device *dev; void __iomem *base; bool on; };

static int toy_suspend(struct device *dev)
{
	struct toy *toy = dev_get_drvdata(dev);

	if (pm_runtime_suspended(dev))
		return 0;
	writel(0, toy->base);
	return 0;
}

static const struct dev_pm_ops toy_pm = { .suspend = toy_suspend };

void toy_note(struct toy *toy)
{
	if (pm_runtime_active(toy->dev))
		toy->on = true;
}`,
    },
  ],
  check: (input) =>
    odditiesIn(
      input,
      'awake-unheld',
      ({ subject, other }) =>
        `${subject}() says how it is now, and it may be suspended before ${other}(). pm_runtime_get_if_in_use() keeps it awake?`,
    ),
});
