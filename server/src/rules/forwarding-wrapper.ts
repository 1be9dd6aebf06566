/** A function that only hands its parameters on to another one. */
import { defineRule } from './rule.js';

export const forwardingWrapper = defineRule({
  id: 'forwarding-wrapper',
  classes: ['needless-wrapper-duplicate'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  quietInTree: true,
  summary: 'A new function does nothing but call another with the same arguments.',
  why: 'It is one more name to look up, and hides a well-known one.',
  remedy: 'Call the other function.',
  source: 'review of "iommu/vt-d: Remove DEFER_DEVICE_DOMAIN_INFO", 7 February 2022',
  bad: [
    {
      title: 'two names for one thing',
      code: `
static struct iommu_domain *toy_domain_of(struct device *dev)
{
	return iommu_get_domain_for_dev(dev);
//             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ forwarding-wrapper: Call iommu_get_domain_for_dev()
}

int toy_type(struct device *dev)
{
	return toy_domain_of(dev)->type;
}`,
    },
  ],
  good: [
    {
      title: 'it says of which type the private data is',
      code: `
static struct toy *toy_of(struct device *dev)
{
	return dev_iommu_priv_get(dev);
}

int toy_users(struct device *dev)
{
	return toy_of(dev)->users;
}`,
    },
    {
      title: 'one half of a pair',
      code: `
static struct toy_table *toy_get_table(struct toy *toy)
{
	toy->users++;
	return toy->table;
}

static void toy_put_table(struct toy *toy, struct toy_table *table)
{
	iounmap(toy, table);
}

void toy_look(struct toy *toy)
{
	toy_put_table(toy, toy_get_table(toy));
}`,
    },
    {
      title: 'it adds something',
      code: `
static int toy_flush(struct toy *toy)
{
	return toy_flush_range(toy, 0, ULONG_MAX);
}

int toy_reset(struct toy *toy)
{
	return toy_flush(toy);
}`,
    },
  ],
  *check(input) {
    for (const fn of input.facts.functions) {
      if (!fn.isStatic || fn.isCallback || fn.contract !== '' || !input.isFresh(fn.nameSpot)) continue;
      // In headers they hide which implementation is configured.
      if (fn.nameSpot.unit.image.path.endsWith('.h') || !fn.isReferenced) continue;
      const { forward } = fn;
      // One half of a pair has the name that the other half needs.
      const other = counterpartOf(fn.name);
      if (!forward || forward.givesType || input.facts.functions.some(({ name }) => name === other)) continue;
      yield {
        at: forward.spot,
        function: fn.name,
        severity: 'info',
        message: `Call ${forward.callee}() directly: ${fn.name}() only hands its arguments on.`,
      };
    }
  },
});

const PAIRS: Readonly<Record<string, string>> = {
  get: 'put',
  put: 'get',
  map: 'unmap',
  unmap: 'map',
  alloc: 'free',
  free: 'alloc',
  begin: 'end',
  end: 'begin',
  lock: 'unlock',
  unlock: 'lock',
};

/** `toy_put_table` for `toy_get_table`; null where no word of it has a counterpart. */
function counterpartOf(name: string): string | null {
  const words = name.split('_');
  const at = words.findIndex((word) => Object.hasOwn(PAIRS, word));
  return at < 0 ? null : words.with(at, PAIRS[words[at]!]!).join('_');
}
