/** `#ifdef` around statements, where the compiler could choose. */
import { defineRule } from './rule.js';

export const conditionalCode = defineRule({
  id: 'conditional-code',
  classes: ['config-stub-kconfig'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A function has an #ifdef on an option among its statements.',
  why: 'What the preprocessor hides is not compiled in most configurations, and breaks unseen. An option that can be a module is missed by #ifdef.',
  remedy: 'if (IS_ENABLED(CONFIG_…)), or a function with a stub.',
  source: 'Documentation/process/coding-style.rst, "Conditional Compilation" (6.12)',
  bad: [
    {
      title: 'hidden from most builds',
      code: `
void toy_reset(struct toy *toy)
{
#ifdef CONFIG_TOY_DEBUG
^^^^^^^^^^^^^^^^^^^^^^^ conditional-code: IS_ENABLED(CONFIG_TOY_DEBUG)
	toy_dump(toy);
#endif
	toy->users = 0;
}`,
    },
  ],
  good: [
    {
      title: 'compiled in all',
      code: `
void toy_reset(struct toy *toy)
{
	if (IS_ENABLED(CONFIG_TOY_DEBUG))
		toy_dump(toy);
	toy->users = 0;
}`,
    },
    {
      title: 'a bus that is only there with its option',
      code: `
void toy_init(const struct iommu_ops *ops)
{
#ifdef CONFIG_PCI
	bus_set_iommu(&pci_bus_type, ops);
#endif
}`,
    },
  ],
  *check(input) {
    const { conditionalCode } = input.facts;
    for (const { spot, option, function: name, isNeeded } of conditionalCode) {
      if (isNeeded) continue;
      // One that only changes its condition was there.
      const { removed } = spot.unit.image;
      if (!input.isFresh(spot) || removed.some((line) => /^\s*#\s*if/.test(line))) continue;
      // A function that is written like that is one for another patch to change.
      const isUsual = conditionalCode.some(
        (other) => other.function === name && other.spot.unit === spot.unit && !input.isNew(other.spot),
      );
      yield {
        at: spot,
        function: name,
        severity: isUsual ? 'hint' : 'info',
        message: `if (IS_ENABLED(${option})), or a function with a stub? What #ifdef hides breaks unseen.`,
      };
    }
  },
});
