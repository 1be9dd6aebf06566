/** An operation in the table of the other object. */
import { defineRule, tagOf } from './rule.js';

export const domainOpInWrongTable = defineRule({
  id: 'domain-op-in-wrong-table',
  classes: ['type-switch-vs-ops'],
  severity: 'warning',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'An operation on a domain stands in iommu_ops, or one that takes no domain in iommu_domain_ops.',
  why: 'Domains of different types have different iommu_domain_ops; an operation in iommu_ops has to ask for the type first.',
  remedy: 'Operations that take a domain belong in iommu_domain_ops, those on devices in iommu_ops.',
  source: 'include/linux/iommu.h:iommu_domain_ops (6.12)',
  bad: [
    {
      title: 'a domain in the table of devices',
      code: `
struct iommu_domain_ops {
	void (*free)(struct iommu_domain *domain);
};

struct iommu_ops {
	int (*set_tracking)(struct iommu_domain *domain, bool on);
//            ^^^^^^^^^^^^ domain-op-in-wrong-table: iommu_domain_ops
};`,
    },
  ],
  good: [
    {
      title: 'where it belongs',
      code: `
struct iommu_domain_ops {
	int (*set_tracking)(struct iommu_domain *domain, bool on);
};`,
    },
  ],
  *check({ facts, isNew }) {
    const isSplit = facts.structs.some(({ name }) => name === 'struct iommu_domain_ops');
    for (const struct of facts.structs) {
      const isDevices = struct.name === 'struct iommu_ops';
      if (!isSplit || (!isDevices && struct.name !== 'struct iommu_domain_ops')) continue;
      for (const { name, parameters, nameSpot, wasThere } of struct.fields) {
        if (!parameters || parameters.length === 0 || wasThere || !isNew(nameSpot)) continue;
        const takesDomain = parameters.some(({ type }) => type.base === 'struct iommu_domain');
        if (isDevices ? parameters[0]!.type.base !== 'struct iommu_domain' : takesDomain) continue;
        yield {
          at: nameSpot,
          function: tagOf(struct.name),
          message: isDevices
            ? `${name}() acts on a domain, so it belongs in iommu_domain_ops: each type of domain has its own.`
            : `${name}() takes no domain, so it belongs in iommu_ops.`,
        };
      }
    }
  },
});
