/** A function that only hands its parameters on to another one. */
import { defineRule, severityAt } from './rule.js';

export const forwardingWrapper = defineRule({
  id: 'forwarding-wrapper',
  classes: ['needless-wrapper-duplicate'],
  severity: 'info',
  confidence: 'possible',
  since: '0.2.0',
  summary: 'A new function does nothing but call another with the same arguments.',
  why: 'It is one more name to look up, and hides a well-known one.',
  remedy: 'Call the other function.',
  source: 'review of "iommu/vt-d: Remove DEFER_DEVICE_DOMAIN_INFO", 7 February 2022',
  bad: [
    {
      title: 'two names for one thing',
      code: `
static struct toy *toy_of(struct device *dev)
{
	return dev_iommu_priv_get(dev);
//             ^^^^^^^^^^^^^^^^^^^^^^^ forwarding-wrapper: Call dev_iommu_priv_get()
}

int toy_users(struct device *dev)
{
	return toy_of(dev)->users;
}`,
    },
  ],
  good: [
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
      if (!forward) continue;
      yield {
        at: forward.spot,
        function: fn.name,
        severity: severityAt(input, forward.spot, 'info'),
        message: `Call ${forward.callee}() directly: ${fn.name}() only hands its arguments on.`,
      };
    }
  },
});
