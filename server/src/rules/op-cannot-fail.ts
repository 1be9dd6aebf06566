/** A new operation that sets something up has no way to say that it failed. */
import { defineRule, tagOf } from './rule.js';

export const opCannotFail = defineRule({
  id: 'op-cannot-fail',
  classes: ['api-shape'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A table of operations gets one that attaches, enables or allocates, and returns nothing.',
  why: 'A driver that runs out of memory or lacks the feature can only log it, and its caller goes on as if it were done.',
  remedy: 'Return int, and have the callers test it.',
  source:
    'include/linux/iommu.h:struct iommu_domain_ops (6.12): what can fail returns int; review of the list, 2019 to 2022',
  bad: [
    {
      title: 'enabled or not',
      code: `
struct toy_ops {
	int (*attach)(struct device *dev);
	void (*enable_prefetch)(struct device *dev, u32 entries);
//             ^^^^^^^^^^^^^^^ op-cannot-fail: Can
};`,
    },
  ],
  good: [
    {
      title: 'it can say so',
      code: `
struct toy_ops {
	int (*attach)(struct device *dev);
	int (*enable_prefetch)(struct device *dev, u32 entries);
	void (*disable_prefetch)(struct device *dev);
	void (*detach)(struct device *dev);
};`,
    },
  ],
  *check({ facts, isNew }) {
    for (const struct of facts.structs) {
      if (!/ops$/.test(struct.name)) continue;
      for (const { name, type, parameters, nameSpot, wasThere } of struct.fields) {
        if (!parameters || wasThere || !isNew(nameSpot) || !SETS_UP.test(name)) continue;
        if (type.base !== 'void' || type.pointers > 0) continue;
        yield {
          at: nameSpot,
          function: tagOf(struct.name),
          message: `Can ${name}() not fail? Let it return int, and its callers test it.`,
        };
      }
    }
  },
});

/** What takes memory, or asks hardware for something that it may not have. */
const SETS_UP = /^(?:\w+_)?(?:attach|enable|bind|alloc|register|request)(?:_|$)/;
