/** One variable for hardware of which there may be several. */
import { defineRule } from './rule.js';

export const singleInstance = defineRule({
  id: 'single-instance',
  classes: ['state-in-wrong-object'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A driver keeps its hardware instance, or a domain, in a variable of the file.',
  why: 'The second instance overwrites the first; devices then talk to an IOMMU that they are not behind.',
  remedy: 'Find the instance from the device: dev_iommu_priv_get(), or iommu_get_iommu_dev().',
  source: 'include/linux/iommu.h:dev_iommu_priv_get (6.12); review of new drivers on the list, 2019 to 2022',
  bad: [
    {
      title: 'the only one',
      code: `
struct toy_iommu {
	struct iommu_device iommu;
	void __iomem *base;
};

static struct toy_iommu *toy;
//                       ^^^ single-instance: second instance`,
    },
  ],
  good: [
    {
      title: 'each device knows its own',
      code: `
struct toy_iommu {
	struct iommu_device iommu;
	void __iomem *base;
};

struct toy_master {
	struct toy_iommu *iommu;
};`,
    },
  ],
  *check({ facts, isNew }) {
    const roles = new Map(facts.structs.map((struct) => [struct.name, struct]));
    for (const { name, type, isExtern, isConst, wasThere, spot } of facts.variables) {
      if (isExtern || isConst || wasThere || type.pointers > 1 || !isNew(spot)) continue;
      const role = roles.get(type.base)?.role;
      if (role !== 'hardware-instance' && !(role === 'domain' && type.pointers === 1)) continue;
      yield {
        at: spot,
        function: name,
        message: `\`${name}\` is one for the whole file: what of a second instance? Find the ${role === 'domain' ? 'domain' : 'instance'} from the device.`,
      };
    }
  },
});
