/** IOMMUs asked for by their bus. */
import { cameBefore } from './context.js';
import { defineRule } from './rule.js';

export const perBusInterface = defineRule({
  id: 'per-bus-interface',
  classes: ['bus-ops'],
  severity: 'info',
  confidence: 'certain',
  since: '0.2.0',
  summary: 'IOMMU operations, domains or capabilities are taken by bus, or a new function takes a bus.',
  why: 'Devices of one bus may sit behind IOMMUs of different drivers; which one is known of the device alone. bus_set_iommu() is gone since 6.2, iommu_domain_alloc() after 6.12.',
  remedy:
    'Take struct device: iommu_device_register(), iommu_paging_domain_alloc(), device_iommu_capable(), device_iommu_mapped().',
  source:
    'drivers/iommu/iommu.c:iommu_device_register, iommu_paging_domain_alloc, device_iommu_capable (6.12)',
  bad: [
    {
      title: 'the domain of a bus',
      code: `
int toy_open(struct toy *toy, struct device *dev)
{
	toy->domain = iommu_domain_alloc(dev->bus);
//                    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ per-bus-interface: iommu_paging_domain_alloc
	return toy->domain ? 0 : -ENOMEM;
}`,
    },
  ],
  good: [
    {
      title: 'both, as kernels before 6.0 want it',
      code: `
int toy_probe(struct toy *toy, struct device *dev)
{
	int ret = iommu_device_register(&toy->iommu, &toy_ops, dev);

	if (ret)
		return ret;
	return bus_set_iommu(&platform_bus_type, &toy_ops);
}`,
    },
    {
      title: 'the domain of a device',
      code: `
int toy_open(struct toy *toy, struct device *dev)
{
	toy->domain = iommu_paging_domain_alloc(dev);
	return PTR_ERR_OR_ZERO(toy->domain);
}`,
    },
  ],
  *check({ facts, isNew, series }) {
    for (const { name, spot, parameters, wasThere } of facts.prototypes) {
      if (wasThere || !isNew(spot) || !/(?:^|\/)include\/linux\/iommu[\w-]*\.h$/.test(spot.unit.image.path))
        continue;
      const special = parameters.find(({ type }) => ONE_BUS.has(type.base));
      if (!special || !isNew(special.spot)) continue;
      // Where the patch has the function itself, that is what readers look at.
      const definition = facts.functions.find((fn) => fn.name === name && isNew(fn.nameSpot));
      const there = definition?.signature.parameters.find(({ type }) => type.base === special.type.base);
      yield {
        at: there?.spot ?? special.spot,
        function: name,
        message: `Why does ${name}() take a ${special.type.base}? IOMMUs serve devices of any bus: take struct device.`,
      };
    }
    for (const fn of facts.functions) {
      if (fn.signature.wasThere) continue;
      for (const { name, spot, wasThere } of fn.calls) {
        const instead = INSTEAD.get(name);
        if (!instead || wasThere || !isNew(spot)) continue;
        // Where both are called the kernel still wanted both: before 6.0 nothing else made the bus use the driver.
        if (name === 'bus_set_iommu' && fn.calls.some((other) => other.name === 'iommu_device_register'))
          continue;
        if (name === 'iommu_present' && fn.calls.some((other) => other.name === 'bus_set_iommu')) continue;
        yield {
          at: spot,
          function: fn.name,
          ...(cameBefore(series, spot, instead.since) ? { severity: 'hint' as const } : {}),
          message: `${name}() asks the bus, but devices of one bus can have IOMMUs of different drivers. Use ${instead.name}.`,
          tags: ['deprecated'],
        };
      }
    }
  },
});

const ONE_BUS: ReadonlySet<string> = new Set(['struct pci_dev', 'struct platform_device', 'struct bus_type']);

/** Functions that take a bus, what took their places, and since when mails can use that. include/linux/iommu.h, 6.1 and 6.12. */
const INSTEAD: ReadonlyMap<string, { readonly name: string; readonly since: string }> = new Map([
  ['bus_set_iommu', { name: 'iommu_device_register()', since: '2022-09' }],
  ['iommu_domain_alloc', { name: 'iommu_paging_domain_alloc() with the device', since: '2024-07' }],
  ['iommu_capable', { name: 'device_iommu_capable()', since: '2022-05' }],
  ['iommu_present', { name: 'device_iommu_mapped()', since: '2018-12' }],
]);
