/** Flags that are taken and not looked at. */
import { defineRule } from './rule.js';

export const ignoredFlags = defineRule({
  id: 'ignored-flags',
  classes: ['uapi-abi', 'api-shape'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'A function takes flags and never looks at them.',
  why: 'Whoever sets a flag that is not known must be told so; once unknown flags pass, they can never be given a meaning.',
  remedy: 'Reject what is not supported: if (flags) return -EOPNOTSUPP; or drop the parameter.',
  source:
    'Documentation/process/adding-syscalls.rst, "Designing the API: Planning for Extension"; drivers/iommu/intel/iommu.c:intel_iommu_domain_alloc_user (6.12)',
  bad: [
    {
      title: 'any flag is accepted',
      code: `
struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm, unsigned int flags)
//                                                                   ^^^^^^^^^^^^^^^^^^ ignored-flags: ignores
{
	struct toy *toy = dev_get_drvdata(dev);

	return toy_do_bind(toy, mm);
}`,
    },
  ],
  good: [
    {
      title: 'unknown flags are refused',
      code: `
struct iommu_sva *toy_bind(struct device *dev, struct mm_struct *mm, unsigned int flags)
{
	if (flags)
		return ERR_PTR(-EOPNOTSUPP);
	return toy_do_bind(dev_get_drvdata(dev), mm);
}`,
    },
  ],
  *check({ facts, isNew }) {
    for (const fn of facts.functions) {
      const { signature, nameSpot } = fn;
      if (!signature.isWhole || nameSpot.unit.image.path.endsWith('.h')) continue;
      // Frameworks pass flags of their own to whoever stands in their tables.
      if (fn.isCallback) continue;
      for (const { name, type, isRead, spot } of signature.parameters) {
        if (isRead || name !== 'flags' || type.pointers > 0 || !INTEGER.test(type.base)) continue;
        if (!isNew(spot)) continue;
        if (signature.statements < 2 && signature.answers.every((answer) => /^[-\w]*$/.test(answer)))
          continue;
        yield {
          at: spot,
          function: fn.name,
          message: `${fn.name}() ignores \`${name}\`: a flag that it does not know passes as if it were obeyed. Reject what is not supported, or drop the parameter.`,
        };
      }
    }
  },
});

const INTEGER = /^(?:int|unsigned|unsigned int|unsigned long|u8|u16|u32|u64)$/;
